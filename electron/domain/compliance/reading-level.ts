/** Copy with fewer words has no reading level worth a number. */
const LEAST_WORDS = 10;
/** LIX counts words of more letters than this as long. */
const SHORT_WORD = 6;

export type Reading = { readonly lix: number | null; readonly longestSentence: number };

/**
 * The readability index LIX (C.-H. Björnsson): words a sentence plus the percentage of words over six letters. It needs no dictionary and compares between languages that put
 * spaces between words; up to 30 is children's reading, 40 a newspaper, over 60 a law. Null for short copy and for scripts without spaces.
 */
export function measureReading(texts: readonly string[]): Reading {
  const sentences = texts
    .flatMap((text) => text.split(/[.!?…。！？:;\n]+(?=\s|$)/u))
    .map((sentence) => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [])
    .filter((words) => words.length > 0);
  const words = sentences.flat();
  const longestSentence = Math.max(0, ...sentences.map(({ length }) => length));
  const hasSpaces = !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(texts.join(''));
  if (words.length < LEAST_WORDS || !hasSpaces) return { lix: null, longestSentence };
  const long = words.filter((word) => (word.match(/\p{L}/gu) ?? []).length > SHORT_WORD).length;
  return { lix: words.length / sentences.length + (100 * long) / words.length, longestSentence };
}
