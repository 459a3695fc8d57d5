import { expect, it } from 'vitest';
import { run as runBatch } from '../../../../scripts/bench/batch.ts';
import { run as runPlan } from '../../../../scripts/bench/plan.ts';

const small = { json: true, small: true, progress: () => {} };

it('plan: cells survive a killed host', async () => {
  const figures = await runPlan(small);
  expect(figures).toMatchObject({ cells: 200, lost: 0, doubled: 0 });
  for (const name of ['createMs', 'resumeMs', 'done']) expect(figures[name]).toBeGreaterThan(0);
});

it('batch: compares a whole batch with its engine', async () => {
  const figures = await runBatch(small);
  expect(figures).toMatchObject({ images: 5, model: 'fake-image' });
  expect(figures['ofEngineLimit']).toBeGreaterThan(0);
  expect(figures['ofEngineLimit']).toBeLessThanOrEqual(1.2);
  for (const name of ['imagesPerMinute', 'ofDeviceLimit', 'studioProcessorSeconds'])
    expect(figures[name], name).toBeGreaterThan(0);
});
