import { describe, expect, it } from 'vitest';
import type { ComplianceReport } from '../../../../electron/contract/compliance.ts';
import { assetIdSchema } from '../../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../../electron/contract/identifiers.ts';
import type { Decision } from '../../../../electron/contract/review.ts';
import type { Library } from '../../../../electron/library/library.ts';
import type { JobHandle } from '../../../../electron/library/repositories/job-repository.ts';
import type { BrandVersionId } from '../../../../electron/contract/identifiers.ts';
import {
  completeJobs,
  createManualClock,
  createTestFolder,
  makeKit,
  makePictureBytes,
  makeReport,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const everything = { briefId: null, planId: null };

type RescoreJob = JobHandle & { readonly assetId: AssetId; readonly brandVersionId: unknown; readonly attempt: number };

function claimRescore(library: Library, leaseMs: number): RescoreJob | null {
  const job = library.jobs.claim({ resource: 'processor', kinds: ['picture.rescore'], worker: 'test', leaseMs });
  if (job === null) return null;
  library.jobs.begin(job);
  return { ...job, ...(job.input as { brandVersionId: unknown }), assetId: assetIdSchema.parse(job.subject) };
}

function completeRescore(library: Library, job: RescoreJob, report: ComplianceReport): boolean {
  return library.jobs.complete(job, () => {
    library.assets.addReport(job.assetId, report);
    return {};
  });
}

async function openWithPictures(score: (index: number) => number = () => 5) {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  const plan = await preparePlan(library);
  library.batches.start(plan.planId, null, 'owner');
  const assetIds = await completeJobs(library, Number.POSITIVE_INFINITY, score);
  const { brandId, files } = library.brands.version(plan.brandVersionId);
  const second = library.brands.addVersion(brandId, { kit: makeKit('Lumen two'), files });
  const scoreNext = (versionId: BrandVersionId, value: number) => {
    const job = claimRescore(library, 1000);
    if (job === null) throw new Error('there is nothing to score');
    expect(job.brandVersionId).toBe(versionId);
    return { job, ended: completeRescore(library, job, makeReport(versionId, value)) };
  };
  return {
    folder,
    clock,
    library,
    plan,
    brandId,
    second,
    assetIds,
    scoreNext,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('overview', () => {
  it('counts the newest report of each picture, worst check first, with the worst pictures', async () => {
    using scene = await openWithPictures((index) => index * 2);
    const { library, assetIds } = scene;
    const overview = library.scores.overview(everything, null);
    expect(overview).toMatchObject({ total: 8, scored: 8, passed: 6 });
    const [palette] = overview.checks;
    expect(palette).toMatchObject({
      name: 'palette',
      better: 'lower',
      threshold: 10,
      total: 8,
      failed: 2,
      lowest: 0,
      highest: 14,
      middle: 8,
      worst: [assetIds[7], assetIds[6]],
    });
    expect(palette?.buckets.reduce((sum, count) => sum + count, 0)).toBe(8);
    expect([palette?.buckets[0], palette?.buckets.at(-1)]).toEqual([1, 1]);
    expect([palette?.failedBuckets[0], palette?.failedBuckets.at(-1)]).toEqual([0, 1]);
    expect(palette?.failedBuckets.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('counts neither what was rejected nor a take that a newer one took the place of, and says how many', async () => {
    using scene = await openWithPictures(() => 5);
    const { library, plan, assetIds } = scene;
    const decide = (assetId: AssetId | undefined, decision: Decision) =>
      library.verdicts.decide({ assetIds: assetId ? [assetId] : [], decision, reason: '', reviewer: 'ada' });
    const counted = () => {
      const { total, leftOut, scored } = library.scores.overview(everything, null);
      return { total, leftOut, scored };
    };
    expect(counted()).toEqual({ total: 8, leftOut: 0, scored: 8 });
    decide(assetIds[0], { axis: 'status', value: 'rejected' });
    decide(assetIds[1], { axis: 'flag', value: 'reject' });
    expect(counted()).toEqual({ total: 6, leftOut: 2, scored: 6 });
    library.batches.start(plan.planId, null, 'owner');
    const again = await completeJobs(library);
    expect(again).toHaveLength(8);
    expect(counted()).toEqual({ total: 8, leftOut: 8, scored: 8 });
    // An approved take stays in use beside a newer one; a newer one in the bin takes no place.
    decide(assetIds[2], { axis: 'status', value: 'approved' });
    expect(counted()).toEqual({ total: 9, leftOut: 7, scored: 9 });
    library.assets.bin(again);
    expect(counted()).toEqual({ total: 6, leftOut: 2, scored: 6 });
  });

  it('keeps both scores apart and leaves binned pictures and other scopes out', async () => {
    using scene = await openWithPictures(() => 5);
    const { library, plan, second, assetIds } = scene;
    library.rescores.start(second.id, everything, 'owner');
    for (const value of [20, 5, 20]) scene.scoreNext(second.id, value);
    expect(library.scores.overview(everything, second.id)).toMatchObject({ total: 8, scored: 3, passed: 1 });
    expect(library.scores.overview(everything, plan.brandVersionId)).toMatchObject({ total: 8, scored: 8, passed: 8 });
    expect(library.scores.overview(everything, null), 'by the version of the making').toMatchObject({
      total: 8,
      scored: 8,
      passed: 8,
    });
    const [first] = assetIds;
    if (!first) throw new Error('no asset');
    expect(
      library.scores
        .reports(first)
        .map(({ versionNumber, isPinned, report }) => [versionNumber, isPinned, report.passed]),
    ).toEqual([
      [1, true, true],
      [2, false, false],
    ]);
    expect(library.scores.versions(everything).map(({ number, made, scored }) => [number, made, scored])).toEqual([
      [2, 0, 3],
      [1, 8, 8],
    ]);
    library.assets.bin([first]);
    expect(library.scores.overview(everything, second.id)).toMatchObject({ total: 7, scored: 2, passed: 1 });
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    expect(library.rescores.list(1)[0]).toMatchObject({ total: 8, done: 3, waiting: 5 });
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
    const gone = { briefId: plan.briefId.replace(/.$/, 'z') as typeof plan.briefId, planId: null };
    expect(library.scores.overview(gone, null)).toEqual({ total: 0, leftOut: 0, scored: 0, passed: 0, checks: [] });
  });
});

describe('scoring again', () => {
  it('queues each picture once, counts, finishes, and has nothing left to do then', async () => {
    using scene = await openWithPictures();
    const { library, plan, second } = scene;
    const run = library.rescores.start(second.id, { briefId: plan.briefId, planId: plan.planId }, 'owner');
    expect(run).toMatchObject({ state: 'running', total: 8, done: 0, waiting: 8, versionNumber: 2 });
    for (let index = 0; index < 8; index++) expect(scene.scoreNext(second.id, 5).ended).toBe(true);
    expect(library.rescores.get(run.id)).toMatchObject({ state: 'finished', done: 8, waiting: 0 });
    expect(claimRescore(library, 1000)).toBeNull();
    expect(() => library.rescores.start(second.id, everything, 'owner')).toThrow(
      expect.objectContaining({ code: 'rescore.empty' }),
    );
  });

  it('goes on after a kill: what was in hand is back in line, and the old token writes nothing', async () => {
    using scene = await openWithPictures();
    const { library, second, folder } = scene;
    const run = library.rescores.start(second.id, everything, 'owner');
    scene.scoreNext(second.id, 5);
    const held = claimRescore(library, 60_000);
    library.close();
    const reopened = openTestLibrary(folder.path, { idStart: 5000 });
    expect(reopened.rescores.get(run.id)).toMatchObject({ state: 'running', done: 1, waiting: 7 });
    const again = claimRescore(reopened, 1000);
    expect([again?.assetId, again?.attempt]).toEqual([held?.assetId, 2]);
    if (held === null) throw new Error('nothing was held');
    expect(completeRescore(reopened, held, makeReport(second.id))).toBe(false);
    expect(reopened.scores.reports(held.assetId)).toHaveLength(1);
    reopened.close();
  });

  it('takes a job whose lease ran out away from whoever held it', async () => {
    using scene = await openWithPictures();
    const { library, second, clock } = scene;
    library.rescores.start(second.id, everything, 'owner');
    const slow = claimRescore(library, 1000);
    clock.advance(1001);
    library.jobs.releaseExpired();
    const next = claimRescore(library, 1000);
    expect(next?.assetId).toBe(slow?.assetId);
    expect(slow !== null && completeRescore(library, slow, makeReport(second.id))).toBe(false);
    expect(next !== null && completeRescore(library, next, makeReport(second.id))).toBe(true);
  });

  it('stops: what is scored stays, the rest is dropped, and what comes back is not lined up again', async () => {
    using scene = await openWithPictures();
    const { library, second } = scene;
    const run = library.rescores.start(second.id, everything, 'owner');
    scene.scoreNext(second.id, 5);
    const held = claimRescore(library, 1000);
    expect(library.runs.stop(run.id)).toMatchObject({ state: 'stopped', done: 1, waiting: 0, running: 1 });
    expect(held !== null && library.jobs.release(held)).toBe(true);
    expect(library.rescores.get(run.id)).toMatchObject({ state: 'stopped', done: 1, waiting: 0 });
    expect(claimRescore(library, 1000)).toBeNull();
    expect(library.rescores.start(second.id, everything, 'owner')).toMatchObject({ total: 7 });
  });

  it('says why a picture was set aside', async () => {
    using scene = await openWithPictures();
    const { library, second } = scene;
    const run = library.rescores.start(second.id, everything, 'owner');
    const error = {
      code: 'library.unsupportedFile',
      message: 'It is gone.',
      data: { name: 'a', reason: 'b' },
    } as const;
    const fail = (next: 'again' | 'giveUp') => {
      const job = claimRescore(library, 1000);
      if (job) library.jobs.fail(job, { error, next, crashed: false });
      return job?.assetId;
    };
    expect(fail('again')).toBe(fail('giveUp'));
    expect(library.rescores.get(run.id)).toMatchObject({ failed: 1, waiting: 7, firstFailure: 'It is gone.' });
  });
});

describe('drafts', () => {
  it('survive a restart with their files, and the bin leaves these alone', async () => {
    using scene = await openWithPictures();
    const { library, brandId, second, folder, clock } = scene;
    const reference = await library.store.put(makePictureBytes(77));
    const kit = { ...makeKit('Edited'), style: { ...makeKit().style, references: ['mood.png'] } };
    library.brandDrafts.save(brandId, second.id, { kit, files: { ...second.files, 'mood.png': reference } });
    clock.advance(48 * 60 * 60 * 1000);
    library.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    library.close();
    const reopened = openTestLibrary(folder.path, { idStart: 5000, clock });
    expect(reopened.brandDrafts.get(brandId)).toMatchObject({
      basedOn: second.id,
      kit: { name: 'Edited' },
      files: { 'mood.png': reference },
    });
    expect(reopened.store.sizeOf(reference)).toBe(3000);
    expect([reopened.brandDrafts.discard(brandId), reopened.brandDrafts.discard(brandId)]).toEqual([true, false]);
    reopened.bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
    expect(reopened.store.sizeOf(reference)).toBeNull();
    reopened.close();
  });
});
