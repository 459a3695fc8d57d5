/** Case, accents' encoding and kinds of space do not matter; whole words do: "cheap" is not found in "cheaper". */
function fold(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** The forbidden terms that occur in the texts, once each, in the order of the list. */
export function findForbiddenTerms(texts: readonly string[], terms: readonly string[]): string[] {
  const folded = texts.map(fold);
  return terms.filter((term) => {
    const wanted = fold(term);
    return wanted.trim() !== '' && folded.some((text) => text.includes(wanted));
  });
}
