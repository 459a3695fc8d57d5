import { describe, expect, test } from 'vitest';
import type { AssetSummary } from '../../../../../electron/contract/asset.ts';
import type { AssetId } from '../../../../../electron/contract/identifiers.ts';
import { DecisionQueue } from '../../../../../renderer/features/review/decision-queue.ts';
import type { ReviewWrites } from '../../../../../renderer/features/review/decision-queue.ts';
import { applyDecision } from '../../../../../renderer/features/review/decisions.ts';
import { SummaryCache } from '../../../../../renderer/features/review/summary-cache.ts';
import { targetsNamed } from '../../../../../renderer/features/review/targets.ts';
import type { Targets } from '../../../../../renderer/features/review/targets.ts';
import { assetId, assetIds, assetSummary } from '../../../../support/review-fixtures.ts';

/** A studio in memory with a history of states, a log of calls and a switch that makes decisions fail. */
function memoryStudio(summaries: AssetSummary[]) {
  const log: string[] = [];
  const now = new Map<AssetId, AssetSummary>(summaries.map((summary) => [summary.id, summary]));
  const past: AssetSummary[][] = [];
  const future: AssetSummary[][] = [];
  const state = { failing: false };
  const swap = (from: AssetSummary[][], to: AssetSummary[][]) => {
    const group = from.pop();
    if (group === undefined) throw new Error('nothing to undo');
    to.push(group.map(({ id }) => now.get(id)).filter((summary) => summary !== undefined));
    for (const summary of group) now.set(summary.id, summary);
    return { assets: group };
  };
  const writes: ReviewWrites = {
    decide: async ({ assetIds: ids, decision }) => {
      log.push(`decide ${decision.axis} ${decision.value} x${ids.length}`);
      await Promise.resolve();
      if (state.failing) throw new Error('read only');
      const before = ids.map((id) => now.get(id)).filter((summary) => summary !== undefined);
      const assets = before.map((summary) => applyDecision(summary, decision));
      const changed = assets.filter((summary, index) => summary !== before[index]);
      if (changed.length > 0) past.push(before);
      for (const summary of assets) now.set(summary.id, summary);
      return { assets, isWritten: changed.length > 0 };
    },
    undo: async () => {
      log.push('undo');
      return swap(past, future);
    },
    redo: async () => {
      log.push('redo');
      return swap(future, past);
    },
    bin: async (ids) => {
      log.push(`bin x${ids.length}`);
    },
    restore: async (ids) => {
      log.push(`restore x${ids.length}`);
    },
  };
  return { writes, log, state };
}

function openQueue(count: number) {
  const summaries = Array.from({ length: count }, (_, index) => assetSummary(index + 1));
  const studio = memoryStudio(summaries);
  const cache = new SummaryCache(
    () => Promise.resolve([]),
    () => undefined,
  );
  cache.put(summaries);
  return { ...studio, cache, queue: new DecisionQueue(cache, studio.writes) };
}

describe('DecisionQueue', () => {
  test('shows a decision before the studio has answered', () => {
    const { queue, cache } = openQueue(2);
    void queue.decide(targetsNamed(assetIds(1)), { axis: 'flag', value: 'pick' });
    expect(cache.get(assetId(1))?.flag).toBe('pick');
  });

  test('sends decisions in the order of the key presses', async () => {
    const { queue, log } = openQueue(2);
    await Promise.all([
      queue.decide(targetsNamed(assetIds(1)), { axis: 'flag', value: 'pick' }),
      queue.decide(targetsNamed(assetIds(2)), { axis: 'stars', value: 4 }),
      queue.undo(),
    ]);
    expect(log).toEqual(['decide flag pick x1', 'decide stars 4 x1', 'undo']);
  });

  test('rolls a failed decision back and goes on with the next', async () => {
    const { queue, cache, state } = openQueue(1);
    state.failing = true;
    await expect(queue.decide(targetsNamed(assetIds(1)), { axis: 'status', value: 'approved' })).rejects.toThrow(
      'read only',
    );
    expect(cache.get(assetId(1))?.status).toBe('unreviewed');
    state.failing = false;
    await queue.decide(targetsNamed(assetIds(1)), { axis: 'status', value: 'redo' });
    expect(cache.get(assetId(1))?.status).toBe('redo');
  });

  test('a rollback keeps a later decision on the same asset', async () => {
    const { queue, cache, state } = openQueue(1);
    state.failing = true;
    const failing = queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 1 }).catch(() => {
      state.failing = false;
    });
    const following = queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 5 });
    await failing;
    expect(cache.get(assetId(1))?.stars).toBe(5);
    await following;
    expect(cache.get(assetId(1))?.stars).toBe(5);
  });

  test('undo and redo walk through decisions and binnings in turn', async () => {
    const { queue, cache, log } = openQueue(2);
    await queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 3 });
    await queue.bin(targetsNamed(assetIds(2)), () => undefined);
    expect(await queue.undo()).toEqual({ kind: 'restored', assetIds: assetIds(2) });
    expect(await queue.undo()).toMatchObject({ kind: 'decided', assets: [{ id: assetId(1), stars: 0 }] });
    expect(cache.get(assetId(1))?.stars).toBe(0);
    expect(await queue.redo()).toMatchObject({ kind: 'decided' });
    expect(await queue.redo()).toEqual({ kind: 'binned', assetIds: assetIds(2) });
    expect(log).toEqual(['decide stars 3 x1', 'bin x1', 'restore x1', 'undo', 'redo', 'bin x1']);
  });

  test('takes back a decision on more assets than one call holds in one step', async () => {
    const { queue, log, cache } = openQueue(10_001);
    const ids = Array.from({ length: 10_001 }, (_, index) => assetId(index + 1));
    await queue.decide(targetsNamed(ids), { axis: 'status', value: 'approved' });
    await queue.undo();
    expect(log).toEqual(['decide status approved x10000', 'decide status approved x1', 'undo', 'undo']);
    expect(cache.get(assetId(10_001))?.status).toBe('unreviewed');
  });

  test('a decision that changes nothing leaves nothing to undo', async () => {
    const { queue, log } = openQueue(1);
    await queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 2 });
    await queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 2 });
    await queue.undo();
    await expect(queue.undo()).rejects.toThrow('nothing to undo');
    expect(log.filter((call) => call === 'undo')).toHaveLength(2);
  });

  test('a key on a picture whose name is still on its way waits for it and keeps its turn', async () => {
    const { queue, log, cache } = openQueue(2);
    const name = Promise.withResolvers<AssetId[]>();
    const waiting: Targets = { ...targetsNamed([]), count: 1, read: () => once(name.promise) };
    const first = queue.decide(waiting, { axis: 'status', value: 'approved' });
    const second = queue.decide(targetsNamed(assetIds(2)), { axis: 'stars', value: 4 });
    await Promise.resolve();
    expect(log).toEqual([]);
    name.resolve(assetIds(1));
    await Promise.all([first, second]);
    expect(log).toEqual(['decide status approved x1', 'decide stars 4 x1']);
    expect(cache.get(assetId(1))?.status).toBe('approved');
  });

  test('a name that cannot be had fails its decision and lets the next go on', async () => {
    const { queue, log } = openQueue(1);
    const waiting: Targets = { ...targetsNamed([]), count: 1, read: () => once(Promise.reject(new Error('gone'))) };
    await expect(queue.decide(waiting, { axis: 'stars', value: 1 })).rejects.toThrow('gone');
    await queue.decide(targetsNamed(assetIds(1)), { axis: 'stars', value: 2 });
    expect(log).toEqual(['decide stars 2 x1']);
  });
});

async function* once(names: Promise<AssetId[]>): AsyncGenerator<AssetId[]> {
  yield await names;
}
