import type { Region } from '../../../electron/contract/compliance.ts';
import { parseHex } from '../../../electron/domain/brand/colour-space.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import type { ComposedPixels } from '../../../electron/domain/compliance/layout.ts';
import { copyOf, pixelAt, pixelsOf, setPixel } from './pixels.ts';
import { mixColours } from './paint.ts';

/** Says what the art under type and logo is at a place; null leaves it as it is. */
export type PaintGround = (x: number, y: number, ground: Rgb) => Rgb | null;

/** Puts other art under type and logo, whose ink stays as it was drawn. */
export function repaintGround(pixels: ComposedPixels, region: Region, paint: PaintGround): ComposedPixels {
  const { layout } = pixels;
  const finished = copyOf(pixels.finished);
  const backdrop = copyOf(pixels.backdrop);
  for (const [x, y] of pixelsOf(finished, region)) {
    const under = pixelAt(pixels.backdrop, x, y);
    const painted = paint(x, y, under);
    if (painted === null) continue;
    const seen = pixelAt(pixels.finished, x, y);
    const ink = readInk(pixels, x, y, under, seen);
    setPixel(backdrop, x, y, painted);
    setPixel(finished, x, y, ink === null ? painted : mixColours(painted, ink.colour, ink.coverage));
  }
  return { finished, backdrop, layout };
}

type Ink = { readonly colour: Rgb; readonly coverage: number };

/** The ink that the composition put over a pixel; null where there is none. */
function readInk({ layout: { logo, texts } }: ComposedPixels, x: number, y: number, under: Rgb, seen: Rgb): Ink | null {
  if (seen.every((value, channel) => value === under[channel])) return null;
  const column = x - (logo?.box.x ?? 0);
  const row = y - (logo?.box.y ?? 0);
  if (logo && column >= 0 && row >= 0 && column < logo.box.width && row < logo.box.height) {
    const coverage = (logo.ink[row * logo.box.width + column] ?? 0) / 255;
    if (coverage === 0) return null;
    const colour = seen.map((value, channel) => {
      const own = (value - (under[channel] ?? 0) * (1 - coverage)) / coverage;
      return Math.max(0, Math.min(255, own));
    });
    return { colour: [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0], coverage };
  }
  const text = texts.find(({ boxes }) =>
    boxes.some((box) => x >= box.x - 2 && y >= box.y - 2 && x <= box.x + box.width + 2 && y <= box.y + box.height + 2),
  );
  if (!text) return null;
  const colour = parseHex(text.colour);
  const reach = ([0, 1, 2] as const).toSorted(
    (one, other) => Math.abs(colour[other] - under[other]) - Math.abs(colour[one] - under[one]),
  )[0];
  if (reach === undefined || colour[reach] === under[reach]) return null;
  const coverage = (seen[reach] - under[reach]) / (colour[reach] - under[reach]);
  return { colour, coverage: Math.max(0, Math.min(1, coverage)) };
}
