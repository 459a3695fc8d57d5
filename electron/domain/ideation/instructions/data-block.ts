/** A block of material. Tags inside a text are opened up, so that no text can end its block. */
export function writeBlock(name: string, lines: readonly string[]): string {
  return [`<${name}>`, ...lines, `</${name}>`].join('\n');
}

export function writeData(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/<(?=\/?\s*(?:brief|facts|notes|voice|board)\b)/giu, '< ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The longest line that is one unit; a longer paragraph is taken apart at its sentences. */
const MAX_LINE_CHARACTERS = 400;

/** Notes as whole lines: headings, list items, paragraphs. Lines that a person wrapped belong together. */
export function listNoteLines(notes: string, locale: string): string[] {
  const paragraphs = notes
    .split(/\n\s*\n|\n(?=\s*(?:[-*+>#]|\d+[.)])\s)/)
    .map((paragraph) => writeData(paragraph.replace(/^\s*[#>]+\s*/gm, '')))
    .filter((paragraph) => paragraph !== '');
  return paragraphs.flatMap((paragraph) =>
    paragraph.length <= MAX_LINE_CHARACTERS ? [paragraph] : splitSentences(paragraph, locale),
  );
}

function splitSentences(paragraph: string, locale: string): string[] {
  const sentences = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(paragraph)];
  return sentences.flatMap(({ segment }) => segment.match(/.{1,2000}/gsu) ?? []).map((sentence) => sentence.trim());
}
