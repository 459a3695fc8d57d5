import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { contrastRatio, parseHex, toLuminance } from '../brand/colour-space.ts';
import { uniteRegions } from './layout.ts';
import type { JudgedPixels, TextBlock } from './layout.ts';
import { createTally, darkest, middle, STEPS, stepLuminance, tallyPixel } from './luminance-tally.ts';
import type { LuminanceTally } from './luminance-tally.ts';

/** A text is as readable as its worst places: this share of the pixels behind it may be worse than the score. */
export const WORST_SHARE = 0.05;

/** Counts the relative luminance of the pixels in some boxes, in steps of its square root. */
export function countLuminance({ width, height, rgb }: Raster, boxes: readonly Region[]): LuminanceTally {
  const tally = createTally();
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x));
    const right = Math.min(width, Math.ceil(box.x + box.width));
    const bottom = Math.min(height, Math.ceil(box.y + box.height));
    for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++)
      for (let x = left, at = (y * width + left) * 3; x < right; x++, at += 3) tallyPixel(tally, rgb, at);
  }
  return tally;
}

/** The ratio against an ink below which only a share of the counted pixels lies; 1 when nothing was counted. */
function worstRatio({ counts, total }: LuminanceTally, ink: number, worstShare: number): number {
  if (total === 0) return 1;
  const steps: { ratio: number; count: number }[] = [];
  for (let step = 0; step < STEPS; step++) {
    const count = counts[step] ?? 0;
    if (count > 0) steps.push({ ratio: contrastRatio(ink, stepLuminance(step)), count });
  }
  steps.sort((one, other) => one.ratio - other.ratio);
  let seen = 0;
  for (const { ratio, count } of steps) {
    seen += count;
    if (seen > total * worstShare) return ratio;
  }
  return steps.at(-1)?.ratio ?? 1;
}

/** WCAG 2.2 contrast of a colour on the worst pixels behind some boxes, where a share of them may be worse; 1 when the boxes hold no pixel. */
export function measureContrast(
  backdrop: Raster,
  boxes: readonly Region[],
  colour: string,
  worstShare = WORST_SHARE,
): number {
  return worstRatio(countLuminance(backdrop, boxes), toLuminance(parseHex(colour)), worstShare);
}

const textNames: Readonly<Record<TextBlock['role'], string>> = {
  headline: 'headline',
  body: 'body text',
  callToAction: 'call to action',
  legal: 'legal line',
};
export function nameText(role: TextBlock['role']): string {
  return textNames[role];
}

/** Coverage from which a pixel is ink, and up to which it is ground; soft edges between are neither. */
const SOLID = 0.9;
const BARE = 0.04;
/** A colour this close to what is behind it cannot be told from it. */
const LEAST_STEP = 16;
/** Room around a line whose ground counts as behind it, as a share of the line's height. */
const MARGIN = 0.12;

/** What a text consists of in a file: the luminances of its ink and of the ground between and around its letters. */
export type TextPixels = { readonly ink: LuminanceTally; readonly ground: LuminanceTally };

/** Finds where the composition put ink and where ground, and reads both from the delivered pixels. */
export function readText({ finished, backdrop, delivered }: JudgedPixels, text: TextBlock): TextPixels {
  const ink = createTally();
  const ground = createTally();
  const colour = parseHex(text.colour);
  for (const box of text.boxes) {
    const margin = Math.max(2, Math.round(box.height * MARGIN));
    const left = Math.max(0, Math.floor(box.x) - margin);
    const right = Math.min(finished.width, Math.ceil(box.x + box.width) + margin);
    const bottom = Math.min(finished.height, Math.ceil(box.y + box.height) + margin);
    for (let y = Math.max(0, Math.floor(box.y) - margin); y < bottom; y++) {
      for (let x = left, at = (y * finished.width + left) * 3; x < right; x++, at += 3) {
        const coverage = measureCoverage(finished.rgb, backdrop.rgb, colour, at);
        if (coverage >= SOLID) tallyPixel(ink, delivered.rgb, at);
        else if (coverage <= BARE) tallyPixel(ground, delivered.rgb, at);
      }
    }
  }
  return { ink, ground };
}

/** How much of a pixel the composition covered with a colour, read in the channel that tells most; 0 where the colour is that of the ground. */
function measureCoverage(
  finished: Uint8Array,
  backdrop: Uint8Array,
  colour: readonly [number, number, number],
  at: number,
): number {
  // Most pixels are bare.
  if (finished[at] === backdrop[at] && finished[at + 1] === backdrop[at + 1] && finished[at + 2] === backdrop[at + 2])
    return 0;
  let reach = 0;
  let moved = 0;
  for (let channel = 0; channel < 3; channel++) {
    const under = backdrop[at + channel] ?? 0;
    const distance = (colour[channel] ?? 0) - under;
    if (Math.abs(distance) <= Math.abs(reach)) continue;
    reach = distance;
    moved = (finished[at + channel] ?? 0) - under;
  }
  return Math.abs(reach) < LEAST_STEP ? 0 : moved / reach;
}

export type TextContrast = { readonly ratio: number; readonly apca: number; readonly isThere: boolean };

/** The usual ink against the worst ground, and the worst ink (painted over, faded) against the usual ground; the lower of the two. */
export function measureTextContrast({ ink, ground }: TextPixels): TextContrast {
  if (ink.total === 0 || ground.total === 0) return { ratio: 1, apca: 0, isThere: false };
  const usualInk = middle(ink);
  const usualGround = middle(ground);
  const ratio = Math.min(worstRatio(ground, usualInk, WORST_SHARE), worstRatio(ink, usualGround, WORST_SHARE));
  return { ratio, apca: measureApca(usualInk, worstGround(ground, usualInk)), isThere: true };
}

/** Luminance of the worst ground: the dark end for dark ink, the light end for light ink. */
function worstGround(ground: LuminanceTally, ink: number): number {
  return ink < middle(ground) ? darkest(ground, WORST_SHARE) : darkest(ground, 1 - WORST_SHARE);
}

/** APCA's exponent for the glow of screens in the dark, which its author gives as 1.414. */
const BLACK_EXPONENT = 1414 / 1000;

/** The luminance by which APCA judges a grey of a WCAG luminance: it raises the sRGB value to 2.4 throughout, and lifts the blacks. */
function toScreenLuminance(luminance: number): number {
  const value = luminance <= 0.0031308 ? luminance * 12.92 : 1.055 * luminance ** (1 / 2.4) - 0.055;
  const screen = value ** 2.4;
  return screen < 0.022 ? screen + (0.022 - screen) ** BLACK_EXPONENT : screen;
}

/**
 * Lightness contrast Lc of text on ground by APCA-W3 0.1.9 (A. Somers), about -108 to 106; negative for light text on dark ground. Exact for greys and close for colours; it is
 * given as information only.
 */
export function measureApca(text: number, ground: number): number {
  const ink = toScreenLuminance(text);
  const behind = toScreenLuminance(ground);
  if (behind > ink) {
    const contrast = (behind ** 0.56 - ink ** 0.57) * 1.14;
    return contrast < 0.1 ? 0 : (contrast - 0.027) * 100;
  }
  const contrast = (behind ** 0.65 - ink ** 0.62) * 1.14;
  return contrast > -0.1 ? 0 : (contrast + 0.027) * 100;
}

export function checkContrast(pixels: JudgedPixels, threshold: number): ComplianceCheck {
  const base = { name: 'contrast', threshold, unit: ':1', better: 'higher' } as const;
  const worst = pixels.layout.texts
    .filter(({ boxes }) => boxes.length > 0)
    .map((text) => ({ text, ...measureTextContrast(readText(pixels, text)) }))
    .toSorted((one, other) => one.ratio - other.ratio)[0];
  if (!worst) return { ...base, score: 21, passed: true, reason: 'There is no text to read.', region: null };
  const { text, apca, isThere } = worst;
  const score = Math.round(worst.ratio * 100) / 100;
  const passed = score >= threshold;
  const region = passed ? null : uniteRegions(text.boxes);
  const name = nameText(text.role);
  if (!isThere)
    return {
      ...base,
      score,
      passed,
      reason: `The ${name} in ${text.colour} cannot be told from what is behind it.`,
      region,
    };
  return {
    ...base,
    score,
    passed,
    reason: `The ${name} in ${text.colour} reaches ${score.toFixed(1)}:1 on the worst twentieth of what is behind it${passed ? '; all other text reaches more or as much' : `, which is under ${threshold}:1`}. APCA, as information: Lc ${Math.round(apca)}.`,
    region,
  };
}
