import type { Raster } from '../../../electron/contract/engine-protocol.ts';

const EDGE = 16;

/** A difference hash: whether each of 16 by 16 fields is brighter than its right neighbour. The sameness bench compares it with the fingerprint that the product uses. */
export function hashDifferences({ width, height, rgb }: Raster): Uint8Array {
  const light = (column: number, row: number) => {
    const left = Math.floor((column * width) / (EDGE + 1));
    const right = Math.max(left + 1, Math.floor(((column + 1) * width) / (EDGE + 1)));
    const top = Math.floor((row * height) / EDGE);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * height) / EDGE));
    let sum = 0;
    for (let y = top; y < bottom; y++)
      for (let x = left, at = (y * width + left) * 3; x < right; x++, at += 3)
        sum += (rgb[at] ?? 0) * 2 + (rgb[at + 1] ?? 0) * 5 + (rgb[at + 2] ?? 0);
    return sum / ((right - left) * (bottom - top));
  };
  return Uint8Array.from({ length: EDGE * EDGE }, (_, at) =>
    Number(light(at % EDGE, Math.floor(at / EDGE)) > light((at % EDGE) + 1, Math.floor(at / EDGE))),
  );
}

/** Share of the bits that differ. */
export function compareHashes(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, bit, at) => sum + Number(bit !== other[at]), 0) / one.length;
}
