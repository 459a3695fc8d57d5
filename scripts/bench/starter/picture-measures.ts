import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { measureColourDifference } from '../../../electron/domain/brand/colour-difference.ts';
import { colourNames } from '../../../electron/domain/brand/colour-names.ts';
import { parseHex, toLab, type Lab } from '../../../electron/domain/brand/colour-space.ts';
import { toLuminances } from '../../proof/structure-similarity.ts';
import { createRandom, mean } from './statistics.ts';

const SMALL_EDGE = 64;
const CLUSTERS = 8;
const LEAST_SHARE = 0.01;
const ROUNDS = 12;

type Cluster = { readonly centre: Lab; readonly share: number };

/** The colours of a picture: k-means in L*a*b* over 64 x 64 averages, clusters under 1 % left out. */
function findClusters(raster: Raster): Cluster[] {
  const labs = shrink(raster, SMALL_EDGE).map(toLab);
  const random = createRandom(5);
  const centres: Lab[] = [labs[Math.floor(random() * labs.length)] ?? [0, 0, 0]];
  while (centres.length < CLUSTERS) {
    const gaps = labs.map((lab) => Math.min(...centres.map((centre) => squaredDistance(lab, centre))));
    centres.push(labs[gaps.indexOf(Math.max(...gaps))] ?? [0, 0, 0]);
  }
  let nearest: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    nearest = labs.map((lab) => findNearest(lab, centres));
    for (const index of centres.keys()) {
      const own = labs.filter((_, at) => nearest[at] === index);
      if (own.length > 0)
        centres[index] = [0, 1, 2].map((axis) => mean(own.map((lab) => lab[axis] ?? 0))) as unknown as Lab;
    }
  }
  return centres
    .map((centre, index) => ({ centre, share: nearest.filter((at) => at === index).length / labs.length }))
    .filter(({ share }) => share >= LEAST_SHARE);
}

/** Mean CIEDE2000 of the named colours to their nearest clusters, weighted by those clusters' shares. */
export function measureColourDistance(raster: Raster, names: readonly string[]): number {
  const clusters = findClusters(raster);
  let weight = 0;
  let sum = 0;
  for (const name of names) {
    const lab = toLab(parseHex(colourNames[name] ?? '#000000'));
    const rows = clusters.map(({ centre, share }) => ({ distance: measureColourDifference(lab, centre), share }));
    const best = rows.reduce((one, other) => (other.distance < one.distance ? other : one));
    sum += best.distance * best.share;
    weight += best.share;
  }
  return sum / weight;
}

/** Whether the open space that a composition asks for is calm: steps there are under a third of those in the rest, or under 0.004. Null where none is asked. */
export function isCalm({ width, height, rgb }: Raster, composition: string): boolean | null {
  const space = openSpaces[composition];
  if (space === undefined) return null;
  const [columns, rows] = [Math.floor(width / 4), Math.floor(height / 4)];
  const grey = averageBlocks({ width, height, rgb }, columns, rows).map(([r, g, b]) => (r + g + b) / 765);
  const inside: number[] = [];
  const outside: number[] = [];
  for (let y = 0; y < rows - 1; y += 1) {
    for (let x = 0; x < columns - 1; x += 1) {
      const here = grey[y * columns + x] ?? 0;
      const step =
        Math.abs((grey[y * columns + x + 1] ?? 0) - here) + Math.abs((grey[(y + 1) * columns + x] ?? 0) - here);
      (space(x / columns, y / rows) ? inside : outside).push(step);
    }
  }
  return mean(inside) < 0.004 || mean(inside) < mean(outside) / 3;
}

const openSpaces: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  'open space at the top': (_, y) => y < 0.38,
  'open space at the bottom': (_, y) => y >= 0.62,
  'on the left third': (x) => x >= 0.5,
  'on the right third': (x) => x < 0.5,
};

/** Mean absolute difference of luminance 0 to 1 between a picture and its blur, by octave: 1, 2, 4 and 8 pixels. Sharp edges feed the first, shapes the last. */
export function measureOctaves({ width, height, rgb }: Raster): number[] {
  let level = Float64Array.from(toLuminances(rgb), (value) => value);
  let [columns, rows] = [width, height];
  const octaves: number[] = [];
  for (let octave = 0; octave < 4; octave += 1) {
    const half = halve(level, columns, rows);
    let sum = 0;
    for (let y = 0; y < rows; y += 1)
      for (let x = 0; x < columns; x += 1)
        sum += Math.abs((level[y * columns + x] ?? 0) - (half[(y >> 1) * (columns >> 1) + (x >> 1)] ?? 0));
    octaves.push(sum / level.length);
    level = half;
    [columns, rows] = [columns >> 1, rows >> 1];
  }
  return octaves;
}

/** Steps across the borders of the latent's cells over steps elsewhere: 1 without seams. */
export function measureSeams({ width, height, rgb }: Raster, cell: number): number {
  const light = toLuminances(rgb);
  let [onBorder, borders, elsewhere, others] = [0, 0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 1; x < width; x += 1) {
      const step = Math.abs((light[y * width + x] ?? 0) - (light[y * width + x - 1] ?? 0));
      if (x % cell === 0) [onBorder, borders] = [onBorder + step, borders + 1];
      else [elsewhere, others] = [elsewhere + step, others + 1];
    }
  }
  if (elsewhere === 0) return onBorder === 0 ? 1 : Number.POSITIVE_INFINITY;
  return onBorder / borders / (elsewhere / others);
}

/** Correlation of the left with the right half, and of the upper with the lower, the larger; 1 when the picture repeats itself. */
export function measureRepeat(raster: Raster): number {
  const edge = SMALL_EDGE;
  const grey = shrink(raster, edge).map(([r, g, b]) => r + g + b);
  const take = (left: number, top: number, width: number, height: number) =>
    Array.from(
      { length: width * height },
      (_, at) => grey[(top + Math.floor(at / width)) * edge + left + (at % width)] ?? 0,
    );
  const half = edge / 2;
  return Math.max(
    correlate(take(0, 0, half, edge), take(half, 0, half, edge)),
    correlate(take(0, 0, edge, half), take(0, half, edge, half)),
  );
}

function correlate(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  const product = mean(one.map((value, at) => (value - a) * ((other[at] ?? 0) - b)));
  const spread = Math.sqrt(mean(one.map((value) => (value - a) ** 2)) * mean(other.map((value) => (value - b) ** 2)));
  return spread < 1e-6 ? 0 : product / spread;
}

function halve(level: Float64Array, columns: number, rows: number): Float64Array<ArrayBuffer> {
  const half = new Float64Array((columns >> 1) * (rows >> 1));
  for (let y = 0; y < rows >> 1; y += 1) {
    for (let x = 0; x < columns >> 1; x += 1) {
      const at = 2 * y * columns + 2 * x;
      half[y * (columns >> 1) + x] =
        ((level[at] ?? 0) + (level[at + 1] ?? 0) + (level[at + columns] ?? 0) + (level[at + columns + 1] ?? 0)) / 4;
    }
  }
  return half;
}

type Triple = [number, number, number];

function shrink(raster: Raster, edge: number): Triple[] {
  return averageBlocks(raster, edge, edge);
}

/** Means of red, green and blue over a grid of equal blocks. */
function averageBlocks({ width, height, rgb }: Raster, columns: number, rows: number): Triple[] {
  return Array.from({ length: columns * rows }, (_, block) => {
    const [column, row] = [block % columns, Math.floor(block / columns)];
    const [left, right] = [Math.floor((column * width) / columns), Math.floor(((column + 1) * width) / columns)];
    const [top, bottom] = [Math.floor((row * height) / rows), Math.floor(((row + 1) * height) / rows)];
    const sum: Triple = [0, 0, 0];
    for (let y = top; y < bottom; y += 1)
      for (let x = left; x < right; x += 1)
        for (const channel of [0, 1, 2] as const) sum[channel] += rgb[(y * width + x) * 3 + channel] ?? 0;
    const count = (right - left) * (bottom - top);
    return [sum[0] / count, sum[1] / count, sum[2] / count];
  });
}

function squaredDistance(one: Lab, other: Lab): number {
  return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2;
}

function findNearest(lab: Lab, centres: readonly Lab[]): number {
  const distances = centres.map((centre) => squaredDistance(lab, centre));
  return distances.indexOf(Math.min(...distances));
}
