import type { BrandKit } from '../../../contract/brand.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { TemplateLayout } from '../../../contract/template.ts';
import { parseHex, toLab } from '../../../domain/brand/colour-space.ts';
import { DARK_TO } from '../../../domain/compliance/logo-ground-checks.ts';
import {
  CONTRAST_ROOM,
  findTrialFactor,
  isReadable,
  listInkPairs,
  scaleBox,
  shrinkRaster,
  veilRaster,
} from '../choose-ground.ts';
import type { Box } from '../draw-shapes.ts';
import type { VeilShape } from '../veil-shape.ts';
import { ramp } from '../veil-shape.ts';
import type { TemplateFrame } from './template-frame.ts';

/** Dark veils look like shade at any strength; light ones turn two good colours into a muddy third unless they are a hint or nearly solid. */
const DARK_VEILS = [0, 0.2, 0.4, 0.55, 0.7, 0.85, 0.95, 1];
const LIGHT_VEILS = [0, 0.15, 0.3, 0.92, 1];
/** The veil is solid this far beyond the type and gone after the fade, as shares of the edge that it runs along. */
const ROOM = 0.035;
const FADE = 0.34;

const full = (length: number) => new Float32Array(length).fill(1);

export function shapeVeil(
  side: TemplateLayout['scrim'],
  { width, height, isMirrored }: TemplateFrame,
  area: Box,
  scale: number,
): VeilShape {
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  const [left, right] = [area.x * scale, (area.x + area.width) * scale];
  const [top, bottom] = [area.y * scale, (area.y + area.height) * scale];
  const isLeft = (side === 'start') !== isMirrored;
  switch (side) {
    case 'all':
      return { byRow: full(down), byColumn: full(across) };
    case 'bottom':
      return { byRow: ramp(down, top - down * ROOM, top - down * (ROOM + FADE)), byColumn: full(across) };
    case 'top':
      return { byRow: ramp(down, bottom + down * ROOM, bottom + down * (ROOM + FADE)), byColumn: full(across) };
    case 'start':
    case 'end':
      return {
        byRow: full(down),
        byColumn: isLeft
          ? ramp(across, right + across * ROOM, right + across * (ROOM + FADE))
          : ramp(across, left - across * ROOM, left - across * (ROOM + FADE)),
      };
  }
}

export type Veiled = { readonly picture: Raster; readonly ink: string };

/** Every text by itself: a headline must not lend its contrast to the small print. */
export function areReadable(picture: Raster, texts: readonly (readonly Box[])[], ink: string, target: number): boolean {
  return texts.every((boxes) => isReadable(picture, boxes, ink, target));
}

/** What veils are tried on: the picture made small, and the veil's shape and the boxes of the texts at that size. */
export function prepareTrial(
  picture: Raster,
  { scrim }: TemplateLayout,
  frame: TemplateFrame,
  texts: readonly (readonly Box[])[],
  area: Box,
): { small: Raster; shape: VeilShape; texts: Box[][] } {
  const factor = findTrialFactor(frame);
  const small = shrinkRaster(picture, factor);
  const scale = small.width / frame.width;
  return {
    small,
    shape: fitShape(shapeVeil(scrim, frame, area, scale), small),
    texts: texts.map((boxes) => boxes.map((box) => scaleBox(box, scale))),
  };
}

/** Chooses the ink for type on the picture and lays the weakest veil under which it can be read. */
export function veilPicture(
  picture: Raster,
  kit: BrandKit,
  layout: TemplateLayout,
  frame: TemplateFrame,
  texts: readonly (readonly Box[])[],
  area: Box,
): Veiled {
  const { small, shape: trialShape, texts: shrunk } = prepareTrial(picture, layout, frame, texts, area);
  const target = kit.thresholds.contrast * CONTRAST_ROOM;
  let best = { cost: Number.POSITIVE_INFINITY, ink: '#000000', ground: '#ffffff', strength: 1 };
  for (const [order, { ink, ground }] of listInkPairs(kit).entries()) {
    const veils = toLab(parseHex(ground))[0] <= DARK_TO ? DARK_VEILS : LIGHT_VEILS;
    const strength =
      veils.find((veil) => areReadable(veilRaster(small, ground, trialShape, veil), shrunk, ink, target)) ?? 1;
    const cost = strength + 0.02 * order;
    if (cost < best.cost) best = { cost, ink, ground, strength };
  }
  const shape = shapeVeil(layout.scrim, frame, area, 1);
  for (let { strength } = best; ; strength = Math.min(1, strength + 0.12)) {
    const veiled = veilRaster(picture, best.ground, shape, strength);
    if (strength >= 1 || areReadable(veiled, texts, best.ink, target)) return { picture: veiled, ink: best.ink };
  }
}

function take(values: Float32Array, length: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => values[Math.min(at, values.length - 1)] ?? 0);
}

/** A veil for a picture that was made small has to have that picture's exact size. */
function fitShape({ byRow, byColumn }: VeilShape, { width, height }: Raster): VeilShape {
  return { byRow: take(byRow, height), byColumn: take(byColumn, width) };
}
