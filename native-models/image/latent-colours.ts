import type { Raster } from '../../electron/contract/engine-protocol.ts';
import type { ImageModel } from './image-model.ts';
import { decodePlanes } from './pipeline/autoencoder.ts';
import type { LatentShape } from './pipeline/prepare.ts';
import { drawNormals } from './random-normals.ts';

/** A linear map from a latent cell to the mean colour of its pixels, sRGB in 0..1: rgb = weight * z + bias. */
export type LatentColours = {
  /** 3 rows, one number per latent channel. */
  readonly weight: readonly (readonly number[])[];
  readonly bias: readonly number[];
  /** Channels x 3: the smallest change of latents that makes a change of colour. */
  readonly inverse: readonly (readonly number[])[];
};

/** From the model's own hints, else fitted to what its decoder does. */
export async function findLatentColours(model: ImageModel): Promise<LatentColours> {
  const hint = model.hints.latentToRgb;
  const map =
    hint !== undefined && hint.weight.every((row) => row.length === model.latentChannels)
      ? hint
      : await fitLatentColours(model);
  return { ...map, inverse: invertWeight(map.weight) };
}

const FIT_EDGE = 12;
const FIT_PICTURES = 4;
const FIT_SEED = 20_251_122;

/** Least squares over decoded random latents; whole cells, so borders and texture average out. */
async function fitLatentColours(model: ImageModel): Promise<{ weight: number[][]; bias: number[] }> {
  const shape: LatentShape = { channels: model.latentChannels, height: FIT_EDGE, width: FIT_EDGE };
  const cells = FIT_EDGE * FIT_EDGE;
  const terms = shape.channels + 1;
  const normal = Array.from({ length: terms }, () => createZeros(terms));
  const right = Array.from({ length: 3 }, () => createZeros(terms));
  for (let picture = 0; picture < FIT_PICTURES; picture += 1) {
    const latents = drawNormals(FIT_SEED, picture, shape.channels * cells);
    const { data } = await decodePlanes(model, model.decoder, { data: latents, ...shape });
    const means = averageCells(data, shape, model.cellPixels);
    for (let cell = 0; cell < cells; cell += 1) {
      const inputs = [
        ...Array.from({ length: shape.channels }, (_, channel) => latents[channel * cells + cell] ?? 0),
        1,
      ];
      for (const [row, first] of inputs.entries()) {
        for (const [column, second] of inputs.entries()) addTo(normal[row], column, first * second);
        for (let colour = 0; colour < 3; colour += 1)
          addTo(right[colour], row, first * (means[colour * cells + cell] ?? 0));
      }
    }
  }
  const rows = right.map((side) => solve(normal, side));
  return { weight: rows.map((row) => row.slice(0, -1)), bias: rows.map((row) => row.at(-1) ?? 0) };
}

function createZeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

/** Mean of each cell's pixels, 0..1, as planes of red, green and blue. */
function averageCells(planes: Float32Array, shape: LatentShape, cellPixels: number): Float32Array {
  const [width, cells] = [shape.width * cellPixels, shape.width * shape.height];
  const pixels = width * shape.height * cellPixels;
  const means = new Float32Array(3 * cells);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const cell =
        Math.floor(Math.floor(pixel / width) / cellPixels) * shape.width + Math.floor((pixel % width) / cellPixels);
      means[channel * cells + cell] =
        (means[channel * cells + cell] ?? 0) + ((planes[channel * pixels + pixel] ?? 0) * 0.5 + 0.5) / cellPixels ** 2;
    }
  }
  return means;
}

/** Moore-Penrose for three independent rows: transpose(W) * inverse(W * transpose(W)). */
export function invertWeight(weight: readonly (readonly number[])[]): number[][] {
  const gram = weight.map((a) => weight.map((b) => a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)));
  // A little on the diagonal keeps a map with nearly parallel rows from asking for huge changes.
  for (const [index, row] of gram.entries()) addTo(row, index, 1e-6);
  const columns = [0, 1, 2].map((unit) =>
    solve(
      gram,
      [0, 1, 2].map((index) => (index === unit ? 1 : 0)),
    ),
  );
  const channels = weight[0]?.length ?? 0;
  return Array.from({ length: channels }, (_, channel) =>
    columns.map((column) => column.reduce((sum, value, row) => sum + value * (weight[row]?.[channel] ?? 0), 0)),
  );
}

/** Gauss with row exchange; the matrix is symmetric and small. */
function solve(matrix: readonly (readonly number[])[], side: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, side[index] ?? 0]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const best = rows
      .slice(pivot)
      .reduce(
        (found, row, index) =>
          Math.abs(row[pivot] ?? 0) > Math.abs(rows[found]?.[pivot] ?? 0) ? index + pivot : found,
        pivot,
      );
    const [upper, lower] = [rows[best] ?? [], rows[pivot] ?? []];
    rows[pivot] = upper;
    rows[best] = lower;
    const divisor = upper[pivot] ?? 0;
    if (divisor === 0) throw new Error('the latents of this model do not determine its colours');
    for (const [index, row] of rows.entries()) {
      if (index === pivot) continue;
      const factor = (row[pivot] ?? 0) / divisor;
      for (let column = pivot; column <= size; column += 1) addTo(row, column, -factor * (upper[column] ?? 0));
    }
  }
  return rows.map((row, index) => (row[size] ?? 0) / (row[index] ?? 1));
}

function addTo(row: number[] | undefined, index: number, value: number): void {
  if (row !== undefined) row[index] = (row[index] ?? 0) + value;
}

/** Colours of every cell, sRGB in about 0..1, interleaved. */
export function readCellColours(latents: Float32Array, shape: LatentShape, map: LatentColours): Float32Array {
  const cells = shape.width * shape.height;
  const colours = new Float32Array(cells * 3);
  for (let colour = 0; colour < 3; colour += 1) {
    const [weights, bias] = [map.weight[colour] ?? [], map.bias[colour] ?? 0];
    for (let cell = 0; cell < cells; cell += 1) {
      let value = bias;
      for (let channel = 0; channel < shape.channels; channel += 1)
        value += (weights[channel] ?? 0) * (latents[channel * cells + cell] ?? 0);
      colours[cell * 3 + colour] = value;
    }
  }
  return colours;
}

/** Adds changes of colour (interleaved) to latents in place, by the smallest change of latents. */
export function addCellColours(
  latents: Float32Array,
  shape: LatentShape,
  map: LatentColours,
  changes: Float32Array,
): void {
  const cells = shape.width * shape.height;
  for (let channel = 0; channel < shape.channels; channel += 1) {
    const [red, green, blue] = map.inverse[channel] ?? [];
    for (let cell = 0; cell < cells; cell += 1) {
      const change =
        (red ?? 0) * (changes[cell * 3] ?? 0) +
        (green ?? 0) * (changes[cell * 3 + 1] ?? 0) +
        (blue ?? 0) * (changes[cell * 3 + 2] ?? 0);
      latents[channel * cells + cell] = (latents[channel * cells + cell] ?? 0) + change;
    }
  }
}

const MAX_PREVIEW_EDGE = 64;

/** A raster of one pixel per cell, thinned out to at most 64 px on its long edge. */
export function drawPreview(latents: Float32Array, shape: LatentShape, map: LatentColours): Raster {
  const colours = readCellColours(latents, shape, map);
  const stride = Math.max(1, Math.ceil(Math.max(shape.width, shape.height) / MAX_PREVIEW_EDGE));
  const [width, height] = [Math.ceil(shape.width / stride), Math.ceil(shape.height / stride)];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const value = colours[(y * stride * shape.width + x * stride) * 3 + channel] ?? 0;
        rgb[(y * width + x) * 3 + channel] = Math.min(Math.max(Math.round(value * 255), 0), 255);
      }
    }
  }
  return { width, height, rgb };
}
