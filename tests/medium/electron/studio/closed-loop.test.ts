import { afterEach, describe, expect, it } from 'vitest';
import type { CheckName, ComplianceCheck } from '../../../../electron/contract/compliance.ts';
import type { AssetId, BatchId, CellId, PlanId } from '../../../../electron/contract/identifiers.ts';
import { startBatch } from '../../../../electron/studio/plan/control-batch.ts';
import { watchBatch } from '../../../../electron/studio/plan/watch-batch.ts';
import { decide, redoDecision, undoDecision } from '../../../../electron/studio/review/decide.ts';
import type { StudioContext } from '../../../../electron/studio/system/studio-context.ts';
import { createFakeFinisher } from '../../../support/studio/create-fake-finisher.ts';
import type { Judge } from '../../../support/studio/create-fake-finisher.ts';
import { makePlan } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio, TestStudioOptions } from '../../../support/studio/open-test-studio.ts';

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

async function open(judge: Judge, options: TestStudioOptions = {}): Promise<StudioContext> {
  opened = await openTestStudio({ finisher: createFakeFinisher(judge), ...options });
  return opened.studio.context;
}

function check(name: CheckName, passed: boolean): ComplianceCheck {
  return { name, score: 20, threshold: 12, unit: '', better: 'lower', passed, reason: 'so', region: null };
}

async function finish(context: StudioContext, id: BatchId): Promise<void> {
  for await (const state of watchBatch(context, id, AbortSignal.timeout(40_000)))
    if (state.state === 'finished') return;
}

/** The takes of every cell, oldest first. */
function takes({ library }: StudioContext, planId: PlanId) {
  return library.plans.cells(planId).map(({ id }) => library.assets.takes(id).toReversed());
}

/** The verdict hangs on the pixels alone, so it is the same in every life of the studio. */
const judgeByPixels: Judge = ({ rgb }) => [check('palette', (rgb[0] ?? 0) % 3 === 0)];

async function makeOne(context: StudioContext): Promise<{ planId: PlanId; assetId: AssetId; cellId: CellId }> {
  const { plan } = await makePlan(context, 1, { concepts: 1 });
  await finish(context, startBatch(context, plan.id, null, 'owner').id);
  const [cell] = context.library.plans.cells(plan.id);
  if (!cell?.cover) throw new Error('nothing was made');
  return { planId: plan.id, assetId: cell.cover.assetId, cellId: cell.id };
}
const newest = ({ library }: StudioContext, planId: PlanId) => library.batches.list(planId, 1)[0];

describe('a picture that fails a check', () => {
  it('is made again with a stated change, every try kept, until it passes', async () => {
    let seen = 0;
    const context = await open(() => [check('palette', ++seen > 2)]);
    const { plan } = await makePlan(context, 1, { concepts: 1 });
    const { id } = startBatch(context, plan.id, null, 'owner');
    await finish(context, id);
    expect(context.library.batches.get(id)).toMatchObject({ state: 'finished', total: 3, done: 3, remade: 2 });
    const [own = []] = takes(context, plan.id);
    expect(own.map(({ compliant, remake, wasRemade }) => [compliant, remake?.number ?? 1, wasRemade])).toEqual([
      [false, 1, true],
      [false, 2, true],
      [true, 3, false],
    ]);
    expect(own[1]?.remake).toMatchObject({ cause: 'checks', failedChecks: ['palette'] });
    expect(own[1]?.remake?.changes).toContainEqual({ what: 'paletteGuidance', from: 0.6, to: 1 });
    const recipes = own.map((take) => context.library.assets.getMade(take.id).recipe);
    expect(recipes.map(({ paletteGuidance }) => paletteGuidance?.strength)).toEqual([0.6, 1, 1]);
    expect(new Set(recipes.map(({ seed }) => seed)).size).toBe(3);
    expect(recipes.map(({ seed }) => seed).slice(1)).toEqual(own.slice(1).map(({ remake }) => remake?.settings.seed));
  });

  it('is left as it is when the tries of the kit are used up', async () => {
    const context = await open(() => [check('contrast', false)]);
    const { plan } = await makePlan(context, 2);
    const { id } = startBatch(context, plan.id, null, 'owner');
    await finish(context, id);
    const all = takes(context, plan.id);
    expect(all.map(({ length }) => length)).toEqual([3, 3]);
    // The last try stays, and nothing was made in its place.
    for (const own of all) expect(own.map(({ wasRemade }) => wasRemade)).toEqual([true, true, false]);
  });

  it.each(['terms', 'required-terms', 'voice', 'format'] as const)(
    'is not made again for %s, which no new picture mends',
    async (name) => {
      const context = await open(() => [check('palette', false), check(name, false)]);
      const { plan } = await makePlan(context, 2);
      const { id } = startBatch(context, plan.id, null, 'owner');
      await finish(context, id);
      expect(context.library.batches.get(id)).toMatchObject({ total: 2, done: 2, remade: 0 });
    },
  );

  it('loses and doubles no try when the studio is closed in the middle', async () => {
    let context = await open(judgeByPixels, { fake: { imageMs: 30 } });
    const { plan } = await makePlan(context, 8);
    const { id } = startBatch(context, plan.id, null, 'owner');
    const libraryFolder = opened?.folder ?? '';
    for (let life = 1; life <= 3; life++) {
      const done = context.library.batches.get(id).done;
      await expect.poll(() => context.library.batches.get(id).done, { timeout: 20_000 }).toBeGreaterThan(done);
      await opened?.close();
      context = await open(judgeByPixels, { fake: { imageMs: 30 }, libraryFolder });
      if (context.library.batches.get(id).state === 'finished') break;
    }
    await finish(context, id);
    const all = takes(context, plan.id);
    for (const own of all) {
      expect(own.map(({ remake }) => remake?.number ?? 1)).toEqual([1, 2, 3].slice(0, own.length));
      expect(own.slice(0, -1).every(({ compliant }) => !compliant)).toBe(true);
      expect(own.at(-1)?.compliant === true || own.length === 3).toBe(true);
    }
    expect(context.library.batches.get(id)).toMatchObject({ total: all.flat().length, done: all.flat().length });
  });

  it('gets no further try in a batch that was stopped', async () => {
    const context = await open(() => [check('palette', false)], { fake: { imageMs: 80 } });
    const { plan } = await makePlan(context, 1, { concepts: 1 });
    const { id } = startBatch(context, plan.id, null, 'owner');
    await expect.poll(() => context.runner.inHand(id).length, { timeout: 20_000 }).toBeGreaterThan(0);
    context.library.runs.stop(id);
    await expect.poll(() => context.runner.inHand(id).length, { timeout: 20_000 }).toBe(0);
    expect(context.library.batches.get(id)).toMatchObject({ state: 'stopped', total: 1, done: 1 });
  });
});

describe('a picture that is to be redone', () => {
  const redo = { decision: { axis: 'status', value: 'redo' }, reason: '' } as const;
  it('gets another take with another seed', async () => {
    const context = await open(() => []);
    const { planId, assetId, cellId } = await makeOne(context);
    decide(context, { assetIds: [assetId], ...redo }, 'ada');
    await expect.poll(() => newest(context, planId)?.state, { timeout: 20_000 }).toBe('finished');
    const [second, first] = context.library.assets.takes(cellId);
    expect(second?.remake).toMatchObject({ cause: 'person', number: 1, changes: [{ what: 'seed' }] });
    expect(second?.hash).not.toBe(first?.hash);
  });

  it('gets none after undo, not even when it is in hand, and one again after redo', async () => {
    const context = await open(() => [], { fake: { imageMs: 400 } });
    const { planId, assetId, cellId } = await makeOne(context);
    decide(context, { assetIds: [assetId], ...redo }, 'ada');
    await expect.poll(() => context.runner.inHand(null).some(({ total }) => total > 0), { timeout: 20_000 }).toBe(true);
    undoDecision(context, 'ada');
    expect(newest(context, planId)).toMatchObject({ state: 'finished', total: 0, waiting: 0, running: 0 });
    await expect.poll(() => context.runner.inHand(null).length, { timeout: 20_000 }).toBe(0);
    expect(context.library.assets.takes(cellId)).toHaveLength(1);
    redoDecision(context, 'ada');
    await expect.poll(() => context.library.assets.takes(cellId).length, { timeout: 20_000 }).toBe(2);
    undoDecision(context, 'ada');
    redoDecision(context, 'ada');
    expect(context.runner.inHand(null)).toEqual([]);
    expect(context.library.assets.takes(cellId)).toHaveLength(2);
  });

  it('is one take for a cell however many of its takes are decided', async () => {
    const context = await open(() => []);
    const { planId, cellId } = await makeOne(context);
    await finish(context, startBatch(context, planId, [cellId], 'owner').id);
    const assetIds = context.library.assets.takes(cellId).map(({ id }) => id);
    expect(new Set(context.library.assets.takes(cellId).map(({ hash }) => hash)).size).toBe(2);
    decide(context, { assetIds, ...redo }, 'ada');
    expect(newest(context, planId)).toMatchObject({ total: 1 });
  });
});
