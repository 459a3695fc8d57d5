import { describe, expect, it } from 'vitest';
import {
  drawPreview,
  invertWeight,
  readCellColours,
  type LatentColours,
} from '../../../../native-models/image/latent-colours.ts';
import { fromOklab, toOklab } from '../../../../native-models/image/oklab.ts';
import { assignColours, createPaletteGuide } from '../../../../native-models/image/palette-guidance.ts';
import { drawNormals } from '../../../../native-models/image/random-normals.ts';

const SHAPE = { channels: 5, height: 12, width: 16 };
const CELLS = SHAPE.height * SHAPE.width;
const WEIGHT = [
  [0.23, 0.18, -0.01, 0.02, 0],
  [0.23, -0.13, 0.1, 0, 0],
  [0.23, 0.03, -0.23, -0.01, 0],
];
const MAP: LatentColours = { weight: WEIGHT, bias: [0.5, 0.5, 0.5], inverse: invertWeight(WEIGHT) };
const COLOURS = [
  { hex: '#1b4332', share: 0.5 },
  { hex: '#ffb703', share: 0.3 },
  { hex: '#fefae0', share: 0.2 },
];
const PALETTE = COLOURS.map(({ hex }) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255));

function guide(latents: Float32Array, strength: number, progress = 1): Float32Array {
  const guided = latents.slice();
  createPaletteGuide({ colours: COLOURS, strength }, SHAPE, MAP)(guided, progress);
  return guided;
}

function meanDistance(latents: Float32Array): number {
  const colours = readCellColours(latents, SHAPE, MAP);
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell += 1) {
    const own = colours.subarray(cell * 3, cell * 3 + 3);
    sum += Math.min(
      ...PALETTE.map((colour) => Math.hypot(...colour.map((value, channel) => value - (own[channel] ?? 0)))),
    );
  }
  return sum / CELLS;
}

function readLightness(latents: Float32Array): number[] {
  const colours = readCellColours(latents, SHAPE, MAP);
  const read = (cell: number) =>
    toOklab(colours[cell * 3] ?? 0, colours[cell * 3 + 1] ?? 0, colours[cell * 3 + 2] ?? 0);
  return Array.from({ length: CELLS }, (_, cell) => read(cell)[0]);
}

describe('createPaletteGuide', () => {
  // Areas of 4 x 4 cells, as pictures have them; noise from cell to cell is texture, and guidance leaves texture alone.
  const areas = drawNormals(3, 0, SHAPE.channels * CELLS);
  const latents = areas.map((_, index) => {
    const [plane, y, x] = [Math.floor(index / CELLS), Math.floor((index % CELLS) / SHAPE.width), index % SHAPE.width];
    return areas[plane * CELLS + Math.floor(y / 4) * SHAPE.width + Math.floor(x / 4)] ?? 0;
  });

  it('brings cells nearer to the palette, more so with more strength', () => {
    const distances = [0, 0.3, 0.6, 1].map((strength) => meanDistance(guide(latents, strength)));
    expect(distances.toSorted((a, b) => b - a)).toEqual(distances);
    expect(distances[3]).toBeLessThan((distances[0] ?? 0) * 0.7);
  });

  it('leaves alone what the colours do not depend on', () => {
    const guided = guide(latents, 1);
    expect(guided.subarray(4 * CELLS)).toEqual(latents.subarray(4 * CELLS));
    expect(guided.subarray(0, CELLS)).not.toEqual(latents.subarray(0, CELLS));
  });

  it('does nothing early in a run and at strength 0', () => {
    expect(guide(latents, 1, 0.1)).toEqual(latents);
    expect(guide(latents, 0)).toEqual(latents);
  });

  it('keeps the order of light and dark from cell to cell', () => {
    expect(correlate(readLightness(latents), readLightness(guide(latents, 1)))).toBeGreaterThan(0.9);
  });

  it('lets no colour leak from one shape into the next', () => {
    const halves = new Float32Array(SHAPE.channels * CELLS);
    for (let cell = 0; cell < CELLS; cell += 1) halves[cell] = cell % SHAPE.width < SHAPE.width / 2 ? -1.5 : 1.5;
    const colours = readCellColours(guide(halves, 1), SHAPE, MAP);
    const at = (x: number) => [...colours.subarray((5 * SHAPE.width + x) * 3, (5 * SHAPE.width + x) * 3 + 3)];
    for (const [beside, far] of [
      [SHAPE.width / 2 - 1, 0],
      [SHAPE.width / 2, SHAPE.width - 1],
    ] as const) {
      for (const channel of [0, 1, 2]) expect(at(beside)[channel]).toBeCloseTo(at(far)[channel] ?? 0, 2);
    }
  });

  it('leaves a picture that is in the palette nearly as it is', () => {
    const flat = new Float32Array(SHAPE.channels * CELLS);
    for (let channel = 0; channel < SHAPE.channels; channel += 1) {
      const value = (MAP.inverse[channel] ?? []).reduce(
        (sum, factor, colour) => sum + factor * ((PALETTE[0]?.[colour] ?? 0) - 0.5),
        0,
      );
      flat.fill(value, channel * CELLS, (channel + 1) * CELLS);
    }
    expect(meanDistance(flat)).toBeLessThan(1e-4);
    expect(meanDistance(guide(flat, 1))).toBeLessThan(0.02);
  });
});

describe('assignColours', () => {
  const palette = [toOklab(0.1, 0.1, 0.1), toOklab(0.9, 0.9, 0.9)];

  it('gives each cell weights that sum to one', () => {
    const weights = assignColours([toOklab(0, 0, 0), toOklab(1, 1, 1), toOklab(1, 0, 0)], palette, [0.5, 0.5]);
    for (let cell = 0; cell < 3; cell += 1)
      expect((weights[cell * 2] ?? 0) + (weights[cell * 2 + 1] ?? 0)).toBeCloseTo(1, 9);
    expect(weights[0]).toBeGreaterThan(0.9);
    expect(weights[3]).toBeGreaterThan(0.9);
  });

  it('gives cells between two colours to the one that is short of its share', () => {
    const between = Array.from({ length: 20 }, () => toOklab(0.49, 0.49, 0.49));
    const held = (share: number) =>
      assignColours(between, palette, [share, 1 - share])
        .filter((_, index) => index % 2 === 0)
        .reduce((sum, weight) => sum + weight, 0) / 20;
    expect(held(0.9)).toBeGreaterThan(held(0.5));
    expect(held(0.5)).toBeGreaterThan(held(0.1));
  });
});

describe('invertWeight', () => {
  it('is a right inverse: colours that are asked for are what comes out', () => {
    for (const row of [0, 1, 2]) {
      for (const column of [0, 1, 2]) {
        const product = (WEIGHT[row] ?? []).reduce(
          (sum, value, channel) => sum + value * (MAP.inverse[channel]?.[column] ?? 0),
          0,
        );
        expect(product).toBeCloseTo(row === column ? 1 : 0, 3);
      }
    }
  });
});

describe('drawPreview', () => {
  it('shows each cell in its colour and thins out large pictures', () => {
    const grey = new Float32Array(SHAPE.channels * CELLS);
    expect(drawPreview(grey, SHAPE, MAP)).toEqual({ width: 16, height: 12, rgb: new Uint8Array(CELLS * 3).fill(128) });
    const large = { channels: 5, height: 50, width: 200 };
    const preview = drawPreview(new Float32Array(5 * 50 * 200), large, MAP);
    expect([preview.width, preview.height, preview.rgb.length]).toEqual([50, 13, 50 * 13 * 3]);
  });
});

describe('toOklab', () => {
  it('gives the published values and comes back', () => {
    const [lightness, a, b] = toOklab(1, 0, 0);
    expect([lightness, a, b].map((value) => Math.round(value * 1000) / 1000)).toEqual([0.628, 0.225, 0.126]);
    for (const colour of [
      [0, 0, 0],
      [1, 1, 1],
      [0.2, 0.5, 0.9],
      [-0.1, 0.5, 1.1],
    ] as const) {
      const back = fromOklab(toOklab(colour[0], colour[1], colour[2]));
      for (const channel of [0, 1, 2] as const) expect(back[channel]).toBeCloseTo(colour[channel], 4);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlate(first: readonly number[], second: readonly number[]): number {
  const [meanA, meanB] = [mean(first), mean(second)];
  let [shared, spreadA, spreadB] = [0, 0, 0];
  for (const [index, value] of first.entries()) {
    const [a, b] = [value - meanA, (second[index] ?? 0) - meanB];
    shared += a * b;
    spreadA += a * a;
    spreadB += b * b;
  }
  return shared / Math.sqrt(spreadA * spreadB);
}
