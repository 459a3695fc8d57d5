import type { Raster } from '../../../contract/engine-protocol.ts';
import { toLab } from '../../../domain/brand/colour-space.ts';
import { shrinkRaster } from '../choose-ground.ts';

/** The picture is looked at with this many blocks on its long edge: subjects count, grain does not. */
const LONG_EDGE_BLOCKS = 48;
/** What stands nearer to the middle is a little more likely the subject, and decides in a picture of even texture. */
const MIDDLE_SHARE = 0.25;
/** A picture whose blocks differ by less than this (CIE units) from each other has no subject. */
const EVEN = 1.5;

export type Focus = readonly [x: number, y: number];

/**
 * How much each block draws the eye: its contrast to its neighbours, as edges do, and how far its colour is from the picture's mean, as a lone object is (frequency-tuned saliency,
 * Achanta and others 2009). CIE units, row by row.
 */
function measureSaliency(picture: Raster): { columns: number; rows: number; values: Float32Array } {
  const factor = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / LONG_EDGE_BLOCKS));
  const { width: columns, height: rows, rgb } = shrinkRaster(picture, factor);
  const labs = Array.from({ length: columns * rows }, (_, at) =>
    toLab([rgb[at * 3] ?? 0, rgb[at * 3 + 1] ?? 0, rgb[at * 3 + 2] ?? 0]),
  );
  const mean = [0, 1, 2].map((axis) => labs.reduce((sum, lab) => sum + (lab[axis] ?? 0), 0) / labs.length);
  const stepTo = (at: number, other: readonly number[]) => {
    const lab = labs[at] ?? [0, 0, 0];
    return Math.hypot(lab[0] - (other[0] ?? 0), lab[1] - (other[1] ?? 0), lab[2] - (other[2] ?? 0));
  };
  const values = Float32Array.from({ length: columns * rows }, (_, at) => {
    const right = at % columns < columns - 1 ? stepTo(at, labs[at + 1] ?? mean) : 0;
    const down = at + columns < labs.length ? stepTo(at, labs[at + columns] ?? mean) : 0;
    return stepTo(at, mean) + right + down;
  });
  return { columns, rows, values };
}

/**
 * The part of a picture to keep when it is cropped to an aspect (width through height): the window that holds most of what draws the eye. From 0 (left, top) to 1, as `coverRaster`
 * takes it; `fallback` where the picture is even or nothing is cropped. Pure: the same picture gives the same focus.
 */
export function findFocus(picture: Raster, aspect: number, fallback: Focus): Focus {
  const { columns, rows, values } = measureSaliency(picture);
  const isWide = picture.width / picture.height > aspect;
  const [length, across] = isWide ? [columns, rows] : [rows, columns];
  const share = isWide ? (picture.height * aspect) / picture.width : picture.width / aspect / picture.height;
  const lines = Float64Array.from({ length }, (_, line) => {
    let sum = 0;
    for (let at = 0; at < across; at++) sum += values[isWide ? at * columns + line : line * columns + at] ?? 0;
    return sum / across;
  });
  const spread = Math.max(...lines) - Math.min(...lines);
  const window = Math.max(1, Math.round(length * share));
  if (window >= length || spread < EVEN) return fallback;
  const found = placeWindow(lines, window, isWide ? fallback[0] : fallback[1]);
  return isWide ? [found, fallback[1]] : [fallback[0], found];
}

/** Where a window over some lines holds most, as the share of its way from the first place to the last. Between equals the one next to `wanted` wins. */
function placeWindow(lines: Float64Array, window: number, wanted: number): number {
  const ways = lines.length - window;
  const floor = Math.min(...lines);
  let best = { value: Number.NEGATIVE_INFINITY, share: wanted };
  for (let start = 0; start <= ways; start++) {
    let value = 0;
    for (let at = 0; at < window; at++) {
      const fromMiddle = Math.abs(at + 0.5 - window / 2) / (window / 2);
      value += ((lines[start + at] ?? 0) - floor) * (1 - MIDDLE_SHARE * fromMiddle);
    }
    const share = start / ways;
    const isNearer = Math.abs(share - wanted) < Math.abs(best.share - wanted);
    if (value > best.value + 1e-6 || (value > best.value - 1e-6 && isNearer)) best = { value, share };
  }
  return best.share;
}
