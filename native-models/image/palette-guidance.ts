import type { PaletteGuidance } from '../../electron/contract/recipe.ts';
import { addCellColours, readCellColours, type LatentColours } from './latent-colours.ts';
import { fromOklab, toOklab, type Oklab } from './oklab.ts';
import type { LatentShape } from './pipeline/prepare.ts';

/** How far apart in OKLab two colours of the palette share a cell between them; smaller means flatter areas and harder borders. */
const SOFTNESS = 0.06;
/** Rounds in which colours that hold more than their share become less attractive. */
const BALANCE_ROUNDS = 4;
/** 0 ignores shares, 1 forces them whatever the picture shows. */
const BALANCE_FORCE = 0.25;
/** Part of the way that lightness goes along: shapes live in it, so hue and chroma go all the way and lightness does not. */
const LIGHTNESS_SHARE = 0.7;
/** Times that moves of lightness are averaged with their neighbours of the same shape. */
const LIGHTNESS_SMOOTHING_ROUNDS = 6;
/** Times that assignments are averaged with their neighbours of the same shape: borders between colours must not follow the grid of cells. */
const SMOOTHING_ROUNDS = 2;
/** Difference in OKLab from which on two neighbouring cells belong to different shapes. */
const EDGE = 0.08;
/** Share of the run before the pull sets in: until then shapes are found, and the network must not be disturbed in it. */
const START = 0.2;
/** Share of the run from which on the pull is full. */
const FULL = 0.6;

/**
 * Returns the change that pulls the predicted clean latents towards a palette: the linear map gives each cell's colour, soft
 * assignment (an entropic transport with relaxed shares) gives each cell a colour of the palette, and the difference goes back
 * through the map's pseudo-inverse. What the map does not see, texture and edges, stays as it is.
 */
export function createPaletteGuide(
  guidance: PaletteGuidance,
  shape: LatentShape,
  map: LatentColours,
): (clean: Float32Array, progress: number) => void {
  const palette = guidance.colours.map(({ hex }) => parseHex(hex));
  const total = guidance.colours.reduce((sum, { share }) => sum + share, 0);
  const shares = guidance.colours.map(({ share }) => (total > 0 ? Math.max(share / total, 0.02) : 1 / palette.length));
  return (clean, progress) => {
    const force = guidance.strength * scheduleForce(progress);
    if (force === 0) return;
    const colours = readCellColours(clean, shape, map);
    addCellColours(clean, shape, map, computeChanges(colours, shape, palette, shares, force));
  };
}

function scheduleForce(progress: number): number {
  return Math.min(Math.max((progress - START) / (FULL - START), 0), 1);
}

function computeChanges(
  colours: Float32Array,
  shape: LatentShape,
  palette: readonly Oklab[],
  shares: readonly number[],
  force: number,
): Float32Array {
  const cells = colours.length / 3;
  const labs = Array.from({ length: cells }, (_, cell) =>
    toOklab(colours[cell * 3] ?? 0, colours[cell * 3 + 1] ?? 0, colours[cell * 3 + 2] ?? 0),
  );
  const weights = assignColours(labs, palette, shares);
  const bonds = measureBonds(labs, shape);
  for (let round = 0; round < SMOOTHING_ROUNDS; round += 1) smooth(weights, shape, palette.length, bonds);
  const moves = findMoves(labs, weights, palette);
  // Lightness moves by areas: what differs from cell to cell is shape and texture, and stays.
  for (let round = 0; round < LIGHTNESS_SMOOTHING_ROUNDS; round += 1) smooth(moves.lightness, shape, 1, bonds);
  const changes = new Float32Array(colours.length);
  for (const [cell, [lightness, a, b]] of labs.entries()) {
    const moved = fromOklab([
      lightness + force * LIGHTNESS_SHARE * (moves.lightness[cell] ?? 0),
      a + force * (moves.a[cell] ?? 0),
      b + force * (moves.b[cell] ?? 0),
    ]);
    for (let channel = 0; channel < 3; channel += 1) {
      const wanted = Math.min(Math.max(moved[channel] ?? 0, 0), 1);
      changes[cell * 3 + channel] = wanted - (colours[cell * 3 + channel] ?? 0);
    }
  }
  return changes;
}

/** From each cell's colour to the mix of the palette that its weights name. */
function findMoves(labs: readonly Oklab[], weights: Float64Array, palette: readonly Oklab[]) {
  const moves = {
    lightness: new Float64Array(labs.length),
    a: new Float64Array(labs.length),
    b: new Float64Array(labs.length),
  };
  for (const [cell, lab] of labs.entries()) {
    let [lightness, a, b] = [-lab[0], -lab[1], -lab[2]];
    for (const [index, colour] of palette.entries()) {
      const weight = weights[cell * palette.length + index] ?? 0;
      lightness += weight * colour[0];
      a += weight * colour[1];
      b += weight * colour[2];
    }
    moves.lightness[cell] = lightness;
    moves.a[cell] = a;
    moves.b[cell] = b;
  }
  return moves;
}

/** Rows of weights that sum to 1 per cell; columns lean towards the shares. */
export function assignColours(
  labs: readonly Oklab[],
  palette: readonly Oklab[],
  shares: readonly number[],
): Float64Array {
  const count = palette.length;
  const kernel = new Float64Array(labs.length * count);
  for (const [cell, lab] of labs.entries()) {
    for (const [index, colour] of palette.entries()) {
      const distance = (lab[0] - colour[0]) ** 2 + (lab[1] - colour[1]) ** 2 + (lab[2] - colour[2]) ** 2;
      kernel[cell * count + index] = Math.exp(-Math.min(distance / (2 * SOFTNESS ** 2), 600));
    }
  }
  const weights = new Float64Array(kernel.length);
  const pull = new Float64Array(count).fill(1);
  for (let round = 0; round <= BALANCE_ROUNDS; round += 1) {
    const held = new Float64Array(count);
    for (let cell = 0; cell < labs.length; cell += 1) {
      let sum = 0;
      for (let index = 0; index < count; index += 1) sum += (pull[index] ?? 0) * (kernel[cell * count + index] ?? 0);
      for (let index = 0; index < count; index += 1) {
        const weight = sum > 0 ? ((pull[index] ?? 0) * (kernel[cell * count + index] ?? 0)) / sum : 1 / count;
        weights[cell * count + index] = weight;
        held[index] = (held[index] ?? 0) + weight / labs.length;
      }
    }
    if (round === BALANCE_ROUNDS) break;
    for (let index = 0; index < count; index += 1) {
      const ratio = (shares[index] ?? 0) / Math.max(held[index] ?? 0, 1e-6);
      pull[index] = (pull[index] ?? 1) * Math.min(Math.max(ratio, 0.2), 5) ** BALANCE_FORCE;
    }
  }
  return weights;
}

/** How much a cell and its right and lower neighbour belong together: 1 for the same colour, near 0 across the edge of a shape. */
type Bonds = { readonly right: Float64Array; readonly down: Float64Array };

function measureBonds(labs: readonly Oklab[], { width, height }: LatentShape): Bonds {
  const bonds = { right: new Float64Array(labs.length), down: new Float64Array(labs.length) };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = y * width + x;
      if (x < width - 1) bonds.right[cell] = measureBond(labs[cell], labs[cell + 1]);
      if (y < height - 1) bonds.down[cell] = measureBond(labs[cell], labs[cell + width]);
    }
  }
  return bonds;
}

function measureBond(first: Oklab | undefined, second: Oklab | undefined): number {
  if (first === undefined || second === undefined) return 0;
  const distance = (first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2 + (first[2] - second[2]) ** 2;
  return Math.exp(-distance / (2 * EDGE ** 2));
}

/** Averages each cell's values with those beside it (1, 2, 1), along rows and then columns, in place; not across edges of shapes. */
function smooth(values: Float64Array, { width, height }: LatentShape, count: number, bonds: Bonds): void {
  const source = new Float64Array(values.length);
  for (const [step, bond] of [
    [1, bonds.right],
    [width, bonds.down],
  ] as const) {
    source.set(values);
    for (let cell = 0; cell < width * height; cell += 1) {
      const [before, after] = [(bond[cell - step] ?? 0) / 4, (bond[cell] ?? 0) / 4];
      for (let index = 0; index < count; index += 1) {
        const here = source[cell * count + index] ?? 0;
        const change =
          before * ((source[(cell - step) * count + index] ?? here) - here) +
          after * ((source[(cell + step) * count + index] ?? here) - here);
        values[cell * count + index] = here + change;
      }
    }
  }
}

function parseHex(hex: string): Oklab {
  const value = Number.parseInt(hex.slice(1), 16);
  return toOklab((value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255);
}
