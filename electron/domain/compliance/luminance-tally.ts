import { linearLight } from '../brand/colour-space.ts';

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

export function tallyPixel(tally: LuminanceTally, rgb: Uint8Array, at: number): void {
  const luminance =
    (redLight[rgb[at] ?? 0] ?? 0) + (greenLight[rgb[at + 1] ?? 0] ?? 0) + (blueLight[rgb[at + 2] ?? 0] ?? 0);
  const step = Math.min(STEPS - 1, (Math.sqrt(luminance) * STEPS) | 0);
  tally.counts[step] = (tally.counts[step] ?? 0) + 1;
  tally.total++;
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
