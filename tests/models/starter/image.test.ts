import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageJob, Raster } from '../../../electron/contract/engine-protocol.ts';
import { objectHashSchema } from '../../../electron/contract/identifiers.ts';
import type { Engines } from '../../../electron/engines/engine-client.ts';
import { makeImageJob } from '../../support/fake-engine/make-jobs.ts';
import { createStarterEngines } from '../../support/starter-engines.ts';

let engines: Engines;
beforeAll(() => {
  engines = createStarterEngines();
});
afterAll(() => engines[Symbol.asyncDispose]());

/** What the library would say about the picture; the engine looks at its pixels. */
const SOURCE = { hash: objectHashSchema.parse('a'.repeat(64)), mask: null };
const PROMPT = 'calm mesh gradient, soft, open space on the left, in navy, coral and cream';

async function make(changes: Partial<ImageJob> = {}): Promise<Raster['rgb']> {
  const job = makeImageJob({ prompt: PROMPT, width: 128, height: 128, steps: 10, guidance: 1, ...changes });
  return (await engines.image.run(job)).raster.rgb;
}

describe('the starter image model', () => {
  it('loads with the settings that suit it', async () => {
    const info = await engines.image.ensureLoaded();
    expect(info).toMatchObject({
      name: 'starter-image',
      family: 'StableDiffusionPipeline',
      device: 'cpu',
      engineBuild: expect.stringContaining('onnxruntime 1.30.0'),
    });
    expect(info.image?.sizes.length).toBeGreaterThan(2);
    for (const size of info.image?.sizes.flat() ?? []) expect(size % (info.image?.sizeMultiple ?? 0)).toBe(0);
  });

  it('gives the same bytes for the same job, also from a new process', async () => {
    const first = await make();
    expect(Buffer.compare(first, await make())).toBe(0);
    await engines.restart('image');
    expect(Buffer.compare(first, await make())).toBe(0);
  });

  it('gives a picture the same bytes whatever was made before it in the same batch', async () => {
    const alone = await Promise.all([3, 4, 5].map((seed) => make({ seed })));
    const [fifth, , third] = await Promise.all([5, 4, 3].map((seed) => make({ seed })));
    expect(Buffer.compare(third ?? new Uint8Array(), alone[0] ?? new Uint8Array())).toBe(0);
    expect(Buffer.compare(fifth ?? new Uint8Array(), alone[2] ?? new Uint8Array())).toBe(0);
  });

  it('tells how long each stage, step and network took', async () => {
    const job = makeImageJob({ prompt: PROMPT, width: 128, height: 128, steps: 6, guidance: 1 });
    const { trace = [], seconds } = await engines.image.run(job);
    const named = (kind: string) => trace.filter((span) => span.kind === kind).map(({ name }) => name);
    expect(named('stage')).toEqual(['encode', 'denoise', 'decode']);
    expect(named('step')).toEqual([1, 2, 3, 4, 5, 6].map((step) => `step ${step} of 6`));
    const runs = named('run');
    expect(runs.filter((name) => name === 'unet/model.onnx').length).toBe(6);
    expect([runs[0], runs.at(-1)]).toEqual(['text_encoder/model.onnx', 'vae_decoder/model.onnx']);
    const inside = trace.filter(({ kind }) => kind === 'run').reduce((sum, span) => sum + span.durationMs, 0);
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThanOrEqual((seconds.encode + seconds.denoise + seconds.decode) * 1000 + 1);
  });

  it('follows its prompt and its seed', async () => {
    const first = await make();
    expect(meanDifference(first, await make({ seed: 2 }))).toBeGreaterThan(2);
    expect(
      meanDifference(first, await make({ prompt: 'vivid waves, flat, centred, in yellow, orange and red' })),
    ).toBeGreaterThan(10);
  });

  it('moves towards a palette under guidance', async () => {
    const colours = [
      { hex: '#1b4332', share: 0.5 },
      { hex: '#ffb703', share: 0.3 },
      { hex: '#fefae0', share: 0.2 },
    ];
    const free = distanceToPalette(await make(), colours);
    const half = distanceToPalette(await make({ paletteGuidance: { colours, strength: 0.5 } }), colours);
    const full = distanceToPalette(await make({ paletteGuidance: { colours, strength: 1 } }), colours);
    expect(half).toBeLessThan(free * 0.85);
    expect(full).toBeLessThan(free * 0.7);
  });

  it('varies a picture, the more the higher the strength', async () => {
    const raster = { width: 128, height: 128, rgb: await make() };
    const vary = (strength: number) => make({ seed: 9, source: { ...SOURCE, raster, maskRaster: null, strength } });
    const little = meanDifference(raster.rgb, await vary(0.3));
    expect(little).toBeGreaterThan(0.2);
    expect(meanDifference(raster.rgb, await vary(0.95))).toBeGreaterThan(little);
  });

  it('fills in where a mask is white and keeps the rest', async () => {
    const raster = { width: 128, height: 128, rgb: drawCross(128) };
    const maskRaster = { width: 128, height: 128, rgb: new Uint8Array(128 * 128 * 3).fill(255, 0, 64 * 128 * 3) };
    const filled = await make({
      seed: 9,
      source: { ...SOURCE, mask: objectHashSchema.parse('b'.repeat(64)), raster, maskRaster, strength: 1 },
    });
    // Rows from the mask's border on, less what the decoder blends across it.
    const [madeTo, keptFrom] = [56 * 128 * 3, 80 * 128 * 3];
    expect(meanDifference(raster.rgb.subarray(keptFrom), filled.subarray(keptFrom))).toBeLessThan(6);
    expect(meanDifference(raster.rgb.subarray(0, madeTo), filled.subarray(0, madeTo))).toBeGreaterThan(10);
  });

  it('draws every suggested size with a preview, and stops at once when told to', async () => {
    const info = await engines.image.ensureLoaded();
    for (const [width, height] of info.image?.sizes ?? []) {
      const previews: string[] = [];
      const result = await engines.image.run(
        makeImageJob({ prompt: PROMPT, width, height, steps: 1, guidance: 1, previewEvery: 1 }),
        {
          onProgress: ({ preview }) => previews.push(`${preview?.width}x${preview?.height}`),
        },
      );
      expect([result.raster.width, result.raster.height]).toEqual([width, height]);
      // A cell of this model's latent is 4 pixels wide and high; previews take every second cell of more than 64.
      const pixels = Math.max(width, height) > 256 ? 8 : 4;
      expect(previews).toEqual([`${width / pixels}x${height / pixels}`]);
    }
    const processId = engines.processId('image');
    const run = engines.image.run(makeImageJob({ prompt: PROMPT, width: 256, height: 256, steps: 200 }), {
      signal: AbortSignal.timeout(300),
    });
    await expect(run).rejects.toThrow(/timeout/i);
    expect(engines.processId('image')).toBe(processId);
  });
});

function meanDifference(first: Uint8Array, second: Uint8Array): number {
  return first.reduce((sum, value, index) => sum + Math.abs(value - (second[index] ?? 0)), 0) / first.length;
}

/** A red cross on light grey: no family of the model. */
function drawCross(edge: number): Raster['rgb'] {
  const rgb = new Uint8Array(edge * edge * 3).fill(225);
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      const isArm = Math.abs(x - edge / 2) < edge / 10 || Math.abs(y - edge / 2) < edge / 10;
      if (isArm) rgb.set([200, 30, 40], (y * edge + x) * 3);
    }
  }
  return rgb;
}

/** Mean distance of the pixels to the nearest colour, in plain RGB. */
function distanceToPalette(rgb: Uint8Array, colours: readonly { hex: string }[]): number {
  const palette = colours.map(({ hex }) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
  let sum = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    sum += Math.min(
      ...palette.map((colour) => Math.hypot(...colour.map((value, channel) => value - (rgb[at + channel] ?? 0)))),
    );
  }
  return sum / (rgb.length / 3);
}
