/** Letters of other scripts that look like Latin ones, in pairs. */
const LOOK_ALIKES = new Map(
  'аa еe оo рp сc хx уy іi ѕs јj һh ԁd ԛq ԝw ӏl αa οo νv ρp τt υu ιi κk εe'
    .split(' ')
    .map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);
const ARABIC: readonly (readonly [RegExp, string])[] = [
  [/[\u064B-\u0652\u0670\u0640]/gu, ''],
  [/[أإآٱ]/gu, 'ا'],
  [/ى/gu, 'ي'],
];

/**
 * A text as it is compared: case, widths and kinds of spaces even, without what cannot be seen (soft hyphens, zero-width characters, vowel marks of
 * Arabic), letters of other scripts inside a Latin word as the Latin ones that they look like. Words are parted by one space; combining marks stay with
 * their letters.
 */
export function foldText(text: string): string {
  const plain = ARABIC.reduce(
    (rest, [pattern, put]) => rest.replace(pattern, put),
    text
      .normalize('NFKC')
      .replace(/\p{Cf}|[\uFE00-\uFE0F]/gu, '')
      .toLowerCase(),
  );
  const isLatin = count(plain, /\p{Script=Latin}/gu) > count(plain, /[\p{Script=Cyrillic}\p{Script=Greek}]/gu);
  return plain
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (isLatin ? toLatin(word) : word))
    .join(' ');
}

/** A word that would be Latin throughout; a word of another language, with letters that no Latin one looks like, stays. */
function toLatin(word: string): string {
  const mapped = Array.from(word, (letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
  return /^[\p{Script=Latin}\p{M}\p{N}]+$/u.test(mapped) ? mapped : word;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
