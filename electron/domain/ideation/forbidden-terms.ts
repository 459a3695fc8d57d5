import { foldText } from '../text/fold-text.ts';

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
const ARABIC = /\p{Script=Arabic}/u;
/** "And", "so", "by", "like", "for" and the article, which are written together with their word. */
const ARABIC_OPENING = '(?:[وف]?(?:[بك]?ال|لل|[بكل])?)';

/**
 * The forbidden terms that occur in the texts, once each, in the order of the list. Whole words count: "cheap" is not found in "cheaper", but "cheap*" is.
 * In scripts without spaces a term is found inside a text; in Arabic with its article and the particles that are written with a word.
 */
export function findForbiddenTerms(texts: readonly string[], terms: readonly string[]): string[] {
  const folded = texts.map(foldText);
  return terms.filter((term) => {
    const find = compileTerm(term);
    return find !== null && folded.some(find);
  });
}

function compileTerm(term: string): ((folded: string) => boolean) | null {
  const wanted = foldText(term);
  if (wanted === '') return null;
  const isOpen = term.trim().endsWith('*');
  if (UNSPACED.test(wanted)) return compileUnspaced(wanted);
  const opening = ARABIC.test(wanted) ? ARABIC_OPENING : '';
  const words = wanted.split(' ').map((word) => opening + word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`(?:^| )${words.join(' ')}${isOpen ? '' : '(?: |$)'}`, 'u');
  return (folded) => pattern.test(folded);
}

function compileUnspaced(wanted: string): (folded: string) => boolean {
  const bare = wanted.replaceAll(' ', '');
  // Loan words are made of others: a bus is no bath towel.
  if (KATAKANA.test(bare)) {
    const pattern = new RegExp(`(?<![\\p{Script=Katakana}ー])${bare}(?![\\p{Script=Katakana}ー])`, 'u');
    return (folded) => pattern.test(folded.replaceAll(' ', ''));
  }
  // One letter stands in many words that mean something else.
  if (Array.from(bare).length === 1) return (folded) => listSegments(folded).includes(bare);
  return (folded) => folded.replaceAll(' ', '').includes(bare);
}

function listSegments(text: string): string[] {
  return [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}
