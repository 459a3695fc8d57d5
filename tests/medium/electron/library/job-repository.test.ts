import { describe, expect, it } from 'vitest';
import type { ErrorRecord } from '../../../../electron/contract/errors.ts';
import { objectHashSchema } from '../../../../electron/contract/identifiers.ts';
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

const failure: ErrorRecord = {
  code: 'engine.failed',
  message: 'It did not work.',
  data: { kind: 'image', reason: 'test' },
};

async function openWithBatch() {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  const plan = await preparePlan(library);
  const batch = library.batches.start(plan.planId, null, 'owner');
  const claim = (leaseMs = 1000) => {
    const job = claimPicture(library, { worker: 'test', leaseMs });
    if (job === null) {
      throw new Error('there is no job to claim');
    }
    return job;
  };
  return {
    library,
    clock,
    plan,
    batch,
    claim,
    folder,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('claim', () => {
  it('hands out every job once, in the order of the plan, with all that is needed to work on it', async () => {
    using scene = await openWithBatch();
    const { library, plan, batch } = scene;
    const cells = library.plans.cells(plan.planId);
    const claimed = cells.map(() => scene.claim());
    expect(claimed.map(({ cellId }) => cellId)).toEqual(cells.map(({ id }) => id));
    expect(claimPicture(library, { worker: 'test', leaseMs: 1000 })).toBeNull();
    expect(claimed[0]).toMatchObject({
      token: 1,
      attempt: 1,
      crashes: 0,
      batchId: batch.id,
      planId: plan.planId,
      briefId: plan.briefId,
      brandVersionId: plan.brandVersionId,
      conceptId: plan.conceptIds[0],
      formatId: 'square-post',
      locale: 'en',
      variation: 0,
      seed: 0,
    });
    expect(library.batches.get(batch.id)).toMatchObject({
      state: 'running',
      total: 8,
      waiting: 0,
      running: 8,
      done: 0,
    });
    expect(library.plans.cells(plan.planId).map(({ status }) => status)).toEqual(cells.map(() => 'running'));
  });

  it('passes over batches that are paused and takes the oldest that runs', async () => {
    using scene = await openWithBatch();
    const { library, plan, batch } = scene;
    const second = library.batches.start(plan.planId, null, 'owner');
    library.runs.pause(batch.id);
    expect(scene.claim().batchId).toBe(second.id);
    library.runs.resume(batch.id);
    expect(scene.claim().batchId).toBe(batch.id);
  });
});

describe('complete', () => {
  it('commits asset, recipe, report and the end of the job together', async () => {
    using scene = await openWithBatch();
    const { library, batch, plan } = scene;
    const job = scene.claim();
    scene.clock.advance(1234);
    const hash = await library.store.put(makePictureBytes(1));
    const result = makeResult(job, hash, { score: 12 });
    const outcome = completePicture(library, job, result);
    if (outcome.kind === 'stale') {
      throw new Error('the job was ours');
    }
    expect(library.assets.get(outcome.assetId)).toEqual({
      id: outcome.assetId,
      medium: 'picture',
      origin: 'made',
      durationMs: null,
      pages: null,
      hash,
      width: 64,
      height: 64,
      thumbnails: null,
      formatId: 'square-post',
      locale: 'en',
      headline: result.headline,
      flag: 'none',
      stars: 0,
      status: 'unreviewed',
      compliant: false,
      failedChecks: ['palette'],
      judgedBy: { brandVersionId: expect.any(String), number: 1 },
      remake: null,
      wasRemade: false,
      createdAtMs: scene.clock.nowMs(),
      briefId: plan.briefId,
      planId: plan.planId,
      batchId: batch.id,
      cellId: job.cellId,
      conceptId: job.conceptId,
      brandVersionId: plan.brandVersionId,
      sizeBytes: 3000,
      recipe: result.recipe,
      report: result.report,
      verdicts: [],
      standing: [],
    });
    expect(library.jobs.get(job.jobId)).toMatchObject({
      state: 'done',
      output: { assetId: outcome.assetId },
      attempts: 1,
    });
    expect(library.jobs.recentDurationsMs('picture.make', 5)).toEqual([1234]);
    expect(library.objects.describe(hash)).toEqual({ hash, mediaType: 'image/png', sizeBytes: 3000 });
    expect(library.batches.get(batch.id)).toMatchObject({ done: 1, waiting: 7, latestAssetIds: [outcome.assetId] });
    expect(library.plans.cell(job.cellId)).toMatchObject({
      status: 'done',
      takeCount: 1,
      cover: { assetId: outcome.assetId, thumbnail: hash },
    });
  });

  it('writes nothing when the picture is not in the store', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    const job = scene.claim();
    const missing = objectHashSchema.parse('c'.repeat(64));
    expect(() => completePicture(library, job, makeResult(job, missing))).toThrow(
      expect.objectContaining({ code: 'library.objectMissing' }),
    );
    expect(library.batches.get(batch.id)).toMatchObject({ running: 1, done: 0, latestAssetIds: [] });
    expect(library.jobs.heartbeat(job, 1000)).toBe(true);
  });

  it('does nothing a second time', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    const job = scene.claim();
    const result = makeResult(job, await library.store.put(makePictureBytes(1)));
    expect(completePicture(library, job, result).kind).toBe('committed');
    expect(completePicture(library, job, result)).toEqual({ kind: 'stale' });
    expect(library.jobs.fail(job, { error: failure, next: 'again', crashed: false })).toBe(false);
    expect(library.batches.get(batch.id).done).toBe(1);
  });

  it('finishes the batch with its last job', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    await completeJobs(library);
    expect(library.batches.get(batch.id)).toMatchObject({
      state: 'finished',
      done: 8,
      waiting: 0,
      finishedAtMs: scene.clock.nowMs(),
    });
    expect(library.batches.listOpen()).toEqual([]);
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });
});

describe('leases', () => {
  it('run out, after which the first worker changes nothing any more', async () => {
    using scene = await openWithBatch();
    const { library } = scene;
    const first = scene.claim(1000);
    library.jobs.begin(first);
    scene.clock.advance(1001);
    expect(library.jobs.releaseExpired()).toEqual([first.jobId]);
    const second = scene.claim();
    expect(second).toMatchObject({ jobId: first.jobId, token: 2, attempt: 2, crashes: 1 });
    const hash = await library.store.put(makePictureBytes(1));
    expect(library.jobs.heartbeat(first, 1000)).toBe(false);
    expect(completePicture(library, first, makeResult(first, hash))).toEqual({ kind: 'stale' });
    expect(library.jobs.fail(first, { error: failure, next: 'giveUp', crashed: true })).toBe(false);
    expect(library.jobs.release(first)).toBe(false);
    expect(completePicture(library, second, makeResult(second, hash)).kind).toBe('committed');
  });

  it('last as long as they are prolonged', async () => {
    using scene = await openWithBatch();
    const { library } = scene;
    const job = scene.claim(1000);
    scene.clock.advance(900);
    expect(library.jobs.heartbeat(job, 1000)).toBe(true);
    scene.clock.advance(900);
    expect(library.jobs.releaseExpired()).toEqual([]);
  });

  it('do not end because somebody set the system clock', async () => {
    using scene = await openWithBatch();
    const { library, clock } = scene;
    scene.claim(1000);
    for (const jumpMs of [3_600_000, -3_600_000, 365 * 86_400_000, -clock.nowMs()]) {
      clock.setWall(clock.nowMs() + jumpMs);
      expect(library.jobs.releaseExpired()).toEqual([]);
    }
  });

  it('of an earlier process end when the library opens; only what an engine had begun counts a crash', async () => {
    using scene = await openWithBatch();
    const begun = scene.claim(1_000_000_000);
    scene.library.jobs.begin(begun);
    const innocent = scene.claim(1_000_000_000);
    scene.library.close();
    using library = openTestLibrary(scene.folder.path, { idStart: 1000 });
    expect(library.jobs.get(begun.jobId)).toMatchObject({ state: 'waiting', attempts: 1, crashes: 1 });
    expect(library.jobs.get(innocent.jobId)).toMatchObject({ state: 'waiting', attempts: 0, crashes: 0 });
  });
});

describe('fail', () => {
  it('puts a job back in line or gives it up, and keeps why', async () => {
    using scene = await openWithBatch();
    const { library, batch, plan } = scene;
    const job = scene.claim();
    library.jobs.fail(job, { error: failure, next: 'again', crashed: true });
    expect(library.jobs.get(job.jobId)).toMatchObject({ state: 'waiting', attempts: 1, crashes: 1, error: failure });
    const again = scene.claim();
    library.jobs.fail(again, { error: failure, next: 'giveUp', crashed: false });
    expect(library.batches.failures(batch.id)).toEqual([
      { jobId: job.jobId, cellId: job.cellId, attempts: 2, error: failure },
    ]);
    expect(library.plans.cell(job.cellId)).toMatchObject({ status: 'failed', takeCount: 0, cover: null });
    expect(library.runs.retryFailed(batch.id)).toMatchObject({ failed: 0, waiting: 8, state: 'running' });
    expect(library.jobs.get(job.jobId)).toMatchObject({ attempts: 0, crashes: 0, error: null });
    expect(scene.claim()).toMatchObject({ jobId: job.jobId, token: 3, attempt: 1 });
    expect(library.plans.cells(plan.planId)[1]?.status).toBe('queued');
  });

  it('finishes a batch whose last job was given up, and running it again opens it', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    const doomed = scene.claim();
    await completeJobs(library);
    library.jobs.fail(doomed, { error: failure, next: 'giveUp', crashed: false });
    expect(library.batches.get(batch.id)).toMatchObject({ state: 'finished', failed: 1, done: 7 });
    expect(library.runs.retryFailed(batch.id)).toMatchObject({ state: 'running', finishedAtMs: null, waiting: 1 });
  });
});

describe('release', () => {
  it('hands a job back as if it had not been tried', async () => {
    using scene = await openWithBatch();
    const { library } = scene;
    const job = scene.claim();
    expect(library.jobs.release(job)).toBe(true);
    expect(library.jobs.get(job.jobId)).toMatchObject({ state: 'waiting', attempts: 0, crashes: 0 });
  });
});

const wrongState = (work: () => unknown, state: string) =>
  expect(work).toThrow(expect.objectContaining({ code: 'run.wrongState', data: expect.objectContaining({ state }) }));

describe('a batch', () => {
  it('pauses, goes on and stops, and refuses what makes no sense', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    wrongState(() => library.runs.resume(batch.id), 'running');
    const inHand = scene.claim();
    expect(library.runs.pause(batch.id).state).toBe('paused');
    expect(claimPicture(library, { worker: 'test', leaseMs: 1 })).toBeNull();
    expect(library.batches.countQueue()).toEqual({ waiting: 0, running: 0 });
    wrongState(() => library.runs.pause(batch.id), 'paused');
    expect(library.runs.resume(batch.id).state).toBe('running');
    expect(library.batches.countQueue()).toEqual({ waiting: 7, running: 1 });
    expect(library.runs.stop(batch.id)).toMatchObject({ state: 'stopped', waiting: 0, running: 1, done: 0 });
    wrongState(() => library.runs.resume(batch.id), 'stopped');
    const hash = await library.store.put(makePictureBytes(1));
    expect(completePicture(library, inHand, makeResult(inHand, hash)).kind).toBe('committed');
    expect(library.batches.get(batch.id)).toMatchObject({ state: 'stopped', done: 1 });
  });

  it('takes nothing back in line once it is stopped', async () => {
    using scene = await openWithBatch();
    const { library, batch } = scene;
    const job = scene.claim();
    library.runs.stop(batch.id);
    library.jobs.fail(job, { error: failure, next: 'again', crashed: false });
    expect(library.jobs.get(job.jobId)?.state).toBe('dropped');
    expect(claimPicture(library, { worker: 'test', leaseMs: 1 })).toBeNull();
  });

  it('makes further takes of named cells only', async () => {
    using scene = await openWithBatch();
    const { library, plan } = scene;
    await completeJobs(library);
    const [first, , third] = library.plans.cells(plan.planId);
    const retake = library.batches.start(
      plan.planId,
      [third?.id, first?.id].filter((id) => id !== undefined),
      'owner',
    );
    expect(retake.total).toBe(2);
    await completeJobs(library);
    expect(library.plans.cells(plan.planId).map(({ takeCount }) => takeCount)).toEqual([2, 1, 2, 1, 1, 1, 1, 1]);
    expect(library.batches.list(plan.planId, 10).map(({ id }) => id)).toEqual([retake.id, scene.batch.id]);
  });

  it('needs a cell', async () => {
    using scene = await openWithBatch();
    expect(() => scene.library.batches.start(scene.plan.planId, [], 'owner')).toThrow(
      expect.objectContaining({ code: 'plan.empty' }),
    );
  });
});
