import type { FontFace } from '../../../readers/font-face.ts';
import { findSpareFace } from './spare-faces.ts';

/** A piece of text in one font, script and direction. `face` is null where no font has the signs. */
export type Run = {
  readonly start: number;
  readonly end: number;
  readonly face: FontFace | null;
  readonly level: number;
  readonly isJoining: boolean;
};

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Hebrew',
  'Arabic',
  'Syriac',
  'Thaana',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Khmer',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Georgian',
  'Armenian',
  'Ethiopic',
].map((name) => ({ name, test: new RegExp(`\\p{Script=${name}}`, 'u') }));
/** Scripts whose letters are not pushed apart or together: they join, stack or are set on a grid. */
const UNTRACKED =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\p{M}]/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\s]$/u;
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u;

/** Fonts that are asked in turn; the last resort is what is installed beside the product. */
export type FaceChain = readonly [FontFace, ...FontFace[]];

function findFace(cluster: string, chain: FaceChain): FontFace | null {
  const characters = Array.from(cluster).filter((character) => !INVISIBLE.test(character));
  const [first] = chain;
  if (characters.length === 0) return first;
  const isEmoji = EMOJI.test(cluster);
  const own = chain.find((face) => characters.every((character) => face.has(character)));
  return own ?? findSpareFace(characters, first.weight, isEmoji) ?? findSpareFace(characters, first.weight, false);
}

/** Signs that combine to one that no font has, taken apart: a family becomes its people. */
function splitCluster(
  cluster: string,
  index: number,
  chain: FaceChain,
): { start: number; end: number; face: FontFace | null }[] {
  const whole = findFace(cluster, chain);
  if (whole) return [{ start: index, end: index + cluster.length, face: whole }];
  let at = index;
  return Array.from(cluster).map((character) => {
    const start = at;
    at += character.length;
    return { start, end: at, face: findFace(character, chain) };
  });
}

/** Splits a text into runs. `levels` are the embedding levels of its characters. */
export function splitRuns(text: string, levels: Uint8Array, chain: FaceChain): Run[] {
  const runs: (Run & { script: string | null })[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const script = SCRIPTS.find(({ test }) => test.test(segment))?.name ?? null;
    for (const { start, end, face } of splitCluster(segment, index, chain)) {
      const last = runs.at(-1);
      const level = levels[start] ?? 0;
      const isBlank = segment.trim() === '';
      const fits =
        last &&
        last.level === level &&
        (last.face === face || (isBlank && last.face?.has(' ') === true && last.script !== null));
      if (last && fits && (script === null || last.script === null || last.script === script)) {
        runs[runs.length - 1] = {
          ...last,
          end,
          script: last.script ?? script,
          isJoining: last.isJoining || UNTRACKED.test(segment),
        };
      } else {
        runs.push({ start, end, face, level, script, isJoining: UNTRACKED.test(segment) });
      }
    }
  }
  return runs.map(({ start, end, face, level, isJoining }) => ({ start, end, face, level, isJoining }));
}

/** The characters of a text that no font of the chain can write, once each. */
export function listUnsettable(text: string, runs: readonly Run[]): string[] {
  const missing = runs
    .filter(({ face }) => face === null)
    .flatMap(({ start, end }) => Array.from(text.slice(start, end)));
  return [...new Set(missing)].filter((character) => !INVISIBLE.test(character));
}
