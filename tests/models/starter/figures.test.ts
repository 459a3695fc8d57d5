import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../../../electron/engines/engine-client.ts';
import { measureText } from '../../../scripts/bench/starter/measure-text.ts';
import { isCalm, measureColourDistance } from '../../../scripts/bench/starter/picture-measures.ts';
import { measureVision } from '../../../scripts/bench/starter/measure-vision.ts';
import { readBriefs, readSheet } from '../../../scripts/bench/starter/read-pack.ts';
import { makeImageJob } from '../../support/fake-engine/make-jobs.ts';
import { createStarterEngines } from '../../support/starter-engines.ts';

let engines: Engines;
beforeAll(() => {
  engines = createStarterEngines();
});
afterAll(() => engines[Symbol.asyncDispose]());

/** Floors a little below what `npm run bench -- starter` measures over the whole held-out pack; parts of it keep the tests short. */
describe('the figures of the starter models', { timeout: 180_000 }, () => {
  it('vision finds captions, families and changed copies', async () => {
    const figures = await measureVision(engines, await readSheet('held-out', 120), await readSheet('training', 300));
    expect(figures['recallAt10']).toSatisfy(
      (recall: Record<string, number>) => Math.min(...Object.values(recall)) >= 0.95,
    );
    expect(figures['nearDuplicates']).toSatisfy((found: Record<string, number>) => (found['all'] ?? 0) >= 0.9);
  });

  it('text names product and audience, ten headlines apart', async () => {
    const figures = await measureText(await readBriefs(2), () => {});
    expect(figures['product']).toBeGreaterThanOrEqual(0.9);
    expect(figures['productAndAudience']).toBeGreaterThanOrEqual(0.8);
    expect(figures['garbled']).toBeLessThanOrEqual(0.1);
    expect(figures).toMatchObject({ failed: 0, loops: 0, briefsWithDifferentHeadlines: 1, firstDrafts: { valid: 1 } });
  });

  it('image paints the named colours and leaves the asked space open', async () => {
    const prompts = (await readSheet('prompts', 8)).map(({ shown }) => shown);
    const calm: (boolean | null)[] = [];
    const near: boolean[] = [];
    for (const [seed, { text, colours, composition }] of prompts.entries()) {
      const job = makeImageJob({ prompt: text, width: 256, height: 256, steps: 16, guidance: 1, seed });
      const { raster } = await engines.image.run(job);
      calm.push(isCalm(raster, composition));
      near.push(measureColourDistance(raster, colours) <= 12);
    }
    expect(near.filter(Boolean).length).toBeGreaterThanOrEqual(7);
    expect(calm.filter((value) => value === false).length).toBeLessThanOrEqual(1);
  });
});
