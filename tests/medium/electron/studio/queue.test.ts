import { afterEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../../../electron/contract/batch.ts';
import type { BatchId } from '../../../../electron/contract/identifiers.ts';
import { pauseRun, resumeRun, retryFailedJobs, stopRun } from '../../../../electron/studio/jobs/control-run.ts';
import { startBatch } from '../../../../electron/studio/plan/control-batch.ts';
import { watchBatch } from '../../../../electron/studio/plan/watch-batch.ts';
import { restartEngine } from '../../../../electron/studio/system/restart-engine.ts';
import { createFakeFinisher } from '../../../support/studio/create-fake-finisher.ts';
import { addConcept, makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio, TestStudioOptions } from '../../../support/studio/open-test-studio.ts';
import { createPlan } from '../../../../electron/studio/plan/create-plan.ts';

/** A machine that is busy with other things starts processes slowly. */
const slow = { timeout: 20_000 };

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

async function open(options: TestStudioOptions) {
  opened = await openTestStudio(options);
  const { context } = opened.studio;
  return { context, engines: opened.engines, get: (id: BatchId) => context.viewBatch(context.library.batches.get(id)) };
}

async function watchToEnd(context: Awaited<ReturnType<typeof open>>['context'], id: BatchId): Promise<Batch[]> {
  const states: Batch[] = [];
  for await (const state of watchBatch(context, id, AbortSignal.timeout(40_000))) states.push(state);
  return states;
}

describe('a batch', () => {
  it('runs to its end, one picture for each cell, with progress, previews, rate and time left on the way', async () => {
    const { context } = await open({ fake: { imageMs: 120 } });
    const { plan } = await makePlan(context, 8);
    const states = await watchToEnd(context, startBatch(context, plan.id, null, 'owner').id);
    expect(states.at(-1)).toMatchObject({
      state: 'finished',
      total: 8,
      done: 8,
      failed: 0,
      waiting: 0,
      inHand: [],
      waitingFor: null,
    });
    expect(context.library.plans.cells(plan.id).map(({ takeCount, status }) => ({ takeCount, status }))).toEqual(
      Array.from({ length: 8 }, () => ({ takeCount: 1, status: 'done' })),
    );
    const inHand = states.flatMap((state) => state.inHand);
    expect(inHand.some(({ step, steps }) => step > 0 && step < steps)).toBe(true);
    const preview = inHand.findLast((job) => job.preview !== null)?.preview ?? '';
    expect((await context.previews.get(preview))?.bytes.subarray(8, 12).toString()).toBe('WEBP');
    const late = states.findLast((state) => state.remaining !== null);
    expect(late?.imagesPerMinute).toBeGreaterThan(0);
    expect((late?.remaining?.low ?? 1) <= (late?.remaining?.high ?? 0)).toBe(true);
    for (const state of states)
      expect(state.done + state.failed + state.waiting + state.inHand.length).toBeLessThanOrEqual(state.total);
  });

  it('keeps a recipe from which the same picture comes again', async () => {
    const { context, engines } = await open({});
    const { plan } = await makePlan(context, 2);
    const { id } = startBatch(context, plan.id, null, 'owner');
    await watchToEnd(context, id);
    const [assetId] = context.library.batches.get(id).latestAssetIds;
    if (!assetId) throw new Error('no asset');
    const { recipe, hash, width } = context.library.assets.getMade(assetId);
    const { prompt, negativePrompt, seed, scheduler, steps, guidance, loras, paletteGuidance } = recipe;
    const { raster } = await engines.image.run({
      kind: 'image',
      prompt,
      negativePrompt,
      seed,
      scheduler,
      steps,
      guidance,
      loras,
      paletteGuidance,
      width: recipe.width,
      height: recipe.height,
      previewEvery: 0,
    });
    const again = await createFakeFinisher().finish({ raster, brandVersionId: plan.brandVersionId, measuredAtMs: 0 });
    expect(again.width).toBe(width);
    expect(await context.library.store.put(again.png)).toBe(hash);
  });

  it('pauses after the picture in hand and resumes where it was', async () => {
    const { context, get } = await open({ fake: { imageMs: 150 } });
    const { plan } = await makePlan(context, 10);
    const { id } = startBatch(context, plan.id, null, 'owner');
    await expect.poll(() => get(id).done, slow).toBeGreaterThan(1);
    pauseRun(context, id);
    await expect.poll(() => context.runner.inHand(id).length, slow).toBe(0);
    const { done, waiting, state } = get(id);
    expect({ state, sum: done + waiting }).toEqual({ state: 'paused', sum: 10 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(get(id).done).toBe(done);
    resumeRun(context, id);
    await watchToEnd(context, id);
    expect(get(id)).toMatchObject({ state: 'finished', done: 10 });
  });

  it('stops, keeps what is made and drops the rest', async () => {
    const { context, get } = await open({ fake: { imageMs: 100 } });
    const { plan } = await makePlan(context, 12);
    const { id } = startBatch(context, plan.id, null, 'owner');
    await expect.poll(() => get(id).done, slow).toBeGreaterThan(0);
    stopRun(context, id);
    const end = (await watchToEnd(context, id)).at(-1);
    expect(end).toMatchObject({ state: 'stopped', waiting: 0, inHand: [] });
    expect(end?.done).toBeLessThan(12);
    expect(
      context.library.assets.counts({
        origins: [],
        media: [],
        briefId: null,
        planId: plan.id,
        batchId: null,
        statuses: [],
        flags: [],
        minStars: 0,
        formatIds: [],
        compliance: 'any',
        failedCheck: null,
        judgedAgainst: null,
        text: '',
      }).total,
    ).toBe(end?.done);
  });

  it('goes on after the studio was closed in the middle', async () => {
    const first = await open({ fake: { imageMs: 80 } });
    const { plan } = await makePlan(first.context, 8);
    const { id } = startBatch(first.context, plan.id, null, 'owner');
    await expect.poll(() => first.get(id).done, slow).toBeGreaterThan(1);
    const libraryFolder = opened?.folder ?? '';
    await opened?.close();
    const second = await open({ fake: { imageMs: 5 }, libraryFolder });
    await watchToEnd(second.context, id);
    expect(second.get(id)).toMatchObject({ state: 'finished', done: 8, failed: 0 });
    expect(second.context.library.plans.cells(plan.id).map(({ takeCount }) => takeCount)).toEqual(Array(8).fill(1));
  });
});

describe('a poison job', () => {
  it('is set aside while the others finish, and says so', async () => {
    const { context, get } = await open({ fake: { imageMs: 20 } });
    const { plan, brief, conceptIds } = await makePlan(context, 8);
    const poison = addConcept(context, brief, 'Poison', 'calm gradient [[crash]]');
    const { id: planId } = createPlan(context, {
      ...plan,
      name: 'with poison',
      conceptIds: [...conceptIds, poison],
      variations: 2,
    });
    const { id } = startBatch(context, planId, null, 'owner');
    // Two poison cells crash the engine up to four times; when the breaker opens in between, a person restarts it.
    let isHelping = false;
    const help = setInterval(() => {
      if (isHelping || get(id).waitingFor === null) return;
      isHelping = true;
      void restartEngine(context, 'image')
        .catch(() => undefined)
        .finally(() => (isHelping = false));
    }, 200);
    try {
      const end = (await watchToEnd(context, id)).at(-1);
      expect(end).toMatchObject({ state: 'finished', done: 4, failed: 2 });
      const failures = context.library.batches.failures(id);
      for (const { error } of failures) expect(['engine.poisonJob', 'engine.crashed']).toContain(error.code);
      expect(failures.length).toBe(2);
      retryFailedJobs(context, id);
      const again = (await watchToEnd(context, id)).at(-1);
      expect(again).toMatchObject({ done: 4, failed: 2 });
    } finally {
      clearInterval(help);
    }
  });
});

describe('an engine that is down', () => {
  it('makes the batch wait with a reason, fails no job, and a restart brings it on', async () => {
    const { context, get } = await open({ fake: { mode: 'exit' } });
    const { plan } = await makePlan(context, 3);
    const { id } = startBatch(context, plan.id, null, 'owner');
    await expect.poll(() => get(id).waitingFor, slow).toMatch(/engine/);
    expect(get(id)).toMatchObject({ state: 'running', done: 0 });
    expect(context.library.batches.failures(id).length).toBeLessThan(3);
  });
});
