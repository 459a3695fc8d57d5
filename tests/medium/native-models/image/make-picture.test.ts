import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageJob } from '../../../../electron/contract/engine-protocol.ts';
import { schedulerNameSchema } from '../../../../electron/contract/recipe.ts';
import { openImageModel } from '../../../../native-models/image/image-model.ts';
import { PictureMaker, type PictureContext } from '../../../../native-models/image/make-picture.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';

const FOLDER = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline', import.meta.url));
type Expected = {
  cases: {
    job: {
      prompt: string;
      negative_prompt: string;
      width: number;
      height: number;
      steps: number;
      guidance: number;
      seed: number;
    };
    rgb: number[];
  }[];
};
const expected = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8')) as Expected;

let maker: PictureMaker;
beforeAll(async () => {
  maker = new PictureMaker(
    await openImageModel({ name: 'tiny', folder: FOLDER, threads: 1, announceBusy: () => undefined }),
  );
});
afterAll(() => maker.model.close());

function inContext(changes: Partial<PictureContext> = {}): PictureContext {
  return { signal: new AbortController().signal, reportProgress: () => undefined, ...changes };
}

async function make(changes: Partial<ImageJob> = {}): Promise<Uint8Array> {
  return (await maker.make(makeImageJob(changes), inContext())).raster.rgb;
}

describe('PictureMaker', () => {
  for (const [index, { job, rgb }] of expected.cases.entries()) {
    it(`draws what the reference pipeline draws, case ${index + 1}`, async () => {
      const { prompt, negative_prompt: negativePrompt, width, height, steps, guidance, seed } = job;
      const picture = await make({ prompt, negativePrompt, width, height, steps, guidance, seed });
      const sampled: number[] = [];
      for (let y = 0; y < height; y += 8)
        for (let x = 0; x < width; x += 8)
          sampled.push(...picture.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
      const worst = Math.max(...sampled.map((value, place) => Math.abs(value - (rgb[place] ?? -1000))));
      expect(sampled).toHaveLength(rgb.length);
      expect(worst).toBeLessThanOrEqual(1);
      expect(new Set(sampled).size).toBeGreaterThan(50);
    });
  }

  it('gives the same bytes for the same job and others for another seed, prompt, negative prompt or guidance', async () => {
    const first = await make({ prompt: 'red dots', negativePrompt: 'blue' });
    expect(Buffer.compare(first, await make({ prompt: 'red dots', negativePrompt: 'blue' }))).toBe(0);
    for (const changes of [{ seed: 2 }, { prompt: 'blue dots' }, { negativePrompt: 'red' }, { guidance: 5 }]) {
      expect(Buffer.compare(first, await make({ prompt: 'red dots', negativePrompt: 'blue', ...changes }))).not.toBe(0);
    }
  });

  it('stops within the step in hand when it is cancelled, at any step', async () => {
    for (let wanted = 1; wanted <= 6; wanted += 1) {
      const stop = new AbortController();
      const seen: number[] = [];
      const reportProgress = (step: number) => {
        seen.push(step);
        // As a message does: while the loop turns, not inside the step.
        if (step === wanted) setImmediate(() => stop.abort(new Error('enough')));
      };
      const run = maker.make(makeImageJob({ steps: 6 }), inContext({ signal: stop.signal, reportProgress }));
      await expect(run).rejects.toThrow('enough');
      expect(seen.at(-1)).toBe(wanted);
    }
  });

  it('draws with every scheduler, any shape, and the same bytes twice', async () => {
    for (const scheduler of schedulerNameSchema.options) {
      const first = await make({ scheduler, width: 80, height: 136 });
      expect(first).toHaveLength(80 * 136 * 3);
      expect(Buffer.compare(first, await make({ scheduler, width: 80, height: 136 }))).toBe(0);
    }
  });

  it('reports every step with previews of at most 64 px where they are due', async () => {
    const seen: string[] = [];
    await maker.make(
      makeImageJob({ width: 384, height: 128, previewEvery: 2 }),
      inContext({
        reportProgress: (step, steps, preview) =>
          seen.push(`${step}/${steps} ${preview === null ? '-' : `${preview.width}x${preview.height}`}`),
      }),
    );
    expect(seen).toEqual(['1/4 -', '2/4 48x16', '3/4 -', '4/4 48x16']);
  });

  it('stops between steps with the reason of the signal', async () => {
    const abort = new AbortController();
    const steps: number[] = [];
    const run = maker.make(
      makeImageJob({ steps: 50 }),
      inContext({
        signal: abort.signal,
        reportProgress: (step) => {
          steps.push(step);
          if (step === 3) abort.abort(new Error('enough'));
        },
      }),
    );
    await expect(run).rejects.toThrow('enough');
    expect(steps).toEqual([1, 2, 3]);
  });

  it('refuses sizes that the network cannot make, and says what it can', async () => {
    await expect(make({ width: 100 })).rejects.toMatchObject({
      code: 'input.invalid',
      message: expect.stringContaining('multiples of 8 px'),
    });
  });

  it('draws a size between the multiples of the network larger, and cuts the middle out', async () => {
    const coarse = new PictureMaker({ ...maker.model, hints: { ...maker.model.hints, sizeMultiple: 64 } });
    const context = inContext();
    const { raster } = await coarse.make(makeImageJob({ width: 72, height: 128 }), context);
    const whole = (await coarse.make(makeImageJob({ width: 128, height: 128 }), context)).raster;
    expect([raster.width, raster.height]).toEqual([72, 128]);
    const rows = Array.from({ length: 128 }, (_, y) => whole.rgb.subarray((y * 128 + 28) * 3, (y * 128 + 100) * 3));
    expect(Buffer.compare(raster.rgb, Buffer.concat(rows))).toBe(0);
  });

  it('draws the same at palette strength 0 as without a palette', async () => {
    const colours = [
      { hex: '#12343b', share: 0.5 },
      { hex: '#e1b382', share: 0.5 },
    ];
    expect(Buffer.compare(await make({ paletteGuidance: { colours, strength: 0 } }), await make())).toBe(0);
    expect(Buffer.compare(await make({ paletteGuidance: { colours, strength: 1 } }), await make())).not.toBe(0);
  });

  it('cuts a prompt where the graph fixes how much it reads', async () => {
    const longest = await make({ prompt: 'red '.repeat(10) });
    expect(Buffer.compare(await make({ prompt: 'red '.repeat(400) }), longest)).toBe(0);
    expect(Buffer.compare(await make({ prompt: 'red '.repeat(9) }), longest)).not.toBe(0);
  });

  it('says that it cannot start from a picture without an encoder', async () => {
    const raster = { width: 64, height: 64, rgb: new Uint8Array(64 * 64 * 3) };
    const source = { hash: 'a'.repeat(64), strength: 0.5, mask: null, raster, maskRaster: null } as ImageJob['source'];
    await expect(make({ source })).rejects.toMatchObject({
      code: 'model.fileMissing',
      data: { file: 'vae_encoder/model.onnx' },
    });
  });
});
