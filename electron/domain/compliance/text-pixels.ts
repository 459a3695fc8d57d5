import type { Region } from '../../contract/compliance.ts';
import { parseHex } from '../brand/colour-space.ts';
import type { JudgedPixels, TextBlock } from './layout.ts';
import { createTally, readStep, STEPS, tallyStep } from './luminance-tally.ts';
import type { LuminanceTally } from './luminance-tally.ts';

/** Coverage from which a pixel is ink, and up to which it is ground; soft edges between are neither. */
const SOLID = 0.9;
const BARE = 0.04;
/** A colour this close to what is behind it cannot be told from it. */
const LEAST_STEP = 16;
/** Room around a line whose ground counts as behind it, as a share of the line's height. */
const MARGIN = 0.12;
/** Large type is looked at in every second to fourth pixel of both directions: one for each of these heights of a line, in pixels. */
const STRIDE_HEIGHT = 24;
const MAX_STRIDE = 4;

/** Marks of a `LineField` beside luminance steps: a pixel that is neither ink nor ground, and what is added to the steps of ink. */
export const NEITHER = -1;
export const INK_FROM: number = STEPS;

/** What the pixels of a line and around it are, row by row over every `stride`-th pixel of `region`: the luminance step of ground, that of ink plus `INK_FROM`, or `NEITHER`. */
export type LineField = { readonly region: PixelBox; readonly stride: number; readonly marks: Int16Array };
/** A box of whole pixels inside of a picture; right and bottom are the first outside. */
export type PixelBox = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };

/** What a text consists of in a file: the luminances of its ink and of the ground between and around its letters, in all and by line. */
export type TextPixels = {
  readonly ink: LuminanceTally;
  readonly ground: LuminanceTally;
  readonly lines: readonly LineField[];
};

/** Whole pixels of a box and of the room around it whose ground counts as behind it, within limits. */
export function surroundBox(box: Region, marginPx: number, limits: PixelBox): PixelBox {
  return {
    left: Math.max(limits.left, Math.floor(box.x) - marginPx),
    top: Math.max(limits.top, Math.floor(box.y) - marginPx),
    right: Math.min(limits.right, Math.ceil(box.x + box.width) + marginPx),
    bottom: Math.min(limits.bottom, Math.ceil(box.y + box.height) + marginPx),
  };
}

/** Pixels around a line, or around a letter of it, whose ground counts as behind it. */
export function marginOf(lineHeight: number): number {
  return Math.max(2, Math.round(lineHeight * MARGIN));
}

/** Finds where the composition put ink and where ground, and reads both from the delivered pixels. */
export function readText({ finished, backdrop, delivered }: JudgedPixels, text: TextBlock): TextPixels {
  const ink = createTally();
  const ground = createTally();
  const colour = parseHex(text.colour);
  const { width, height } = finished;
  const picture = { left: 0, top: 0, right: width, bottom: height };
  const lines = text.boxes.map((box) => {
    const region = surroundBox(box, marginOf(box.height), picture);
    const stride = Math.max(1, Math.min(MAX_STRIDE, Math.floor(box.height / STRIDE_HEIGHT)));
    const across = Math.max(0, Math.ceil((region.right - region.left) / stride));
    const marks = new Int16Array(across * Math.max(0, Math.ceil((region.bottom - region.top) / stride)));
    let mark = 0;
    for (let y = region.top; y < region.bottom; y += stride) {
      for (let x = region.left, at = (y * width + x) * 3; x < region.right; x += stride, at += stride * 3, mark++) {
        const coverage = measureCoverage(finished.rgb, backdrop.rgb, colour, at);
        if (coverage > BARE && coverage < SOLID) {
          marks[mark] = NEITHER;
          continue;
        }
        const step = readStep(delivered.rgb, at);
        const isInk = coverage >= SOLID;
        tallyStep(isInk ? ink : ground, step);
        marks[mark] = isInk ? INK_FROM + step : step;
      }
    }
    return { region, stride, marks };
  });
  return { ink, ground, lines };
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
