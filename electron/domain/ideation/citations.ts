import type { BriefFrontMatter } from '../../contract/brief.ts';
import type { Deliverable, DeliverableContent } from '../../contract/ideation.ts';
import { listShownTexts } from './answers.ts';

export type Citation = Deliverable['citations'][number];

/** The contract's limit. */
const MAX_CITATIONS = 60;
/** A line counts as used when at least this share of its content words occurs. */
const LEAST_SHARE = 0.5;

const stopWords = new Set(
  'a an and any are as at be been but by can do each every for from had has have how if in into is it its made make more no not of off on one or our out over per so than that the their them then there they this to up us was we what when which who whose why will with without you your'.split(
    ' ',
  ),
);

/** A rough stem, so that "bottles" and "bottle", "cooking" and "cook" meet. */
function stem(word: string): string {
  return word
    .replace(/(?<=\p{L}{3})(?:ies)$/u, 'y')
    .replace(/(?<=\p{L}{3})(?:ing|ed|es|s)$/u, '')
    .replace(/(?<=\p{L}{3})e$/u, '');
}

function contentWords(text: string): Set<string> {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => !stopWords.has(word)).map(stem));
}

function listBriefLines(fields: BriefFrontMatter, notes: string): Citation[] {
  const noteLines = notes
    .split('\n')
    .map((line) => line.replace(/^[\s#>*+-]+/, '').trim())
    .filter((line) => line !== '');
  return [
    { field: 'product', text: fields.product },
    { field: 'what', text: fields.what },
    { field: 'audience', text: fields.audience },
    { field: 'goal', text: fields.goal },
    ...fields.facts.map((text, index) => ({ field: `facts[${index}]`, text })),
    ...noteLines.map((text, index) => ({ field: `notes[${index}]`, text: text.slice(0, 300) })),
  ];
}

/** The facts and lines of a brief whose words a deliverable uses, in the order of the brief. */
export function findCitations(content: DeliverableContent, fields: BriefFrontMatter, notes: string): Citation[] {
  const used = contentWords(listShownTexts(content).join(' '));
  return listBriefLines(fields, notes)
    .filter(({ text }) => {
      const words = [...contentWords(text)];
      const shared = words.filter((word) => used.has(word));
      return (
        words.length > 0 &&
        shared.length >= Math.max(1, Math.ceil(words.length * LEAST_SHARE)) &&
        shared.some((word) => word.length > 2)
      );
    })
    .slice(0, MAX_CITATIONS);
}
