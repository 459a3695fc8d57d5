import type { PaletteColour } from '../../contract/brand.ts';
import type { ComplianceCheck, Region } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { measureColourDifference } from '../brand/colour-difference.ts';
import { nameColour } from '../brand/colour-names.ts';
import { formatHex, parseHex, toLab } from '../brand/colour-space.ts';

/** Colours are counted in 128 steps a channel: the rounding moves a distance by half a unit at most, and evens out over a picture. */
const STEPS = 128;
/** The picture is judged from a distance: blocks are averaged until the long edge has at most this many. */
const LONG_EDGE_BLOCKS = 256;
/** Blocks of this edge and more hold pixels enough that half of their rows tell their colour. */
const ROWS_TO_SPARE = 4;
/** Worst areas are looked for in a grid of this many fields on the long edge. */
const GRID = 8;

/** Distances from colours to the nearest palette colour, filled in as colours occur; NaN is unknown. `nearest` holds the index of that palette colour. */
type DistanceTable = {
  readonly distances: Float32Array;
  readonly nearest: Uint8Array;
  readonly measure: (bin: number) => number;
};

/** Tables of the newest palettes by their colours. A table is only a memory of pure results, so sharing it changes nothing but time. */
const tables = new Map<string, DistanceTable>();
/** A table takes 10 MiB. */
const MAX_TABLES = 3;

function createTable(palette: readonly PaletteColour[]): DistanceTable {
  const labs = palette.map(({ hex }) => toLab(parseHex(hex)));
  const distances = new Float32Array(STEPS ** 3).fill(Number.NaN);
  const nearest = new Uint8Array(STEPS ** 3);
  const measure = (bin: number) => {
    const lab = toLab(binColour(bin));
    let least = Number.POSITIVE_INFINITY;
    for (const [index, own] of labs.entries()) {
      const distance = measureColourDifference(own, lab);
      if (distance < least) {
        least = distance;
        nearest[bin] = index;
      }
    }
    distances[bin] = least;
    return least;
  };
  return { distances, nearest, measure };
}

const centre = (step: number) => step * 2 + 0.5;

function binColour(bin: number): readonly [number, number, number] {
  return [centre(bin >> 14), centre((bin >> 7) & 127), centre(bin & 127)];
}

function tableFor(palette: readonly PaletteColour[]): DistanceTable {
  const key = palette.map(({ hex }) => hex).join();
  const known = tables.get(key);
  if (known) return known;
  const table = createTable(palette);
  const [oldest] = tables.keys();
  if (tables.size >= MAX_TABLES && oldest !== undefined) tables.delete(oldest);
  tables.set(key, table);
  return table;
}

type Blocks = { readonly bins: Uint32Array; readonly columns: number; readonly rows: number; readonly edge: number };

/** Averages square blocks of the picture and gives the colour bin of each, row by row. Pixels that fill no whole block at the right and lower edge are left out. */
function averageBlocks({ width, height, rgb }: Raster): Blocks {
  const edge = Math.max(1, Math.ceil(Math.max(width, height) / LONG_EDGE_BLOCKS));
  const columns = Math.max(1, Math.floor(width / edge));
  const rows = Math.max(1, Math.floor(height / edge));
  const across = Math.min(edge, width);
  const down = Math.min(edge, height);
  // Rows 0 and 3 of each four: an even and an odd one, so that fine stripes and grain even out as in the whole block.
  const offsets = Array.from({ length: down }, (_, y) => y).filter(
    (y) => down < ROWS_TO_SPARE || y % 4 === 0 || y % 4 === 3,
  );
  const shrink = 1 / (2 * across * offsets.length);
  const bins = new Uint32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const y of offsets) {
        let at = ((row * edge + y) * width + column * edge) * 3;
        for (let x = 0; x < across; x++, at += 3) {
          red += rgb[at] ?? 0;
          green += rgb[at + 1] ?? 0;
          blue += rgb[at + 2] ?? 0;
        }
      }
      bins[row * columns + column] = ((red * shrink) << 14) | ((green * shrink) << 7) | (blue * shrink);
    }
  }
  return { bins, columns, rows, edge };
}

type WorstField = { readonly region: Region; readonly bin: number; readonly distance: number };

/** The field of the grid that is farthest from the palette, and its most frequent colour off the palette. */
function findWorstField({ bins, columns, rows, edge }: Blocks, distances: Float32Array): WorstField {
  const field = Math.max(1, Math.ceil(Math.max(columns, rows) / GRID));
  let worst: WorstField = { region: { x: 0, y: 0, width: columns * edge, height: rows * edge }, bin: 0, distance: -1 };
  for (let top = 0; top < rows; top += field) {
    for (let left = 0; left < columns; left += field) {
      const right = Math.min(columns, left + field);
      const bottom = Math.min(rows, top + field);
      let sum = 0;
      let far = -1;
      let bin = 0;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const current = bins[y * columns + x] ?? 0;
          const distance = distances[current] ?? 0;
          sum += distance;
          if (distance > far) {
            far = distance;
            bin = current;
          }
        }
      }
      const mean = sum / ((right - left) * (bottom - top));
      if (mean > worst.distance)
        worst = {
          region: { x: left * edge, y: top * edge, width: (right - left) * edge, height: (bottom - top) * edge },
          bin,
          distance: mean,
        };
    }
  }
  return worst;
}

function findRichestField({ bins, columns, rows, edge }: Blocks, isWanted: (bin: number) => boolean): Region {
  const field = Math.max(1, Math.ceil(Math.max(columns, rows) / GRID));
  let most = -1;
  let region: Region = { x: 0, y: 0, width: columns * edge, height: rows * edge };
  for (let top = 0; top < rows; top += field) {
    for (let left = 0; left < columns; left += field) {
      const right = Math.min(columns, left + field);
      const bottom = Math.min(rows, top + field);
      let count = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) if (isWanted(bins[y * columns + x] ?? 0)) count++;
      if (count <= most) continue;
      most = count;
      region = { x: left * edge, y: top * edge, width: (right - left) * edge, height: (bottom - top) * edge };
    }
  }
  return region;
}

/** A colour farther from every brand colour than this many tolerances is none of the brand's, and no mixture of neighbours either. */
const OFF_TOLERANCES = 2;

export type PaletteFigures = {
  /** Mean CIEDE2000 distance to the nearest brand colours over the area of the picture. */
  readonly meanDistance: number;
  /** Share of the picture within the tolerance of a brand colour, and share that is clearly none of them. */
  readonly shareWithin: number;
  readonly shareOff: number;
  /** Share of the picture that is nearest to each brand colour and within its tolerance, in the order of the palette. */
  readonly shares: readonly number[];
  readonly worst: WorstField;
  /** The field of the grid that holds most of one brand colour, by its place in the palette. */
  readonly locate: (colour: number) => Region;
};

/** Reads a picture as the shares of its brand palette. */
export function measurePalette(picture: Raster, palette: readonly PaletteColour[]): PaletteFigures {
  const table = tableFor(palette);
  const blocks = averageBlocks(picture);
  const counts = palette.map(() => 0);
  let sum = 0;
  let within = 0;
  let off = 0;
  const isColour = (bin: number, colour: number) =>
    table.nearest[bin] === colour && (table.distances[bin] ?? 0) <= (palette[colour]?.tolerance ?? 0);
  for (const bin of blocks.bins) {
    const known = table.distances[bin] ?? 0;
    const distance = known === known ? known : table.measure(bin);
    const index = table.nearest[bin] ?? 0;
    const tolerance = palette[index]?.tolerance ?? 0;
    sum += distance;
    if (distance <= tolerance) {
      within++;
      counts[index] = (counts[index] ?? 0) + 1;
    } else if (distance > tolerance * OFF_TOLERANCES) off++;
  }
  const total = blocks.bins.length;
  return {
    meanDistance: sum / total,
    shareWithin: within / total,
    shareOff: off / total,
    shares: counts.map((count) => count / total),
    worst: findWorstField(blocks, table.distances),
    locate: (colour) => findRichestField(blocks, (bin) => isColour(bin, colour)),
  };
}

function nameWorst({ bin }: WorstField): string {
  return nameColour(formatHex(binColour(bin)));
}

function describeWorst({ bin, distance }: WorstField): string {
  const hex = formatHex(binColour(bin));
  return `The marked area is farthest away (${distance.toFixed(1)}), with ${nameColour(hex)} ${hex} in it.`;
}

export function checkPalette({ meanDistance, shareWithin, worst }: PaletteFigures, threshold: number): ComplianceCheck {
  const score = Math.round(meanDistance * 100) / 100;
  const passed = score <= threshold;
  const share = Math.round(shareWithin * 100);
  return {
    name: 'palette',
    score,
    threshold,
    unit: 'ΔE00',
    better: 'lower',
    passed,
    reason: `${share} % of the picture lies within the tolerance of a brand colour; the mean distance is ${score.toFixed(1)}.${passed ? '' : ` ${describeWorst(worst)}`}`,
    region: passed ? null : worst.region,
    ...(passed ? {} : { culprit: nameWorst(worst) }),
  };
}

/** A foreign colour on a part of the picture, which a good mean would hide. */
export function checkOffPalette({ shareOff, worst }: PaletteFigures, threshold: number): ComplianceCheck {
  const score = Math.round(shareOff * 10_000) / 10_000;
  const passed = score <= threshold;
  return {
    name: 'off-palette',
    score,
    threshold,
    unit: 'share',
    better: 'lower',
    passed,
    reason: `${(score * 100).toFixed(1)} % of the picture is in colours that are none of the brand's.${passed ? '' : ` ${describeWorst(worst)}`}`,
    region: passed ? null : worst.region,
    ...(passed ? {} : { culprit: nameWorst(worst) }),
  };
}
