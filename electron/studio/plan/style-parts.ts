import type { Raster } from '../../contract/engine-protocol.ts';

/** Places of the parts, as shares of the room that there is: the corners and the middle. */
const places = [
  [0, 0],
  [1, 0],
  [0.5, 0.5],
  [0, 1],
  [1, 1],
] as const;

/** How many parts a picture has. */
export const STYLE_PARTS = places.length;

/**
 * Squares of half the long edge, or of the whole short one where that is less: the corners and the middle. Type, motifs and empty ground stand elsewhere in every
 * picture of a brand; its parts are more alike than the wholes.
 */
export function cutParts({ width, height, rgb }: Raster): Raster[] {
  const edge = Math.max(1, Math.min(width, height, Math.floor(Math.max(width, height) / 2)));
  return places.map(([across, down]) => {
    const left = Math.floor(across * (width - edge));
    const top = Math.floor(down * (height - edge));
    const part = new Uint8Array(edge * edge * 3);
    for (let row = 0; row < edge; row++) {
      const from = ((top + row) * width + left) * 3;
      part.set(rgb.subarray(from, from + edge * 3), row * edge * 3);
    }
    return { width: edge, height: edge, rgb: part };
  });
}

const VIEWS = 8;

/** A square as it is, then mirrored and turned in every other way: a style is the same from each side. */
export function turnPart({ width: edge, rgb }: Raster): Raster[] {
  return Array.from({ length: VIEWS }, (_, view) => {
    const turned = new Uint8Array(rgb.length);
    for (let y = 0; y < edge; y++) {
      for (let x = 0; x < edge; x++) {
        const across = view & 1 ? edge - 1 - x : x;
        const down = view & 2 ? edge - 1 - y : y;
        const from = (view & 4 ? across * edge + down : down * edge + across) * 3;
        turned.set(rgb.subarray(from, from + 3), (y * edge + x) * 3);
      }
    }
    return { width: edge, height: edge, rgb: turned };
  });
}
