import type { Raster } from '../../contract/engine-protocol.ts';
import { contrastRatio, formatHex, parseHex, toLuminance } from '../brand/colour-space.ts';
import type { Letter, TextBlock } from './layout.ts';
import { clearTally, createTally, middle, tallyStep, worstRatio } from './luminance-tally.ts';
import { INK_FROM, marginOf, NEITHER, surroundBox } from './text-pixels.ts';
import type { LineField, PixelBox, TextPixels } from './text-pixels.ts';

/** A letter is as readable as the worst fifth of what is around it: a shape that only touches it takes nothing from its form. */
const WORST_FIFTH = 0.2;
/** With fewer pixels of ground or ink than these a letter says nothing by itself. */
const LEAST_GROUND = 12;
const LEAST_INK = 4;

/** How a letter stands out from what is around it, as a WCAG ratio; `line` is its line and `area` what was looked at. */
export type LetterContrast = {
  readonly letter: Letter;
  readonly line: number;
  readonly ratio: number;
  readonly area: PixelBox;
};

/** Every letter against the ground around it, the least readable first. A letter whose own ink is too thin to be read is taken to have the usual ink of its text. */
export function listLetterContrasts({ lines }: TextPixels, text: TextBlock, usualInk: number): LetterContrast[] {
  const ink = createTally();
  const ground = createTally();
  const found: LetterContrast[] = [];
  for (const [line, letters] of text.letters.entries()) {
    const field = lines[line];
    const box = text.boxes[line];
    if (!field || !box) continue;
    for (const letter of letters) {
      const area = surroundBox(letter.box, marginOf(box.height), field.region);
      clearTally(ink);
      clearTally(ground);
      readLetter(field, area, ink, ground);
      if (ground.total < LEAST_GROUND) continue;
      const own = ink.total < LEAST_INK ? usualInk : middle(ink);
      found.push({ letter, line, ratio: worstRatio(ground, own, WORST_FIFTH), area });
    }
  }
  return found.toSorted((one, other) => one.ratio - other.ratio);
}

type Tally = ReturnType<typeof createTally>;

function readLetter({ region, stride, marks }: LineField, area: PixelBox, ink: Tally, ground: Tally): void {
  const across = Math.ceil((region.right - region.left) / stride);
  const first = Math.ceil((area.left - region.left) / stride);
  const last = Math.ceil((area.right - region.left) / stride);
  const bottom = Math.ceil((area.bottom - region.top) / stride);
  for (let row = Math.ceil((area.top - region.top) / stride); row < bottom; row++) {
    for (let at = row * across + first; at < row * across + last; at++) {
      const mark = marks[at] ?? NEITHER;
      if (mark === NEITHER) continue;
      if (mark >= INK_FROM) tallyStep(ink, mark - INK_FROM);
      else tallyStep(ground, mark);
    }
  }
}

/** The mean colour, as hexadecimal, of what is least distinct from a colour around a letter: the pixels whose contrast is up to a little over the letter's own. */
export function nameGround({ width, rgb }: Raster, { area, ratio }: LetterContrast, colour: string): string {
  const own = toLuminance(parseHex(colour));
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left, at = (y * width + x) * 3; x < area.right; x++, at += 3) {
      const pixel = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0] as const;
      const contrast = contrastRatio(own, toLuminance(pixel));
      if (contrast > ratio * NEAR || contrast < ratio / NEAR) continue;
      for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] ?? 0) + (pixel[channel] ?? 0);
      count++;
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(1, count));
  return count === 0 ? colour : formatHex([red, green, blue]);
}

/** Pixels whose ratio is within this factor of the letter's are the ground that it stands on. */
const NEAR = 1.12;
