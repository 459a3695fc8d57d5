import type { Typeface } from '../../readers/load-font.ts';

export type TextRules = {
  readonly maxWidth: number;
  /** From the top of the first line's capitals to the baseline of the last line. */
  readonly maxHeight: number;
  readonly maxLines: number;
  readonly maxSizePx: number;
  readonly minSizePx: number;
  /** Distance of baselines as a share of the size. */
  readonly leading: number;
  /** Room between letters as a share of the size. */
  readonly tracking: number;
};

export type FittedText = {
  readonly lines: readonly string[];
  readonly sizePx: number;
  /** Height from the first capitals' top to the last baseline, in pixels. */
  readonly height: number;
  /** Largest line width in pixels. */
  readonly width: number;
  readonly fitsMinimum: boolean;
};

/** Sizes are tried in steps of this factor. */
const STEP = 0.97;
/** Below this no text is readable and the search ends. */
const SMALLEST_PX = 1;

/** One line of text: invisible format characters are dropped, control characters and kinds of white space become single spaces. */
export function tidyCopy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/** Fills lines word by word; null when a single word is wider than a line. */
function breakGreedy(words: readonly string[], widthOf: (text: string) => number, maxWidth: number): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= maxWidth) {
      line = longer;
      continue;
    }
    if (line === '' || widthOf(word) > maxWidth) return null;
    lines.push(line);
    line = word;
  }
  return line === '' ? lines : [...lines, line];
}

/** Breaks into as few lines as fit, then narrows the measure while the count stays, so that lines end up about equally long. */
export function breakBalanced(
  words: readonly string[],
  widthOf: (text: string) => number,
  maxWidth: number,
): string[] | null {
  const widest = breakGreedy(words, widthOf, maxWidth);
  if (!widest || widest.length < 2) return widest;
  let best = widest;
  let low = Math.max(...words.map(widthOf));
  let high = maxWidth;
  for (let round = 0; round < 12 && high - low > 1; round++) {
    const middle = (low + high) / 2;
    const lines = breakGreedy(words, widthOf, middle);
    if (lines && lines.length === widest.length) {
      best = lines;
      high = middle;
    } else {
      low = middle;
    }
  }
  return best;
}

/**
 * Sets a text as large as its place allows. Words are never split: a long word makes the text smaller. A text that does not fit at the smallest
 * allowed size is set smaller still, so that nothing is ever clipped, and `fitsMinimum` is false.
 */
export function fitText(text: string, face: Typeface, rules: TextRules): FittedText {
  const words = tidyCopy(text)
    .split(' ')
    .filter((word) => word !== '');
  const minSizePx = Math.min(rules.minSizePx, rules.maxSizePx);
  for (let sizePx = rules.maxSizePx; ; sizePx = nextSize(sizePx, minSizePx)) {
    const fitted = fitAt(words, face, rules, sizePx);
    const isLast = sizePx <= SMALLEST_PX;
    if (fitted || isLast)
      return {
        ...(fitted ?? { lines: [words.join(' ')], height: sizePx, width: rules.maxWidth }),
        sizePx,
        fitsMinimum: sizePx >= rules.minSizePx - 1e-9,
      };
  }
}

/** The next smaller size to try; the smallest allowed one is never skipped. */
function nextSize(sizePx: number, minSizePx: number): number {
  const next = sizePx * STEP;
  return sizePx > minSizePx && next < minSizePx ? minSizePx : Math.max(SMALLEST_PX, next);
}

function fitAt(
  words: readonly string[],
  face: Typeface,
  rules: TextRules,
  sizePx: number,
): Pick<FittedText, 'lines' | 'height' | 'width'> | null {
  // Widths scale with the size but for rounding in the font's own units.
  const widthOf = (text: string) => face.measureWidth(text, sizePx, rules.tracking);
  const lines = breakBalanced(words, widthOf, rules.maxWidth);
  if (!lines || lines.length > rules.maxLines) return null;
  const height = lines.length === 0 ? 0 : face.capHeight * sizePx + (lines.length - 1) * rules.leading * sizePx;
  if (height > rules.maxHeight) return null;
  return { lines, height, width: Math.max(0, ...lines.map(widthOf)) };
}
