const ADDRESS =
  /\bhttps?:|\bwww\.|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+\.\p{L}{2,}|\b[\p{L}\p{N}-]{2,}\.(?:com|net|org|io|de|fr|es|co|app|shop)\b/iu;
const PLACEHOLDER =
  /\[[^\]]{0,60}\]|\{[^}]{0,60}\}|<[\p{L}/][^>]{0,60}>|\blorem ipsum\b|\b(?:TBD|XXX+)\b|_{3,}|\b(?:insert|your) (?:product|brand|name|image|text|headline)(?: name)? here\b/iu;
const CODE = /```|=>|\\[nutr"]|[;{}]\s*$|\b(?:function|const|return|import)\s*[({]|["']\s*:\s*["'[{]|<\/|\|\|/u;
const CHAT_MARK = /<[|｜]|[|｜]>|\[\/?INST\]|<\/?think>/u;
const ECHO = /\bat most \d+ characters\b|\bone or two (?:whole )?sentences\b/iu;
const LABEL = /^(?:product|what it is|audience|goal|tone|for|gap|title|headline|body)\s*:/iu;
const NO_BEGINNING = /^[,.;:!?)\]}、。，：；/\\|]/u;
const NUMBER = /\p{N}+(?:[.,:]\p{N}+)*/gu;

/** What no advertisement holds, in words for whoever asks again; null where the text is clean. Numbers count as junk unless `given` has them. */
export function findJunk(text: string, given: string): string | null {
  if (!/\p{L}/u.test(text)) return `"${text}" has no words`;
  if (CHAT_MARK.test(text)) return 'it holds marks of a chat';
  if (ADDRESS.test(text)) return 'it holds an address';
  if (ECHO.test(text) || LABEL.test(text)) return 'it repeats the instructions';
  if (NO_BEGINNING.test(text)) return 'it begins in the middle';
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  if (placeholder !== undefined && !given.includes(placeholder)) return `it holds the placeholder "${placeholder}"`;
  if (CODE.test(text) && !given.includes(text)) return 'it looks like code';
  const known = new Set(listNumbers(given));
  const invented = listNumbers(text).find((number) => !known.has(number));
  return invented === undefined ? null : `it holds the number ${invented}, which the brief does not`;
}

/** Digits of all scripts as those of 0 to 9, separators of thousands and decimals left out. */
function listNumbers(text: string): string[] {
  return [...text.normalize('NFKC').matchAll(NUMBER)].map(([found]) => Array.from(found, toDigit).join(''));
}

/** Digits stand in rows of ten in every script. */
function toDigit(letter: string): string {
  if (!/\p{Nd}/u.test(letter)) return '';
  let [code, value] = [letter.codePointAt(0) ?? 0, 0];
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - 1))) [code, value] = [code - 1, value + 1];
  return String(value);
}
