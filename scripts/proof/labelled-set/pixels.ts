import type { Region } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type { Rgb } from '../../../electron/domain/brand/colour-space.ts';
import { clamp } from './paint.ts';

export function pixelAt({ width, rgb }: Raster, x: number, y: number): Rgb {
  const at = (y * width + x) * 3;
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

export function setPixel({ width, height, rgb }: Raster, x: number, y: number, colour: Rgb): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  rgb.set(colour.map(clamp), (y * width + x) * 3);
}

export const copyOf = (picture: Raster): Raster => ({ ...picture, rgb: picture.rgb.slice() });

/** Whole pixels that a region covers. */
export function* pixelsOf({ width, height }: Raster, region: Region): Generator<readonly [x: number, y: number]> {
  const right = Math.min(width, Math.ceil(region.x + region.width));
  const bottom = Math.min(height, Math.ceil(region.y + region.height));
  for (let y = Math.max(0, Math.floor(region.y)); y < bottom; y++)
    for (let x = Math.max(0, Math.floor(region.x)); x < right; x++) yield [x, y];
}
