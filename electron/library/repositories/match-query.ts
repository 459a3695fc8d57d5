const LONGEST_QUERY_WORDS = 12;

/**
 * Turns what people type into an FTS5 query: every word must occur, the last one as the beginning of a word. Words are cut the way the index cuts them
 * and quoted, so no character of the input is taken for the query language. Null when there is no word.
 */
export function toMatchQuery(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)?.slice(0, LONGEST_QUERY_WORDS) ?? [];
  if (words.length === 0) {
    return null;
  }
  return `${words.map((word) => `"${word}"`).join(' ')}*`;
}
