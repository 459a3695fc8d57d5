import type { PlacedCopy } from './place-copy.ts';

/** Opacity 0 to 1 of a veil along both axes. */
export type VeilShape = { readonly byRow: Float32Array; readonly byColumn: Float32Array };

/** Eases in and out without a visible edge (Perlin's fifth-order step). */
function ease(share: number): number {
  const x = Math.max(0, Math.min(1, share));
  return x * x * x * (x * (x * 6 - 15) + 10);
}

/** 1 from `solid` on, 0 before `clear`, or the other way round when `clear` lies behind `solid`. */
export function ramp(length: number, solid: number, clear: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => ease((at + 0.5 - clear) / (solid - clear)));
}

const full = (length: number) => new Float32Array(length).fill(1);
const inside = (length: number, from: number, to: number) =>
  Float32Array.from({ length }, (_, at) => (at + 0.5 > from && at + 0.5 < to ? 1 : 0));

/** The veil that stands behind the type: solid under the type, clear towards the rest of the picture. */
export function shapeTypeVeil(placed: PlacedCopy, width: number, height: number): VeilShape {
  const { area } = placed;
  if (placed.panel) return shapePanel(placed.panel, width, height);
  const roomY = height * 0.03;
  const fadeY = height * 0.3;
  switch (placed.anchor) {
    case 'bottom':
      return { byRow: ramp(height, area.y - roomY, area.y - roomY - fadeY), byColumn: full(width) };
    case 'top':
      return {
        byRow: ramp(height, area.y + area.height + roomY, area.y + area.height + roomY + fadeY),
        byColumn: full(width),
      };
    case 'left':
      return {
        byRow: full(height),
        byColumn: ramp(width, area.x + area.width + width * 0.02, area.x + area.width + width * 0.34),
      };
    case 'right':
      return { byRow: full(height), byColumn: ramp(width, area.x - width * 0.02, area.x - width * 0.34) };
    case 'row':
      return {
        byRow: full(height),
        byColumn: ramp(width, area.x + area.width + width * 0.02, area.x + area.width + width * 0.3),
      };
  }
}

/** A field with hard edges, all of it solid. */
export function shapePanel(
  box: { x: number; y: number; width: number; height: number },
  width: number,
  height: number,
): VeilShape {
  return { byRow: inside(height, box.y, box.y + box.height), byColumn: inside(width, box.x, box.x + box.width) };
}
