import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { createRandom, hashText } from './fake-picture.ts';

const LENGTH = 32;

/** Mean colours of a 3 x 3 grid and noise from nothing: pictures that look alike lie close. */
export function embedFakeRaster(raster: Raster): Float32Array<ArrayBuffer> {
  const sums = new Float32Array(LENGTH);
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < raster.width; x += 1) {
      const cell = Math.floor((y * 3) / raster.height) * 3 + Math.floor((x * 3) / raster.width);
      for (let channel = 0; channel < 3; channel += 1) {
        sums[cell * 3 + channel] =
          (sums[cell * 3 + channel] ?? 0) + (raster.rgb[(y * raster.width + x) * 3 + channel] ?? 0);
      }
    }
  }
  return toUnitLength(sums);
}

export function embedFakeText(text: string): Float32Array<ArrayBuffer> {
  const next = createRandom(hashText(text));
  return toUnitLength(Float32Array.from({ length: LENGTH }, () => next() - 0.5));
}

function toUnitLength(vector: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
