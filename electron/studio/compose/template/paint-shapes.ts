import type { Template, TemplateLayout, TemplateShape } from '../../../contract/template.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import { parseHex } from '../../../domain/brand/colour-space.ts';
import type { Box } from '../draw-shapes.ts';
import { drawShapes } from '../draw-shapes.ts';
import { coverRaster } from '../resize-raster.ts';
import type { Focus } from './find-focus.ts';
import { findFocus } from './find-focus.ts';
import type { PlacedStack } from './place-stack.ts';
import type { TemplateFrame } from './template-frame.ts';
import { toPixels } from './template-frame.ts';

const round = (value: number) => Math.round(value * 100) / 100;

/** Path data of a rectangle with round corners. */
function outlineBox({ x, y, width, height }: Box, radius: number): string {
  const r = round(Math.min(radius, width / 2, height / 2));
  const [left, top, right, bottom] = [x, y, x + width, y + height].map(round);
  if (r === 0) return `M${left} ${top}H${right}V${bottom}H${left}Z`;
  const corner = (endX: number, endY: number) => `A${r} ${r} 0 0 1 ${round(endX)} ${round(endY)}`;
  return `M${round(x + r)} ${top}H${round(x + width - r)}${corner(x + width, y + r)}V${round(y + height - r)}${corner(x + width - r, y + height)}H${round(x + r)}${corner(x, y + height - r)}V${round(y + r)}${corner(x + r, y)}Z`;
}

/** The room around a stack's content, run out to the edges that the shape bleeds to. */
function surround(
  { width, height, isMirrored, unit }: TemplateFrame,
  area: Box,
  hug: NonNullable<TemplateShape['hug']>,
): Box {
  const pad = hug.pad * unit;
  const edges = new Set(
    hug.bleed.map((edge) =>
      edge === 'start' || edge === 'end' ? ((edge === 'start') === isMirrored ? 'right' : 'left') : edge,
    ),
  );
  const left = edges.has('left') ? 0 : Math.max(0, Math.floor(area.x - pad));
  const top = edges.has('top') ? 0 : Math.max(0, Math.floor(area.y - pad));
  const right = edges.has('right') ? width : Math.min(width, Math.ceil(area.x + area.width + pad));
  const bottom = edges.has('bottom') ? height : Math.min(height, Math.ceil(area.y + area.height + pad));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Where a shape stands; null when it surrounds a stack that holds nothing. */
export function placeShape(shape: TemplateShape, frame: TemplateFrame, stacks: readonly PlacedStack[]): Box | null {
  if (shape.hug) {
    const area = stacks[shape.hug.stack]?.area;
    return area ? surround(frame, area, shape.hug) : null;
  }
  return toPixels(frame, shape.box ?? [0, 0, 1, 1]);
}

function describeShape(shape: TemplateShape, box: Box, frame: TemplateFrame): string {
  const { unit, width, height, isMirrored } = frame;
  const line = Math.max(1, Math.round(shape.line * unit));
  switch (shape.kind) {
    case 'box':
      return outlineBox(box, shape.radius * unit);
    case 'frame': {
      const inner = { x: box.x + line, y: box.y + line, width: box.width - 2 * line, height: box.height - 2 * line };
      return `${outlineBox(box, shape.radius * unit)}${outlineBox(inner, Math.max(0, shape.radius * unit - line))}`;
    }
    case 'ellipse': {
      const [rx, ry] = [round(box.width / 2), round(box.height / 2)];
      const [left, right, middle] = [round(box.x), round(box.x + box.width), round(box.y + box.height / 2)];
      return `M${left} ${middle}A${rx} ${ry} 0 0 1 ${right} ${middle}A${rx} ${ry} 0 0 1 ${left} ${middle}Z`;
    }
    case 'polygon': {
      const corners = (shape.points ?? []).map(
        ([x, y]) => `${round((isMirrored ? 1 - x : x) * width)} ${round(y * height)}`,
      );
      return corners.length < 3 ? '' : `M${corners.join('L')}Z`;
    }
  }
}

/** Fills a shape on a picture in place. */
export function drawShape(picture: Raster, shape: TemplateShape, box: Box, frame: TemplateFrame, colour: string): void {
  const path = describeShape(shape, box, frame);
  if (path === '' || box.width <= 0 || box.height <= 0) return;
  const area = shape.kind === 'polygon' ? { x: 0, y: 0, width: frame.width, height: frame.height } : box;
  const isPlain = shape.kind === 'box' && shape.radius === 0 && shape.opacity === 1;
  if (isPlain) fillBox(picture, box, colour);
  else
    drawShapes(
      picture,
      `<path fill="${colour}" fill-opacity="${shape.opacity}" fill-rule="evenodd" d="${path}"/>`,
      area,
    );
}

/** Fills a box of whole pixels; what lies outside of the picture is dropped. */
export function fillBox({ width, height, rgb }: Raster, box: Box, colour: string): void {
  const [red, green, blue] = parseHex(colour);
  const left = Math.max(0, Math.round(box.x));
  const right = Math.min(width, Math.round(box.x + box.width));
  const bottom = Math.min(height, Math.round(box.y + box.height));
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y++) {
    for (let at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3) {
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
    }
  }
}

/** The picture in its place, and the ground colour wherever it is not. */
export function layPicture(
  image: Raster,
  { picture }: TemplateLayout,
  frame: TemplateFrame,
  ground: string,
  drawing: Template['drawing'],
): Raster {
  const { width, height, unit, isMirrored } = frame;
  const box = toPixels(frame, picture.box);
  const [x, y] = picture.focus;
  const wanted: Focus = [isMirrored ? 1 - x : x, y];
  const focus = drawing === 1 ? wanted : findFocus(image, box.width / box.height, wanted);
  const scaled = coverRaster(image, box.width, box.height, focus);
  if (box.width === width && box.height === height && picture.radius === 0)
    return { width, height, rgb: new Uint8Array(scaled.rgb) };
  const laid = { width, height, rgb: new Uint8Array(width * height * 3) };
  fillBox(laid, { x: 0, y: 0, width, height }, ground);
  for (let row = 0; row < box.height; row++) {
    const down = box.y + row;
    if (down < 0 || down >= height) continue;
    const from = Math.max(0, -box.x);
    const to = Math.min(box.width, width - box.x);
    laid.rgb.set(
      scaled.rgb.subarray((row * box.width + from) * 3, (row * box.width + to) * 3),
      (down * width + box.x + from) * 3,
    );
  }
  if (picture.radius > 0)
    drawShapes(
      laid,
      `<path fill="${ground}" fill-rule="evenodd" d="${outlineBox(box, 0)}${outlineBox(box, picture.radius * unit)}"/>`,
      box,
    );
  return laid;
}
