import type { Region } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { contrastRatio, parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import { safeRegion } from '../../../electron/domain/compliance/placement-checks.ts';
import { loseLetter } from './break-ground.ts';
import { mixColours, pickForeign } from './paint.ts';
import { copyOf, pixelAt, pixelsOf, setPixel } from './pixels.ts';
import type { Violation } from './violation.ts';

/** The whole file in a tint of a foreign colour. */
export const breakPalette: Violation = async ({ kit, input }, level, random) => {
  const foreign = pickForeign(kit, random);
  const share = [0.5, 0.65, 0.85][level] ?? 1;
  const { finished } = input.pixels;
  const delivered = copyOf(finished);
  for (const [x, y] of pixelsOf(finished, { x: 0, y: 0, width: finished.width, height: finished.height }))
    setPixel(delivered, x, y, mixColours(pixelAt(finished, x, y), foreign, share));
  return { ...input, delivered };
};

/** A field of a foreign colour over part of the file. */
export const breakOffPalette: Violation = async ({ kit, input }, level, random) => {
  const foreign = pickForeign(kit, random);
  const edge = Math.sqrt([0.15, 0.22, 0.35][level] ?? 0.5);
  const { finished } = input.pixels;
  const field = { width: finished.width * edge, height: finished.height * edge };
  const region = {
    ...field,
    x: random.next() * (finished.width - field.width),
    y: random.next() * (finished.height - field.height),
  };
  const delivered = copyOf(finished);
  for (const [x, y] of pixelsOf(finished, region)) setPixel(delivered, x, y, foreign);
  return { ...input, delivered };
};

/** Text whose ink faded, whose ground took the colour of the ink in part, or that lost a single letter to a shape. */
export const breakContrast: Violation = async (sample, level, random) => {
  if (random.next() < 1 / 3) return loseLetter(sample, level, random);
  const { kit, input } = sample;
  const { finished, backdrop, layout } = input.pixels;
  const text = random.pick(layout.texts);
  const ink = parseHex(text.colour);
  const delivered = copyOf(finished);
  if (random.next() < 0.5) {
    const wanted = [0.85, 0.6, 0.4][level] ?? 0.4;
    const share = fadeShare(ink, backdrop, text.boxes, Math.max(1.05, kit.thresholds.contrast * wanted));
    for (const box of text.boxes)
      for (const [x, y] of pixelsOf(finished, box))
        setPixel(delivered, x, y, mixColours(pixelAt(finished, x, y), pixelAt(backdrop, x, y), share));
    return { ...input, delivered };
  }
  const part = [0.18, 0.4, 0.8][level] ?? 1;
  for (const box of text.boxes) {
    for (const [x, y] of pixelsOf(finished, { ...box, width: box.width * part })) {
      const under = pixelAt(backdrop, x, y);
      // The letters stay as they are.
      if (pixelAt(finished, x, y).every((value, channel) => value === under[channel]))
        setPixel(delivered, x, y, mixColours(under, ink, 0.8));
    }
  }
  return { ...input, delivered };
};

/** How far an ink has to fade into its middle ground to be left with a contrast. */
function fadeShare(ink: Rgb, backdrop: Raster, boxes: readonly Region[], wanted: number): number {
  const [box] = boxes;
  if (!box) return 1;
  const samples = [...pixelsOf(backdrop, box)].map(([x, y]) => pixelAt(backdrop, x, y));
  const ground = samples.toSorted((one, other) => toLuminance(one) - toLuminance(other))[samples.length >> 1] ?? ink;
  for (let share = 0; share < 1; share += 0.01)
    if (contrastRatio(toLuminance(mixColours(ink, ground, share)), toLuminance(ground)) <= wanted) return share;
  return 1;
}

/** Less than that is a speck in a small banner, and nothing that a channel could cover. */
const LEAST_MARK_PX = 8;

/** Something the size of small type, stamped into the margin that a channel covers. */
export const breakSafeArea: Violation = async ({ input }, level, random) => {
  const { finished, layout } = input.pixels;
  const safe = safeRegion(input.format);
  const size = Math.max(
    LEAST_MARK_PX,
    Math.round(Math.min(finished.width, finished.height) * ([0.012, 0.025, 0.04][level] ?? 0.04)),
  );
  const side = random.pick(['left', 'right', 'top', 'bottom'] as const);
  const room = {
    left: safe.x,
    right: finished.width - safe.x - safe.width,
    top: safe.y,
    bottom: finished.height - safe.y - safe.height,
  }[side];
  const across = Math.max(3, Math.min(size, room - 2));
  const along = size * 5;
  const isSide = side === 'left' || side === 'right';
  const [width, height] = isSide ? [across, along] : [along, across];
  const x =
    side === 'left' ? 1 : side === 'right' ? finished.width - width - 1 : random.next() * (finished.width - width);
  const y =
    side === 'top' ? 1 : side === 'bottom' ? finished.height - height - 1 : random.next() * (finished.height - height);
  const delivered = copyOf(finished);
  const ground = pixelAt(finished, Math.floor(x + width / 2), Math.floor(y + height / 2));
  const [first] = layout.texts;
  const ink: Rgb =
    first && contrastRatio(toLuminance(parseHex(first.colour)), toLuminance(ground)) > 3
      ? parseHex(first.colour)
      : toLuminance(ground) > 0.2
        ? [12, 12, 16]
        : [245, 245, 245];
  for (const [column, row] of pixelsOf(finished, { x, y, width, height }))
    if (((isSide ? row : column) >> 1) % 3 !== 0) setPixel(delivered, column, row, ink);
  return { ...input, delivered };
};
