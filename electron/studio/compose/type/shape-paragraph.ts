import createBidi from 'bidi-js';
import type { EmbeddingLevels } from 'bidi-js';
import { findBreaks } from './break-lines.ts';
import type { FaceChain, Run } from './choose-faces.ts';
import { listUnsettable, splitRuns } from './choose-faces.ts';
import type { FontFace, ShapedGlyph } from '../../../readers/font-face.ts';
import { tidyText } from './tidy-text.ts';

/** A glyph on its line, in ems: x from the start of the line, y upwards from the baseline. Glyphs of one cluster draw the same characters of the text together. */
export type LineGlyph = {
  readonly face: FontFace;
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
  readonly characters: string;
};

/** One line, shaped and in visual order. Lengths in ems; the ink reaches `top` over and `bottom` under the baseline. */
export type ShapedLine = {
  readonly text: string;
  readonly glyphs: readonly LineGlyph[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** A text with all that does not hang on its size. Breaks are indices into `text`; widths are in ems. */
export type Paragraph = {
  readonly text: string;
  readonly isRightToLeft: boolean;
  readonly unsettable: readonly string[];
  readonly capHeight: number;
  /** Least distance of baselines that the scripts in it ask for. */
  readonly leastLeading: number;
  readonly preferred: readonly number[];
  readonly possible: readonly number[];
  widthOf(start: number, end: number): number;
  shapeLine(start: number, end: number): ShapedLine;
};

/** The package's types do not say that its module is a factory. */
const bidi = (createBidi as unknown as () => { getEmbeddingLevels(text: string): EmbeddingLevels })();
/** Marks above and below, or large bodies, need more room between the lines. */
const TALL_SCRIPTS: readonly { readonly test: RegExp; readonly leading: number }[] = [
  {
    test: /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Tibetan}]/u,
    leading: 1.38,
  },
  {
    test: /[\p{Script=Thai}\p{Script=Lao}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}]/u,
    leading: 1.34,
  },
  { test: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Hebrew}]/u, leading: 1.2 },
];

const trackingOf = (run: Run, tracking: number) => (run.isJoining ? 0 : tracking);

/** Advance of every character: that of its cluster at the cluster's first, 0 at the others. */
function measureCharacters(text: string, runs: readonly Run[], tracking: number): Float64Array {
  const sums = new Float64Array(text.length + 1);
  const advances = new Float64Array(text.length);
  for (const run of runs) {
    if (!run.face) continue;
    const clusters = new Set<number>();
    for (const { cluster, advance } of run.face.shape(text, run.start, run.end, run.level % 2 === 1, tracking === 0)) {
      advances[cluster] = (advances[cluster] ?? 0) + advance;
      clusters.add(cluster);
    }
    for (const cluster of clusters) advances[cluster] = (advances[cluster] ?? 0) + trackingOf(run, tracking);
  }
  for (let at = 0; at < text.length; at++) sums[at + 1] = (sums[at] ?? 0) + (advances[at] ?? 0);
  return sums;
}

/** Rule L2 of the Unicode Bidirectional Algorithm (UAX 9) over whole runs. */
function orderRuns(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const levels = runs.map(({ level }) => level);
  const lowestOdd = Math.min(...levels.filter((level) => level % 2 === 1), Number.POSITIVE_INFINITY);
  for (let level = Math.max(0, ...levels); level >= lowestOdd; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end++;
      if (end > start + 1) ordered.splice(start, end - start, ...ordered.slice(start, end).toReversed());
      start = end;
    }
  }
  return ordered;
}

/** The characters of each cluster: those up to where the next one begins in the text. */
function splitClusters(text: string, shaped: readonly ShapedGlyph[], end: number): Map<number, string> {
  const starts = [...new Set(shaped.map(({ cluster }) => cluster))].toSorted((one, other) => one - other);
  return new Map(starts.map((start, at) => [start, text.slice(start, starts[at + 1] ?? end).trim()]));
}

function shapeRuns(text: string, runs: readonly Run[], tracking: number): ShapedLine {
  const glyphs: LineGlyph[] = [];
  let x = 0;
  let [left, right, top, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const run of orderRuns(runs)) {
    const { face } = run;
    if (!face) continue;
    let previous: number | null = null;
    const shaped = face.shape(text, run.start, run.end, run.level % 2 === 1, tracking === 0);
    const charactersOf = splitClusters(text, shaped, run.end);
    for (const { glyph, cluster, advance, xOffset, yOffset } of shaped) {
      if (previous !== null && previous !== cluster) x += trackingOf(run, tracking);
      previous = cluster;
      const ink = face.inkOf(glyph);
      if (ink) {
        const characters = charactersOf.get(cluster) ?? '';
        glyphs.push({ face, glyph, x: x + xOffset, y: yOffset, cluster, characters });
        left = Math.min(left, x + xOffset + ink.left);
        right = Math.max(right, x + xOffset + ink.right);
        top = Math.max(top, yOffset + ink.top);
        bottom = Math.max(bottom, -(yOffset + ink.bottom));
      }
      x += advance;
    }
    x += trackingOf(run, tracking);
  }
  if (glyphs.length === 0) return { text: '', glyphs, left: 0, right: 0, top: 0, bottom: 0 };
  return { text: '', glyphs, left, right, top, bottom };
}

/**
 * Prepares a text for setting: direction (UAX 9), fonts, breaks and widths. Tracking is a share of the size; scripts that join are never tracked, and tracked
 * text has no ligatures.
 */
export function shapeParagraph(source: string, chain: FaceChain, tracking: number): Paragraph {
  const text = tidyText(source);
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text);
  const runs = splitRuns(text, levels, chain);
  const sums = measureCharacters(text, runs, tracking);
  const lines = new Map<string, ShapedLine>();
  return {
    text,
    isRightToLeft: (paragraphs[0]?.level ?? 0) % 2 === 1,
    unsettable: listUnsettable(text, runs),
    capHeight: chain[0].capHeight,
    leastLeading: Math.max(0, ...TALL_SCRIPTS.filter(({ test }) => test.test(text)).map(({ leading }) => leading)),
    ...findBreaks(text),
    widthOf: (start, end) => (sums[end] ?? 0) - (sums[start] ?? 0) - tracking,
    shapeLine(start, end) {
      const key = `${start}/${end}`;
      const known = lines.get(key);
      if (known) return known;
      const inside = runs
        .filter((run) => run.end > start && run.start < end)
        .map((run) => ({ ...run, start: Math.max(run.start, start), end: Math.min(run.end, end) }));
      const line = { ...shapeRuns(text, inside, tracking), text: text.slice(start, end) };
      lines.set(key, line);
      return line;
    },
  };
}
