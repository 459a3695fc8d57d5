import type { Raster } from '../../contract/engine-protocol.ts';
import type { RgbaRaster } from '../../readers/render-svg.ts';
import type { Rgb } from '../../domain/brand/colour-space.ts';

export function copyRaster({ width, height, rgb }: Raster): Raster {
  return { width, height, rgb: new Uint8Array(rgb) };
}

/** Draws a layer over a picture in place, its top left corner at (left, top); what lies outside is dropped. */
export function blendLayer(picture: Raster, { width, height, rgba }: RgbaRaster, left: number, top: number): void {
  const { rgb } = picture;
  const firstX = Math.max(0, -left);
  const lastX = Math.min(width, picture.width - left);
  const lastY = Math.min(height, picture.height - top);
  for (let y = Math.max(0, -top); y < lastY; y++) {
    let from = (y * width + firstX) * 4;
    let to = ((top + y) * picture.width + left + firstX) * 3;
    for (let x = firstX; x < lastX; x++, from += 4, to += 3) {
      const alpha = rgba[from + 3] ?? 0;
      if (alpha === 0) continue;
      const rest = 255 - alpha;
      rgb[to] = (((rgba[from] ?? 0) * alpha + (rgb[to] ?? 0) * rest + 127) / 255) | 0;
      rgb[to + 1] = (((rgba[from + 1] ?? 0) * alpha + (rgb[to + 1] ?? 0) * rest + 127) / 255) | 0;
      rgb[to + 2] = (((rgba[from + 2] ?? 0) * alpha + (rgb[to + 2] ?? 0) * rest + 127) / 255) | 0;
    }
  }
}

/** A veil of one colour whose opacity is `along` times `across`: shares 0 to 1, one for each row and one for each column. */
export type Veil = { readonly colour: Rgb; readonly byRow: Float32Array; readonly byColumn: Float32Array };

/** Thresholds of an ordered 4 by 4 dither, 0 to 1 (Bayer 1973): they keep a long soft gradient from showing bands. */
const dither = Float32Array.from([0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5], (step) => (step + 0.5) / 16);

/** Lays a veil over a picture in place. */
export function blendVeil({ width, height, rgb }: Raster, { colour: [red, green, blue], byRow, byColumn }: Veil): void {
  for (let y = 0; y < height; y++) {
    const down = byRow[y] ?? 0;
    if (down === 0) continue;
    let at = y * width * 3;
    for (let x = 0; x < width; x++, at += 3) {
      const alpha = down * (byColumn[x] ?? 0);
      if (alpha === 0) continue;
      const noise = dither[(y & 3) * 4 + (x & 3)] ?? 0;
      const old = rgb[at] ?? 0;
      const oldGreen = rgb[at + 1] ?? 0;
      const oldBlue = rgb[at + 2] ?? 0;
      rgb[at] = old + (red - old) * alpha + noise;
      rgb[at + 1] = oldGreen + (green - oldGreen) * alpha + noise;
      rgb[at + 2] = oldBlue + (blue - oldBlue) * alpha + noise;
    }
  }
}
