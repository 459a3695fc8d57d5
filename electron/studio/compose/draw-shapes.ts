import type { Raster } from '../../contract/engine-protocol.ts';
import { blendLayer } from './blend.ts';
import { renderSvg } from '../../readers/render-svg.ts';

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Draws SVG shapes into a layer just as large as they are, and lays it over the picture in place. */
export function drawShapes(picture: Raster, shapes: string, area: Box): void {
  const left = Math.floor(area.x) - 2;
  const top = Math.floor(area.y) - 2;
  const width = Math.ceil(area.x + area.width) + 2 - left;
  const height = Math.ceil(area.y + area.height) + 2 - top;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${shapes}</svg>`;
  blendLayer(picture, renderSvg(svg), left, top);
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Fills a rectangle with round corners. */
export function drawRoundedBox(picture: Raster, box: Box, radius: number, colour: string): void {
  const { x, y, width, height } = box;
  drawShapes(
    picture,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${round(radius)}" fill="${colour}"/>`,
    box,
  );
}
