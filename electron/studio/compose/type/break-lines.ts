/** Where a line may end. `preferred` breaks stand between words; `possible` ones also inside a run of Chinese or Japanese. */
export type Breaks = { readonly preferred: readonly number[]; readonly possible: readonly number[] };

/** Signs that no line begins with and none that no line ends with, after JIS X 4051 and the W3C's "Requirements for Japanese Text Layout". */
const NO_START =
  /[、。，．・：；？！‼⁇⁈⁉゛゜ヽヾゝゞ々〻ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ）〕］｝〉》」』】〙〗〟’”»›)\]}!?:;,.%‰℃°‐–〜～…‥／]/u;
const NO_END = /[（〔［｛〈《「『【〘〖〝‘“«‹([{$£¥€￥＄＃]/u;
/** Scripts that are written without spaces and may break nearly everywhere. */
const IDEOGRAPHIC =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\u30fb-\u30fc\uff00-\uff60\p{Extended_Pictographic}]/u;
/** Scripts without spaces whose words only a dictionary tells. */
const DICTIONARY = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A short Japanese particle belongs to the word before it. */
const PARTICLE = /^\p{Script=Hiragana}{1,2}$/u;
/** French signs, and signs of measure, that a space ties to what stands before it. */
const TIED = /^[!?:;»›%‰€]/u;
const DASH = /[-‐–—/]/u;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const words = new Intl.Segmenter('ja', { granularity: 'word' });

/** Index of every place at which a new line may begin. Latin words are not hyphenated; a hyphen that is there may end a line. */
export function findBreaks(text: string): Breaks {
  const preferred: number[] = [];
  const possible: number[] = [];
  const wordStarts = listWordStarts(text);
  let before = '';
  for (const { segment, index } of graphemes.segment(text)) {
    const kind = index === 0 ? 'none' : judge(before, segment, index, text, wordStarts);
    if (kind === 'preferred') preferred.push(index);
    if (kind !== 'none') possible.push(index);
    before = segment;
  }
  return { preferred, possible };
}

function listWordStarts(text: string): ReadonlyMap<number, string> {
  if (!IDEOGRAPHIC.test(text) && !DICTIONARY.test(text)) return new Map();
  return new Map([...words.segment(text)].map(({ index, segment }) => [index, segment]));
}

function judge(
  before: string,
  after: string,
  index: number,
  text: string,
  wordStarts: ReadonlyMap<number, string>,
): 'none' | 'possible' | 'preferred' {
  if (after === ' ' || after === '\u200b') return 'none';
  if (before === '\u200b') return 'preferred';
  if (before === ' ') return TIED.test(text.slice(index)) ? 'none' : 'preferred';
  if (NO_START.test(after) || NO_END.test(before)) return 'none';
  if (IDEOGRAPHIC.test(before) || IDEOGRAPHIC.test(after)) {
    const word = wordStarts.get(index);
    return word !== undefined && !PARTICLE.test(word) ? 'preferred' : 'possible';
  }
  if (DICTIONARY.test(before) && DICTIONARY.test(after)) return wordStarts.has(index) ? 'preferred' : 'none';
  return DASH.test(before) && /^\p{L}/u.test(after) && /\p{L}[-‐–—/]$/u.test(text.slice(0, index))
    ? 'preferred'
    : 'none';
}
