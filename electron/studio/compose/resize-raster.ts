import type { Raster } from '../../contract/engine-protocol.ts';

/** Weights of the source pixels for each target pixel along one axis: `taps` per pixel, from `first`. */
type Taps = { readonly first: Int32Array; readonly weights: Float32Array; readonly taps: number };

/** Cubic of Mitchell and Netravali, "Reconstruction Filters in Computer Graphics" (1988), with B = 0 and C = 1/2 (Catmull-Rom). */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return 1.5 * x ** 3 - 2.5 * x ** 2 + 1;
  return x < 2 ? -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 : 0;
}

/** Maps `target` pixels to the part of the source that starts at `start` and is `length` pixels long. */
function createTaps(source: number, start: number, length: number, target: number): Taps {
  const step = length / target;
  const stretch = Math.max(1, step);
  const taps = Math.ceil(stretch * 4) + 1;
  const first = new Int32Array(target);
  const weights = new Float32Array(target * taps);
  for (let index = 0; index < target; index++) {
    const centre = start + (index + 0.5) * step - 0.5;
    const from = Math.floor(centre - 2 * stretch) + 1;
    first[index] = from;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const weight = cubic((from + tap - centre) / stretch);
      weights[index * taps + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap++) weights[index * taps + tap] = (weights[index * taps + tap] ?? 0) / sum;
  }
  for (let index = 0; index < target; index++) foldEdges(first, weights, taps, index, source);
  return { first, weights, taps };
}

/** Moves the weight of pixels beyond an edge to the edge pixel, so that the inner loops need no bounds. */
function foldEdges(first: Int32Array, weights: Float32Array, taps: number, index: number, source: number): void {
  const from = first[index] ?? 0;
  const inside = Math.max(0, Math.min(from, source - taps));
  if (inside === from) return;
  const folded = new Float32Array(taps);
  for (let tap = 0; tap < taps; tap++) {
    const place = Math.min(taps - 1, Math.max(0, Math.min(source - 1, Math.max(0, from + tap)) - inside));
    folded[place] = (folded[place] ?? 0) + (weights[index * taps + tap] ?? 0);
  }
  weights.set(folded, index * taps);
  first[index] = inside;
}

function resizeRows(
  { width, height, rgb }: Raster,
  across: Taps,
  target: number,
  top: number,
  bottom: number,
): Float32Array {
  const rows = new Float32Array(height * target * 3);
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < target; x++) {
      let at = (y * width + (across.first[x] ?? 0)) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < across.taps; tap++, at += 3) {
        const weight = across.weights[x * across.taps + tap] ?? 0;
        // Beyond the last pixel of a tiny picture the weight is 0.
        red += weight * (rgb[at] ?? 0);
        green += weight * (rgb[at + 1] ?? 0);
        blue += weight * (rgb[at + 2] ?? 0);
      }
      const to = (y * target + x) * 3;
      rows[to] = red;
      rows[to + 1] = green;
      rows[to + 2] = blue;
    }
  }
  return rows;
}

/** The rows that take part in one target row, with their weights; rows without weight are left out. */
function listRows({ first, weights, taps }: Taps, y: number, sourceHeight: number): { row: number; weight: number }[] {
  return Array.from({ length: taps }, (_, tap) => ({
    row: (first[y] ?? 0) + tap,
    weight: weights[y * taps + tap] ?? 0,
  })).filter(({ row, weight }) => weight !== 0 && row < sourceHeight);
}

const nothing = { row: 0, weight: 0 };

function resizeColumns(
  rows: Float32Array,
  sourceHeight: number,
  down: Taps,
  width: number,
  height: number,
): Uint8ClampedArray<ArrayBuffer> {
  const length = width * 3;
  // Clamped arrays round to the nearest value and keep it between 0 and 255.
  const rgb = new Uint8ClampedArray(length * height);
  for (let y = 0; y < height; y++) {
    const parts = listRows(down, y, sourceHeight);
    const target = rgb.subarray(y * length, (y + 1) * length);
    if (parts.length <= 4) sumFourRows(rows, parts, target);
    else target.set(sumRows(rows, parts, length));
  }
  return rgb;
}

type RowPart = { readonly row: number; readonly weight: number };

/** Scaling up takes four rows for each row: this loop is where the time goes. */
function sumFourRows(rows: Float32Array, parts: readonly RowPart[], target: Uint8ClampedArray): void {
  const [one = nothing, two = nothing, three = nothing, four = nothing] = parts;
  const rowOf = ({ row }: RowPart) => rows.subarray(row * target.length, (row + 1) * target.length);
  const [from1, from2, from3, from4] = [rowOf(one), rowOf(two), rowOf(three), rowOf(four)];
  const [weight1, weight2, weight3, weight4] = [one.weight, two.weight, three.weight, four.weight];
  for (let x = 0; x < target.length; x++) {
    target[x] =
      weight1 * (from1[x] ?? 0) + weight2 * (from2[x] ?? 0) + weight3 * (from3[x] ?? 0) + weight4 * (from4[x] ?? 0);
  }
}

function sumRows(rows: Float32Array, parts: readonly RowPart[], length: number): Float32Array {
  const line = new Float32Array(length);
  for (const { row, weight } of parts) {
    const from = rows.subarray(row * length, (row + 1) * length);
    for (let x = 0; x < length; x++) line[x] = (line[x] ?? 0) + weight * (from[x] ?? 0);
  }
  return line;
}

/**
 * Scales a picture so that it covers a size, and crops what sticks out. `focus` says which part stays, from 0 (left, top) to 1; half is the middle. Written here
 * and not left to a native library, because the pixels have to be the same on every machine.
 */
export function coverRaster(
  source: Raster,
  width: number,
  height: number,
  [focusX, focusY]: readonly [number, number] = [0.5, 0.5],
): Raster {
  if (source.width === width && source.height === height) return source;
  const scale = Math.min(source.width / width, source.height / height);
  const seenWidth = width * scale;
  const seenHeight = height * scale;
  const across = createTaps(source.width, (source.width - seenWidth) * focusX, seenWidth, width);
  const down = createTaps(source.height, (source.height - seenHeight) * focusY, seenHeight, height);
  const top = Math.max(0, down.first[0] ?? 0);
  const bottom = Math.min(source.height, (down.first[height - 1] ?? 0) + down.taps);
  const rows = resizeRows(source, across, width, top, bottom);
  return { width, height, rgb: new Uint8Array(resizeColumns(rows, source.height, down, width, height).buffer) };
}
