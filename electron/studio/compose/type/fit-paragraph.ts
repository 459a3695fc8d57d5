import type { Paragraph, ShapedLine } from './shape-paragraph.ts';

/** The place of a text, in pixels; leading is the distance of baselines as a share of the size. */
export type FitRules = {
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly maxLines: number;
  readonly maxSizePx: number;
  readonly minSizePx: number;
  readonly leading: number;
};

/** A text at a size. Baselines are pixels under the top; the ink of all lines lies between 0 and `height`. */
export type FittedParagraph = {
  readonly sizePx: number;
  readonly lines: readonly ShapedLine[];
  readonly baselines: readonly number[];
  readonly height: number;
  /** Widest ink in pixels. */
  readonly width: number;
};

/** Sizes are tried in steps of this factor. */
const STEP = 0.97;
const SMALLEST_PX = 1;
/** Descenders of a line and accents of the next may come this near, in ems, before the lines move apart. */
const OVERLAP = 0.22;
const EMPTY: FittedParagraph = { sizePx: 0, lines: [], baselines: [], height: 0, width: 0 };

type Span = readonly [start: number, end: number];

/** Without the spaces that a break swallows. */
function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && (text[last - 1] === ' ' || text[last - 1] === '\u200b')) last--;
  return last;
}

/** Fills lines from break to break; null when a piece between two breaks is wider than a line. */
function fillLines(paragraph: Paragraph, breaks: readonly number[], maxWidth: number): Span[] | null {
  const { text } = paragraph;
  const lines: Span[] = [];
  let start = 0;
  let fitting = -1;
  for (const at of [...breaks, text.length]) {
    if (paragraph.widthOf(start, trimEnd(text, start, at)) <= maxWidth) {
      fitting = at;
      continue;
    }
    if (fitting <= start) return null;
    lines.push([start, trimEnd(text, start, fitting)]);
    start = fitting;
    if (paragraph.widthOf(start, trimEnd(text, start, at)) > maxWidth) return null;
    fitting = at;
  }
  return [...lines, [start, text.length]];
}

/** As few lines as fit, then the measure is narrowed while their number stays, so that lines end up about equally long. */
function balanceLines(paragraph: Paragraph, breaks: readonly number[], maxWidth: number): Span[] | null {
  const widest = fillLines(paragraph, breaks, maxWidth);
  if (!widest || widest.length < 2) return widest;
  let best = widest;
  let low = maxWidth / (widest.length + 1);
  let high = maxWidth;
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    const lines = fillLines(paragraph, breaks, middle);
    if (lines && lines.length <= widest.length) {
      best = lines;
      high = middle;
    } else {
      low = middle;
    }
  }
  return best;
}

/** Where the baselines stand, in ems under the top of the first line's capitals or of what rises above them. */
function stackLines(
  lines: readonly ShapedLine[],
  capHeight: number,
  leading: number,
): { baselines: number[]; height: number } {
  let y = Math.max(capHeight, lines[0]?.top ?? 0);
  const baselines = [y];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (!next) return { baselines, height: y + Math.max(0, line.bottom) };
    y += Math.max(leading, line.bottom + next.top - OVERLAP);
    baselines.push(y);
  }
  return { baselines, height: y };
}

function fitAt(
  paragraph: Paragraph,
  breaks: readonly number[],
  rules: FitRules,
  sizePx: number,
): FittedParagraph | null {
  const spans = balanceLines(paragraph, breaks, rules.maxWidth / sizePx);
  if (!spans || spans.length > rules.maxLines) return null;
  const lines = spans.map(([start, end]) => paragraph.shapeLine(start, end));
  const { baselines, height } = stackLines(lines, paragraph.capHeight, Math.max(rules.leading, paragraph.leastLeading));
  const width = Math.max(0, ...lines.map(({ left, right }) => right - left));
  if (width * sizePx > rules.maxWidth || height * sizePx > rules.maxHeight) return null;
  return { sizePx, lines, baselines: baselines.map((y) => y * sizePx), height: height * sizePx, width: width * sizePx };
}

/** The next smaller size to try; the smallest allowed one is never skipped. */
function nextSize(sizePx: number, minSizePx: number): number {
  const next = sizePx * STEP;
  return sizePx > minSizePx && next < minSizePx ? minSizePx : Math.max(SMALLEST_PX, next);
}

/**
 * Sets a text as large as its place allows. Words are never split: a long word makes the text smaller, and Chinese and Japanese break inside of words only where
 * nothing else fits. Under the smallest allowed size it is set smaller still, so that nothing is ever clipped; the caller compares the sizes.
 */
export function fitParagraph(paragraph: Paragraph, rules: FitRules): FittedParagraph {
  if (paragraph.text === '') return EMPTY;
  const minSizePx = Math.min(rules.minSizePx, rules.maxSizePx);
  const asks: [readonly number[], number][] = [
    [paragraph.preferred, minSizePx],
    [paragraph.possible, minSizePx],
    [paragraph.possible, SMALLEST_PX],
  ];
  for (const [breaks, until] of asks) {
    for (let sizePx = rules.maxSizePx; ; sizePx = nextSize(sizePx, minSizePx)) {
      const fitted = fitAt(paragraph, breaks, rules, sizePx);
      if (fitted) return fitted;
      // A small format's own limit may lie under a pixel, where the search never comes.
      if (sizePx <= Math.max(until, SMALLEST_PX)) break;
    }
  }
  return shrinkWhole(paragraph, rules);
}

/** What does not even fit at one pixel stands in a single line as small as it must be. */
function shrinkWhole(paragraph: Paragraph, rules: FitRules): FittedParagraph {
  const line = paragraph.shapeLine(0, paragraph.text.length);
  const { baselines, height } = stackLines([line], paragraph.capHeight, 1);
  const width = Math.max(line.right - line.left, 1e-6);
  const sizePx = Math.min(SMALLEST_PX, rules.maxWidth / width, rules.maxHeight / Math.max(height, 1e-6));
  return {
    sizePx,
    lines: [line],
    baselines: baselines.map((y) => y * sizePx),
    height: height * sizePx,
    width: width * sizePx,
  };
}
