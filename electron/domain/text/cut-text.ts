/** At most so many UTF-16 units and an ellipsis: whole words where there are any, never a part of what is read as one letter. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const word = cutAt(text, maxLength, 'word').replace(/[\s\p{P}]+$/u, '');
  return `${word === '' ? cutAt(text, maxLength, 'grapheme') : word}…`;
}

function cutAt(text: string, maxLength: number, granularity: 'word' | 'grapheme'): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('en', { granularity }).segment(text)) {
    if (index + segment.length > maxLength) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
