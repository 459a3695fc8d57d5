/** Words after which no sentence of their language ends. */
const OPEN_WORDS: Readonly<Record<string, string>> = {
  en: 'a an the and or but of to with for from by at into your our their my its his which that whose who is are was were be as than because if while when',
  de: 'der die das den dem des ein eine einen einem und oder aber von mit für aus bei zum zur ihr ihre unser unsere dass weil wenn als',
  es: 'el la los las un una y o pero de del con para por en a al su sus tu tus que cuando como si es son',
  fr: 'le la les un une et ou mais de du des avec pour par en à au aux son sa ses votre vos que qui quand si est sont',
  it: 'il lo la gli un una e o ma di del della con per da in a al il suo sua tuo tua che quando se',
  pt: 'o a os as um uma e ou mas de do da com para por em ao seu sua que quando se',
  nl: 'de het een en of maar van met voor uit bij naar je jouw uw onze dat die als omdat',
};
const openWords = new Map(Object.entries(OPEN_WORDS).map(([language, words]) => [language, new Set(words.split(' '))]));
const PAIRS = [
  ['(', ')'],
  ['“', '”'],
  ['«', '»'],
  ['「', '」'],
] as const;

/** Whether a text stops before its end: at a comma or an ellipsis, at an opening word of its language, or within brackets. */
export function isClipped(text: string, locale: string): boolean {
  const trimmed = text.trim();
  if (/(?:[,、،:;–—\-/&+…]|\.\.\.)$/u.test(trimmed)) return true;
  if (PAIRS.some(([open, close]) => trimmed.split(open).length > trimmed.split(close).length)) return true;
  const last = /(\p{L}[\p{L}\p{M}]*)$/u.exec(trimmed)?.[1]?.toLowerCase();
  const language = locale.split('-')[0] ?? '';
  const words = trimmed.split(/\s+/).length;
  return last !== undefined && words > 2 && (openWords.get(language)?.has(last) ?? false);
}
