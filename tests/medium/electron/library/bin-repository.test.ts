import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectHashSchema } from '../../../../electron/contract/identifiers.ts';
import type { AssetId, DeliverableId } from '../../../../electron/contract/identifiers.ts';
import {
  completeJobs,
  createManualClock,
  createTestFolder,
  makePictureBytes,
  makeResult,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';
import { claimPicture, completePicture } from '../../../../scripts/proof/picture-jobs.ts';

async function openWithAssets() {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  const plan = await preparePlan(library);
  library.batches.start(plan.planId, null, 'owner');
  const made = await completeJobs(library);
  return {
    library,
    clock,
    plan,
    made,
    path: folder.path,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

const all = { binnedBeforeMs: Number.MAX_SAFE_INTEGER };

describe('empty', () => {
  it('deletes what was binned before a moment, with its files, and nothing else', async () => {
    using scene = await openWithAssets();
    const { library, clock, made } = scene;
    const [early, late, kept] = made as [AssetId, AssetId, AssetId];
    const hashOf = (id: AssetId) => library.assets.get(id).hash;
    const hashes = { early: hashOf(early), late: hashOf(late), kept: hashOf(kept) };
    library.verdicts.decide({ assetIds: made, decision: { axis: 'stars', value: 2 }, reason: '', reviewer: 'ada' });
    library.assets.bin([early]);
    clock.advance(1000);
    library.assets.bin([late]);
    expect(library.bin.content()).toEqual({ assets: 2, deliverables: 0, bytes: 6000 });
    expect(library.bin.empty({ binnedBeforeMs: clock.nowMs() })).toEqual({
      assets: 1,
      deliverables: 0,
      objects: 1,
      bytes: 3000,
    });
    expect(() => library.assets.get(early)).toThrow(expect.objectContaining({ code: 'asset.notFound' }));
    expect([hashes.early, hashes.late, hashes.kept].map((hash) => library.store.sizeOf(hash))).toEqual([
      null,
      3000,
      3000,
    ]);
    expect(library.bin.hasEmptied(early)).toBe(true);
    expect(library.assets.restore([early, late])).toBe(1);
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });

  it.each(['small', 'medium', 'large'] as const)('keeps an object that a %s thumbnail still names', async (edge) => {
    using scene = await openWithAssets();
    const { library, plan, made } = scene;
    const shared = makePictureBytes(777);
    const hash = await library.store.put(shared);
    library.batches.start(plan.planId, null, 'owner');
    const twins: AssetId[] = [];
    for (
      let job = claimPicture(library, { worker: 'w', leaseMs: 1000 });
      job !== null;
      job = claimPicture(library, { worker: 'w', leaseMs: 1000 })
    ) {
      const outcome = completePicture(library, job, makeResult(job, hash));
      twins.push(...(outcome.kind === 'committed' ? [outcome.assetId] : []));
    }
    const other = await library.store.put(makePictureBytes(778));
    library.thumbnails.record(made[0] as AssetId, { small: other, medium: other, large: other, [edge]: hash });
    library.assets.bin(twins.slice(1));
    expect(library.bin.empty(all)).toMatchObject({ assets: 7, objects: 0 });
    library.assets.bin(twins.slice(0, 1));
    expect(library.bin.empty(all)).toMatchObject({ assets: 1, objects: 0 });
    library.assets.bin(made.slice(0, 1));
    expect(library.bin.empty(all)).toMatchObject({ assets: 1, objects: 3 });
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });

  it('deletes concepts that no plan is built on and keeps the others in the bin', async () => {
    using scene = await openWithAssets();
    const { library, plan } = scene;
    const { content, origin } = library.deliverables.get(
      plan.conceptIds[0] ??
        (() => {
          throw new Error('no concept');
        })(),
    );
    const loose = library.deliverables.add({ briefId: plan.briefId, content, origin, parentIds: [], citations: [] });
    library.deliverables.bin([loose.id, ...plan.conceptIds]);
    expect(library.bin.empty(all)).toMatchObject({ deliverables: 1 });
    expect(() => library.deliverables.get(loose.id)).toThrow(expect.objectContaining({ code: 'deliverable.notFound' }));
    expect(library.deliverables.restore(plan.conceptIds)).toBe(2);
  });

  it('goes in steps, oldest first, and sweeps what nothing names in the last one', async () => {
    using scene = await openWithAssets();
    const { library, clock, made } = scene;
    const sample = await library.store.put(makePictureBytes(889));
    library.objects.remember(sample);
    clock.advance(25 * 3_600_000);
    for (const id of made.slice(0, 5)) {
      library.assets.bin([id]);
      clock.advance(1);
    }
    const left = () => library.bin.list({ offset: 0, limit: 10 }).map(({ id }) => id);
    expect(left()).toEqual(made.slice(0, 5).toReversed());
    expect(library.bin.empty({ ...all, atMost: 2 })).toMatchObject({ assets: 2, objects: 2 });
    expect(left()).toEqual(made.slice(2, 5).toReversed());
    expect(library.store.sizeOf(sample)).not.toBeNull();
    expect(library.bin.empty({ ...all, atMost: 2 })).toMatchObject({ assets: 2, objects: 2 });
    expect(library.bin.empty({ ...all, atMost: 2 })).toMatchObject({ assets: 1, objects: 2 });
    expect(library.store.sizeOf(sample)).toBeNull();
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });

  it('sweeps remembered objects that nothing named for a day, and what repair put aside', async () => {
    using scene = await openWithAssets();
    const { library, clock, path } = scene;
    const sample = await library.store.put(makePictureBytes(888));
    library.objects.remember(sample);
    expect(library.bin.empty(all).objects).toBe(0);
    writeFileSync(join(path, 'bin', 'put-aside'), 'x');
    clock.advance(25 * 3_600_000);
    expect(library.bin.empty(all)).toMatchObject({ objects: 1 });
    expect(library.store.sizeOf(sample)).toBeNull();
    expect(library.objects.describe(sample)).toBeNull();
    expect(readdirSync(join(path, 'bin'))).toEqual([]);
  });

  it('makes a put that comes after it write the file again', async () => {
    using scene = await openWithAssets();
    const { library, made, path } = scene;
    const hash = library.assets.get(made[0] as AssetId).hash;
    const bytes = await library.store.read(hash);
    library.assets.bin(made.slice(0, 1));
    library.bin.empty(all);
    expect(() => library.objects.remember(hash)).toThrow(expect.objectContaining({ code: 'library.objectMissing' }));
    expect(library.objects.remember(await library.store.put(bytes)).hash).toBe(hash);
    expect(existsSync(join(path, 'objects', hash.slice(0, 2), hash.slice(2)))).toBe(true);
  });
});

describe('a plan that starts from a picture', () => {
  it('keeps the picture and its mask when the bin is emptied, and hands them to its jobs', async () => {
    using scene = await openWithAssets();
    const { library, plan, clock } = scene;
    const [hash, mask, unnamed] = [
      await library.store.put(makePictureBytes(901)),
      await library.store.put(makePictureBytes(902)),
      await library.store.put(makePictureBytes(903)),
    ];
    for (const each of [hash, mask, unnamed]) library.objects.remember(each);
    const { id: _id, cellCount: _cells, createdAtMs: _at, ...rest } = library.plans.get(plan.planId);
    const source = { hash, mask, strength: 0.5 };
    const [conceptId, formatId] = [rest.conceptIds[0], rest.formatIds[0]];
    if (conceptId === undefined || formatId === undefined) throw new Error('the plan is empty');
    const cells = [{ conceptId, formatId, locale: 'en', variation: 0, seed: 1 }];
    const made = library.plans.create({ ...rest, source, cells });
    expect(library.plans.get(made.id).source).toEqual(source);
    expect(library.plans.get(plan.planId).source).toBeUndefined();
    library.batches.start(made.id, null, 'owner');
    expect(claimPicture(library, { worker: 'test', leaseMs: 1000 })?.source).toEqual(source);
    clock.advance(40 * 24 * 3600 * 1000);
    library.bin.empty(all);
    expect([hash, mask, unnamed].map((each) => library.objects.describe(each) !== null)).toEqual([true, true, false]);
  });

  it('names the picture that is not in the store', async () => {
    using scene = await openWithAssets();
    const { library, plan } = scene;
    const { id: _id, cellCount: _cells, createdAtMs: _at, ...rest } = library.plans.get(plan.planId);
    const source = { hash: objectHashSchema.parse('f'.repeat(64)), mask: null, strength: 0.5 };
    expect(() => library.plans.create({ ...rest, source, cells: [] })).toThrow(
      expect.objectContaining({ code: 'library.objectMissing' }),
    );
  });
});

describe('list', () => {
  it('tells what lies in the bin with the names that people know, window by window, the last thrown away first', async () => {
    using scene = await openWithAssets();
    const { library, clock, made, plan } = scene;
    const [first, second] = made as [AssetId, AssetId];
    const concept = library.deliverables.get(plan.conceptIds[0] as DeliverableId);
    library.assets.bin([first]);
    clock.advance(5);
    library.deliverables.bin([concept.id]);
    clock.advance(5);
    library.assets.bin([second]);
    const brief = library.briefs.get(plan.briefId);
    const items = library.bin.list({ offset: 0, limit: 10 });
    expect(items.map(({ id }) => id)).toEqual([second, concept.id, first]);
    expect(items[0]).toMatchObject({
      kind: 'asset',
      title: library.assets.get(second).headline,
      briefName: brief.fields.name,
      binnedAtMs: clock.nowMs(),
      thumbnail: library.assets.get(second).hash,
    });
    expect(items[1]).toMatchObject({
      kind: 'deliverable',
      what: 'concept',
      title: concept.content.kind === 'concept' ? concept.content.concept.title : '',
      inUse: true,
    });
    expect(library.bin.list({ offset: 1, limit: 1 }).map(({ id }) => id)).toEqual([concept.id]);
    expect(library.bin.ids()).toEqual({ assetIds: [first, second], deliverableIds: [concept.id] });
  });
});
