const WORD = /\p{L}+(?:['’-]\p{L}+)*/gu;

/** The words of a text, without regard to case. */
export function listWords(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word.toLowerCase());
}

/**
 * Words of an answer that its model's makers never taught it and that do not stand in what it was given: a small model that loses the
 * thread writes words that there are not. Each once, in the order of the answer; none where the model declares no words.
 */
export function findOddWords(answer: string, given: string, known: ReadonlySet<string>): string[] {
  if (known.size === 0) return [];
  const read = new Set(listWords(given));
  return [...new Set(listTexts(answer).flatMap(listWords))].filter((word) => !known.has(word) && !read.has(word));
}

/** The values of a JSON answer, or the answer itself. */
function listTexts(answer: string): string[] {
  try {
    return collectTexts(JSON.parse(answer));
  } catch {
    return [answer];
  }
}

function collectTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collectTexts) : [];
}
