import { contrastRatio, linearLight } from '../brand/colour-space.ts';

/** Luminance steps are finer in the dark, where contrast changes fastest: the square root is counted. */
export const STEPS = 1024;

const redLight = linearLight.map((value) => value * 0.2126);
const greenLight = linearLight.map((value) => value * 0.7152);
const blueLight = linearLight.map((value) => value * 0.0722);

/** How many pixels have which relative luminance. */
export type LuminanceTally = { readonly counts: Uint32Array; total: number };

export function createTally(): LuminanceTally {
  return { counts: new Uint32Array(STEPS), total: 0 };
}

/** Makes a tally fit to count anew. */
export function clearTally(tally: LuminanceTally): void {
  tally.counts.fill(0);
  tally.total = 0;
}

/** The step that a relative luminance, 0 to 1, falls into. */
export function findStep(luminance: number): number {
  return Math.min(STEPS - 1, (Math.sqrt(luminance) * STEPS) | 0);
}

/** The luminance step of the pixel at a byte position. */
export function readStep(rgb: Uint8Array, at: number): number {
  return findStep(
    (redLight[rgb[at] ?? 0] ?? 0) + (greenLight[rgb[at + 1] ?? 0] ?? 0) + (blueLight[rgb[at + 2] ?? 0] ?? 0),
  );
}

export function tallyStep(tally: LuminanceTally, step: number): void {
  tally.counts[step] = (tally.counts[step] ?? 0) + 1;
  tally.total++;
}

export function tallyPixel(tally: LuminanceTally, rgb: Uint8Array, at: number): void {
  tallyStep(tally, readStep(rgb, at));
}

/** Relative luminance in the middle of a step, 0 to 1. */
export function stepLuminance(step: number): number {
  return ((step + 0.5) / STEPS) ** 2;
}

/** The luminance below which a share of the counted pixels lies. */
export function darkest({ counts, total }: LuminanceTally, share: number): number {
  let seen = 0;
  for (let step = 0; step < STEPS; step++) {
    seen += counts[step] ?? 0;
    if (seen > total * share) return stepLuminance(step);
  }
  return 1;
}

export function middle(tally: LuminanceTally): number {
  return darkest(tally, 0.5);
}

/** The ratio against an ink below which only a share of the counted pixels lies; 1 when nothing was counted. */
export function worstRatio({ counts, total }: LuminanceTally, ink: number, worstShare: number): number {
  if (total === 0) return 1;
  // Contrast grows on both sides of the ink, so the worst steps are the nearest.
  let below = findStep(ink);
  let above = below + 1;
  let seen = 0;
  let ratio = 1;
  while (below >= 0 || above < STEPS) {
    const under = below < 0 ? Number.POSITIVE_INFINITY : contrastRatio(ink, stepLuminance(below));
    const over = above >= STEPS ? Number.POSITIVE_INFINITY : contrastRatio(ink, stepLuminance(above));
    const count = counts[under <= over ? below-- : above++] ?? 0;
    if (count === 0) continue;
    ratio = Math.min(under, over);
    seen += count;
    if (seen > total * worstShare) return ratio;
  }
  return ratio;
}
