import { describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { AssetFilter } from '../../../../../electron/contract/asset.ts';
import { assetIdSchema, assetListIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../../../electron/contract/identifiers.ts';
import { completeJobs, createTestFolder, openTestLibrary, preparePlan } from '../../../../support/library-fixtures.ts';

const filterOf = (wanted: Partial<AssetFilter> = {}) => assetFilterSchema.parse(wanted);
const unreviewed = filterOf({ statuses: ['unreviewed'] });

async function openWithPictures(count: number) {
  const folder = createTestFolder();
  const library = openTestLibrary(folder.path);
  const plan = await preparePlan(library, { variations: Math.ceil(count / 2) + 10 });
  library.batches.start(plan.planId, null, 'owner');
  const made = await completeJobs(library, count);
  const approve = (assetIds: AssetId[]) =>
    library.verdicts.decide({ assetIds, decision: { axis: 'status', value: 'approved' }, reason: '', reviewer: 'ada' });
  return {
    library,
    made,
    approve,
    lists: library.assets.lists,
    [Symbol.dispose]() {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('lists of assets', () => {
  it('answer with the count and the first window', async () => {
    using scene = await openWithPictures(30);
    const { lists, made } = scene;
    const list = lists.open(unreviewed, 'newest', null);
    expect(list).toMatchObject({ count: 30, active: 0, isKept: false, selected: [] });
    expect(list.window).toEqual({ start: 0, assetIds: made.toReversed() });
    expect(lists.names(list.listId, 3, 2)).toEqual(made.toReversed().slice(3, 5));
    expect(lists.names(list.listId, 29, 10)).toEqual([made[0]]);
    expect(
      lists.locate(
        list.listId,
        [made[0], assetIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz'), made[29]].filter((id) => id !== undefined),
      ),
    ).toEqual([29, null, 0]);
    expect(lists.open(filterOf({ minStars: 5 }), 'newest', null)).toMatchObject({ count: 0, active: null });
  });

  it('keep every place while people decide, throw away and pictures arrive', async () => {
    using scene = await openWithPictures(12);
    const { library, lists, made, approve } = scene;
    const { listId } = lists.open(unreviewed, 'newest', null);
    const before = lists.names(listId, 0, 12);
    approve(made.slice(0, 5));
    library.assets.bin(made.slice(10, 11));
    expect(lists.follow(listId)).toEqual({ count: 12, leaving: 5 });
    const arrived = await completeJobs(library, 3);
    expect(lists.names(listId, 0, 100)).toEqual(before);
    expect(lists.follow(listId)).toEqual({ count: 15, leaving: 5 });
    expect(lists.follow(listId)).toEqual({ count: 15, leaving: 5 });
    expect(lists.names(listId, 0, 100)).toEqual([...before, ...arrived.toReversed()]);
    library.assets.restore(made.slice(10, 11));
    expect(lists.follow(listId)).toEqual({ count: 15, leaving: 5 });
  });

  it('find cursor and selection again when they are sorted anew', async () => {
    using scene = await openWithPictures(12);
    const { lists, made, approve } = scene;
    const { listId } = lists.open(unreviewed, 'oldest', null);
    const keep = (active: number, activeId: AssetId | null = null) => ({
      listId,
      active,
      activeId,
      selected: [[3, 9]] satisfies [number, number][],
    });
    approve([made[4], made[5]].filter((id) => id !== undefined));
    const stayed = lists.open(unreviewed, 'oldest', keep(6));
    expect(stayed).toMatchObject({ count: 10, active: 4, isKept: true, selected: [[3, 7]] });
    const left = lists.open(unreviewed, 'oldest', keep(4, made[4] ?? null));
    expect(left, 'the next one that stayed').toMatchObject({ active: 4, isKept: false });
    expect(lists.names(left.listId, 4, 1)).toEqual([made[6]]);
    approve(made.slice(6));
    expect(lists.open(unreviewed, 'oldest', keep(8)), 'the one before').toMatchObject({ count: 4, active: 3 });
    const far = lists.open(filterOf(), 'oldest', keep(Number.MAX_SAFE_INTEGER));
    expect(far, 'a place that never was leads to the nearest').toMatchObject({ active: 11, isKept: false });
    const named = lists.open(filterOf(), 'newest', {
      listId: null,
      active: null,
      activeId: made[2] ?? null,
      selected: [],
    });
    expect(named).toMatchObject({ active: 9, isKept: true });
  });

  it('bring the window around the cursor', async () => {
    using scene = await openWithPictures(320);
    const { lists, made } = scene;
    const list = lists.open(unreviewed, 'oldest', {
      listId: null,
      active: null,
      activeId: made[300] ?? null,
      selected: [],
    });
    expect(list.active).toBe(300);
    expect(list.window).toEqual({ start: 80, assetIds: made.slice(80) });
  });

  it('are let go when many others were opened since, with an error that says so', async () => {
    using scene = await openWithPictures(2);
    const { lists } = scene;
    const { listId } = lists.open(unreviewed, 'oldest', null);
    const used = lists.open(unreviewed, 'oldest', null).listId;
    for (let opened = 0; opened < 63; opened += 1) {
      lists.open(unreviewed, 'oldest', null);
      lists.names(used, 0, 1);
    }
    expect(lists.names(used, 0, 1)).toHaveLength(1);
    for (const gone of [listId, assetListIdSchema.parse('7zzzzzzzzzzzzzzzzzzzzzzzzz')])
      expect(() => lists.names(gone, 0, 1)).toThrow(
        expect.objectContaining({ code: 'assetList.notFound', data: { id: gone } }),
      );
    expect(lists.open(unreviewed, 'oldest', { listId, active: 1, activeId: null, selected: [[0, 2]] })).toMatchObject({
      active: 1,
      isKept: false,
      selected: [],
    });
  });

  it('keep the places of what left through the bin for good', async () => {
    using scene = await openWithPictures(6);
    const { library, lists, made } = scene;
    const { listId } = lists.open(unreviewed, 'oldest', null);
    library.assets.bin(made.slice(2, 4));
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    expect(lists.names(listId, 1, 4)).toEqual([made[1], null, null, made[4]]);
    expect(lists.locate(listId, made)).toEqual([0, 1, null, null, 4, 5]);
    expect(lists.follow(listId)).toEqual({ count: 6, leaving: 0 });
    expect(lists.open(unreviewed, 'oldest', null)).toMatchObject({ count: 4 });
  });

  it('answer alike when a part was read ahead and pictures changed in between', async () => {
    using scene = await openWithPictures(4);
    const { library, lists, made, approve } = scene;
    expect(library.assets.readAhead()).toBe(false);
    approve(made.slice(0, 1));
    const arrived = await completeJobs(library, 1);
    expect(lists.open(unreviewed, 'oldest', null).window.assetIds).toEqual([...made.slice(1), ...arrived]);
  });
});
