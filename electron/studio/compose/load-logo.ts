import { createHash } from 'node:crypto';
import type { BrandKit } from '../../contract/brand.ts';
import { assertAspect, isPng, readPngLogo, refuseDrawing } from '../../readers/open-logo.ts';
import type { RgbaRaster } from '../../readers/render-svg.ts';
import { measureSvg, renderSvg } from '../../readers/render-svg.ts';
import { sanitiseSvg } from '../../readers/sanitise-svg.ts';

export type LogoSpec = BrandKit['logos'][number];

/** A logo that can be drawn at any width. */
export type Logo = { readonly spec: LogoSpec; readonly aspect: number; render(widthPx: number): Promise<RgbaRaster> };

const drawn = new Map<string, RgbaRaster>();
const MAX_DRAWN = 24;

/** Area averaging with the coverage taken into account, so that the colour under transparent pixels does not bleed into the edge. */
function shrinkRgba({ width, height, rgba }: RgbaRaster, targetWidth: number): RgbaRaster {
  const targetHeight = Math.max(1, Math.round((targetWidth * height) / width));
  const out = new Uint8Array(targetWidth * targetHeight * 4);
  for (let y = 0; y < targetHeight; y++) {
    const top = Math.floor((y * height) / targetHeight);
    const bottom = Math.max(top + 1, Math.ceil(((y + 1) * height) / targetHeight));
    for (let x = 0; x < targetWidth; x++) {
      const left = Math.floor((x * width) / targetWidth);
      const right = Math.max(left + 1, Math.ceil(((x + 1) * width) / targetWidth));
      const sums = [0, 0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const at = (row * width + column) * 4;
          const alpha = rgba[at + 3] ?? 0;
          for (let channel = 0; channel < 3; channel++)
            sums[channel] = (sums[channel] ?? 0) + (rgba[at + channel] ?? 0) * alpha;
          sums[3] = (sums[3] ?? 0) + alpha;
        }
      }
      const alpha = sums[3] ?? 0;
      const to = (y * targetWidth + x) * 4;
      for (let channel = 0; channel < 3; channel++)
        out[to + channel] = alpha === 0 ? 0 : Math.round((sums[channel] ?? 0) / alpha);
      out[to + 3] = Math.round(alpha / ((right - left) * (bottom - top)));
    }
  }
  return { width: targetWidth, height: targetHeight, rgba: out };
}

/** A batch draws one logo at a few widths over and over; the newest drawings are kept by content and width. */
async function drawOnce(key: string, draw: () => RgbaRaster | Promise<RgbaRaster>): Promise<RgbaRaster> {
  const known = drawn.get(key);
  if (known) return known;
  const raster = await draw();
  const [oldest] = drawn.keys();
  if (drawn.size >= MAX_DRAWN && oldest !== undefined) drawn.delete(oldest);
  drawn.set(key, raster);
  return raster;
}

/** Reads a logo file, SVG or PNG by its content. Throws `brand.invalid` naming the field. */
export async function loadLogo(bytes: Uint8Array, spec: LogoSpec, field: string): Promise<Logo> {
  const { file } = spec;
  const content = createHash('sha1').update(bytes).digest('hex');
  if (isPng(bytes)) {
    const picture = await readPngLogo(bytes, file, field);
    const aspect = assertAspect(picture.width, picture.height, file, field);
    return { spec, aspect, render: (widthPx) => drawOnce(`${content}/${widthPx}`, () => shrinkRgba(picture, widthPx)) };
  }
  const svg = sanitiseSvg(bytes, file, field);
  try {
    const { width, height } = measureSvg(svg);
    const aspect = assertAspect(width, height, file, field);
    return { spec, aspect, render: (widthPx) => drawOnce(`${content}/${widthPx}`, () => renderSvg(svg, widthPx)) };
  } catch (cause) {
    return refuseDrawing(cause, file, field);
  }
}
