import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type { Engines } from '../../../electron/engines/engine-client.ts';
import { createStarterEngines } from '../../support/starter-engines.ts';

let engines: Engines;
beforeAll(() => {
  engines = createStarterEngines();
});
afterAll(() => engines[Symbol.asyncDispose]());

/** Diagonal stripes of two colours. */
function drawStripes(first: readonly number[], second: readonly number[], edge: number, period: number): Raster {
  const rgb = new Uint8Array(edge * edge * 3);
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1)
      rgb.set(Math.floor((x + y) / period) % 2 === 0 ? first : second, (y * edge + x) * 3);
  }
  return { width: edge, height: edge, rgb };
}

const NAVY = [18, 32, 74];
const CREAM = [250, 240, 215];
const GREEN = [40, 140, 70];

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (a === undefined || b === undefined) throw new Error('a vector is missing');
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

async function embed(images: Raster[], texts: string[] = []) {
  return engines.vision.run({ kind: 'vision', images, texts });
}

describe('the starter vision model', () => {
  it('gives unit vectors of one length for pictures of any shape and for texts', async () => {
    const wide = { width: 300, height: 90, rgb: new Uint8Array(300 * 90 * 3).fill(128) };
    const { images, texts } = await embed(
      [drawStripes(NAVY, CREAM, 128, 12), wide],
      ['calm stripes in navy and cream', 'a'],
    );
    const vectors = [...images, ...texts];
    expect(new Set(vectors.map((vector) => vector.length)).size).toBe(1);
    for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it('sees a resized picture as nearly the same and other colours as other', async () => {
    const {
      images: [original, smaller, other],
    } = await embed([
      drawStripes(NAVY, CREAM, 256, 24),
      drawStripes(NAVY, CREAM, 128, 12),
      drawStripes(GREEN, CREAM, 256, 60),
    ]);
    expect(dot(original, smaller)).toBeGreaterThan(0.9);
    expect(dot(original, smaller)).toBeGreaterThan(dot(original, other));
  });

  it('gives each input the same vector alone and in a batch, in order', async () => {
    const pictures = Array.from({ length: 11 }, (_, index) =>
      drawStripes(NAVY, index % 2 === 0 ? CREAM : GREEN, 96, 4 + index * 3),
    );
    const together = await embed(pictures, ['waves in teal', 'dots in red']);
    const alone = await embed(pictures.slice(9, 10), ['dots in red']);
    expect(dot(together.images[9], alone.images[0])).toBeGreaterThan(0.9999);
    expect(dot(together.texts[1], alone.texts[0])).toBeGreaterThan(0.9999);
  });

  it('takes a text that is far too long', async () => {
    const { texts } = await embed([], ['calm stripes in navy '.repeat(80)]);
    expect(texts[0]?.every(Number.isFinite)).toBe(true);
  });
});
