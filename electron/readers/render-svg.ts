import { Resvg } from '@resvg/resvg-js';

/** Straight (not premultiplied) 8-bit RGBA, row by row from the top. */
export type RgbaRaster = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

/** Draws an SVG with its own width and height in pixels, or at a given width. No fonts and no files are read. */
export function renderSvg(svg: string, widthPx: number | null = null): RgbaRaster {
  const drawing = new Resvg(svg, {
    font: { loadSystemFonts: false },
    ...(widthPx === null ? {} : { fitTo: { mode: 'width' as const, value: widthPx } }),
  });
  const { width, height, pixels } = drawing.render();
  return { width, height, rgba: toStraight(pixels) };
}

/** The renderer multiplies colours by their coverage; blending wants them as they are. */
function toStraight(pixels: Uint8Array): Uint8Array {
  const rgba = new Uint8Array(pixels);
  for (let at = 3; at < rgba.length; at += 4) {
    const alpha = rgba[at] ?? 0;
    if (alpha === 0 || alpha === 255) continue;
    for (let channel = at - 3; channel < at; channel++)
      rgba[channel] = Math.min(255, Math.round(((rgba[channel] ?? 0) * 255) / alpha));
  }
  return rgba;
}

/** Width and height that an SVG states for itself, in pixels. */
export function measureSvg(svg: string): { width: number; height: number } {
  const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } });
  return { width, height };
}
