import { describe, expect, test, vi } from 'vitest';
import type { AssetSummary } from '../../../../../electron/contract/asset.ts';
import type { AssetId } from '../../../../../electron/contract/identifiers.ts';
import { SummaryCache } from '../../../../../renderer/features/review/summary-cache.ts';
import { targetsNamed } from '../../../../../renderer/features/review/targets.ts';
import { assetId, assetIds, assetSummary } from '../../../../support/review-fixtures.ts';

/** A studio whose answers are held back until the test lets them go. */
function heldLoader(find: (id: AssetId) => AssetSummary | undefined) {
  const calls: { ids: AssetId[]; answer(): Promise<void>; fail(): Promise<void> }[] = [];
  const load = (ids: AssetId[]) =>
    new Promise<AssetSummary[]>((resolve, reject) => {
      calls.push({
        ids,
        answer: async () => {
          resolve(ids.flatMap((id) => find(id) ?? []));
          await Promise.resolve();
          await Promise.resolve();
          await Promise.resolve();
        },
        fail: async () => {
          reject(new Error('offline'));
          await Promise.resolve();
          await Promise.resolve();
          await Promise.resolve();
        },
      });
    });
  return { load, calls };
}

const all = (id: AssetId) => [1, 2, 3, 4, 5].map((number) => assetSummary(number)).find((summary) => summary.id === id);

describe('SummaryCache', () => {
  test('loads the window once and tells the tile', async () => {
    const { load, calls } = heldLoader(all);
    const cache = new SummaryCache(load, () => undefined);
    const listener = vi.fn();
    cache.subscribe(assetId(1), listener);
    cache.want(assetIds(1, 2));
    cache.want(assetIds(1, 2));
    expect(calls.map(({ ids }) => ids)).toEqual([assetIds(1, 2)]);
    await calls[0]?.answer();
    expect(cache.get(assetId(1))).toEqual(assetSummary(1));
    expect(listener).toHaveBeenCalledTimes(1);
    cache.want(assetIds(1, 2));
    expect(calls).toHaveLength(1);
  });

  test('drops windows that were scrolled past while two calls were under way', async () => {
    const { load, calls } = heldLoader(all);
    const cache = new SummaryCache(load, () => undefined);
    for (const number of [1, 2, 3, 4, 5]) cache.want(assetIds(number));
    expect(calls.map(({ ids }) => ids)).toEqual([assetIds(1), assetIds(2)]);
    await calls[0]?.answer();
    expect(calls.slice(2).map(({ ids }) => ids)).toEqual([assetIds(5)]);
  });

  test('knows an asset as gone when the studio leaves it out', async () => {
    const { load, calls } = heldLoader(() => undefined);
    const cache = new SummaryCache(load, () => undefined);
    cache.want(assetIds(1));
    await calls[0]?.answer();
    expect(cache.isGone(assetId(1))).toBe(true);
    cache.want(assetIds(1));
    expect(calls).toHaveLength(1);
  });

  test('lets no late answer overwrite a newer word', async () => {
    const { load, calls } = heldLoader(all);
    const cache = new SummaryCache(load, () => undefined);
    cache.put([assetSummary(1)]);
    cache.subscribe(assetId(1), () => undefined);
    cache.refresh(assetIds(1));
    cache.put([assetSummary(1, { stars: 5 })]);
    await calls[0]?.answer();
    expect(cache.get(assetId(1))?.stars).toBe(5);
  });

  test('loads a changed asset again at once when somebody looks at it, else when it is wanted', async () => {
    const { load, calls } = heldLoader((id) => all(id));
    const cache = new SummaryCache(load, () => undefined);
    cache.put([assetSummary(1, { stars: 1 }), assetSummary(2, { stars: 1 })]);
    cache.subscribe(assetId(1), () => undefined);
    cache.refresh(assetIds(1, 2, 3));
    expect(calls.map(({ ids }) => ids)).toEqual([assetIds(1)]);
    expect(cache.get(assetId(1))?.stars).toBe(1);
    await calls[0]?.answer();
    expect(cache.get(assetId(1))?.stars).toBe(0);
    expect(cache.get(assetId(2))).toBeUndefined();
    cache.want(assetIds(2));
    expect(calls).toHaveLength(2);
  });

  test('shows a pending decision at once and takes it back when it is dropped', () => {
    const cache = new SummaryCache(
      () => Promise.resolve([]),
      () => undefined,
    );
    cache.put([assetSummary(1)]);
    cache.addPending({ ticket: 7, targets: targetsNamed(assetIds(1)), decision: { axis: 'flag', value: 'pick' } });
    expect(cache.get(assetId(1))?.flag).toBe('pick');
    cache.dropPending(7);
    expect(cache.get(assetId(1))).toEqual(assetSummary(1));
  });

  test('reports a failed load and asks again for the next window', async () => {
    const { load, calls } = heldLoader(all);
    const onError = vi.fn();
    const cache = new SummaryCache(load, onError);
    cache.want(assetIds(1));
    await calls[0]?.fail();
    expect(onError).toHaveBeenCalledTimes(1);
    cache.want(assetIds(1));
    expect(calls).toHaveLength(2);
  });
});
