import { expect, it } from 'vitest';
import { briefIdSchema } from '../../../../electron/contract/identifiers.ts';
import type { RunFilter } from '../../../../electron/contract/run.ts';
import type { Library } from '../../../../electron/library/library.ts';
import type { NewJob } from '../../../../electron/library/repositories/run-repository.ts';
import { createManualClock, createTestFolder, openTestLibrary } from '../../../support/library-fixtures.ts';

const briefId = briefIdSchema.parse('0'.repeat(26));
const error = { code: 'engine.failed', message: 'no', data: { kind: 'text', reason: 'test' } } as const;

function write(position: number, more: Partial<NewJob<'deliverable.write'>> = {}): NewJob<'deliverable.write'> {
  const input = { briefId, brandVersionId: null, kind: 'gap' as const, position, seed: 1 };
  return { kind: 'deliverable.write', resource: 'text', subject: 'gap', input, ...more };
}

function open() {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  const start = (jobs: readonly NewJob[], priority = 0) =>
    library.runs.start({ kind: 'ideation', title: 'Launch', askedBy: 'owner', priority, jobs });
  return {
    clock,
    library,
    start,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

const claim = (library: Library) =>
  library.jobs.claim({ resource: 'text', kinds: ['deliverable.write'], worker: 'test', leaseMs: 1000 });
const positions = (library: Library) => {
  const found: number[] = [];
  for (let job = claim(library); job !== null; job = claim(library))
    found.push((job.input as { position: number }).position);
  return found;
};

it('a job waits for those that it needs, and goes on when the last of them has ended', () => {
  using scene = open();
  const { library } = scene;
  scene.start([
    write(0),
    write(1),
    write(2, {
      needs: [
        { index: 0, mustSucceed: true },
        { index: 1, mustSucceed: false },
      ],
    }),
  ]);
  const first = claim(library);
  const second = claim(library);
  expect(claim(library)).toBeNull();
  if (first === null || second === null) throw new Error('two jobs were ready');
  library.jobs.complete(first, () => ({}));
  expect(claim(library)).toBeNull();
  library.jobs.fail(second, { error, next: 'giveUp', crashed: false });
  expect(claim(library)).toMatchObject({ index: 2 });
});

it('a job that cannot do without another fails with it, and what needs that one too; a new try brings all of them back', () => {
  using scene = open();
  const { library } = scene;
  const run = scene.start([
    write(0),
    write(1, { needs: [{ index: 0, mustSucceed: true }] }),
    write(2, { needs: [{ index: 1, mustSucceed: true }] }),
    write(3, { needs: [{ index: 2, mustSucceed: false }] }),
  ]);
  const first = claim(library);
  if (first === null) throw new Error('nothing was ready');
  library.jobs.fail(first, { error, next: 'giveUp', crashed: false });
  expect(library.runs.get(run.id)).toMatchObject({ state: 'running', failed: 3, waiting: 1 });
  expect(library.runs.ends(run.id).map((end) => end.error?.code)).toEqual([
    'engine.failed',
    'job.needFailed',
    'job.needFailed',
  ]);
  expect(library.runs.retryFailed(run.id)).toMatchObject({ state: 'running', failed: 0, waiting: 4 });
  expect(positions(library)).toEqual([0]);
});

it('the more urgent run and the more urgent job come first, and a paused run lies still', () => {
  using scene = open();
  const { library } = scene;
  const night = scene.start([write(0), write(1, { priority: 5 })]);
  scene.start([write(7)], 10);
  const paused = scene.start([write(9)], 20);
  library.runs.pause(paused.id);
  expect(positions(library)).toEqual([7, 1, 0]);
  expect(library.runs.get(night.id)).toMatchObject({ waiting: 0, running: 2 });
  library.runs.resume(paused.id);
  expect(positions(library)).toEqual([9]);
});

it('a job is not begun before its time, and the studio can tell when that is', () => {
  using scene = open();
  const { library, clock } = scene;
  scene.start([write(0, { notBeforeMs: clock.nowMs() + 500 })]);
  expect(claim(library)).toBeNull();
  expect(library.jobs.nextDueMs('text')).toBe(clock.nowMs() + 500);
  clock.advance(500);
  const job = claim(library);
  expect(job).toMatchObject({ index: 0, attempt: 1 });
  if (job === null) throw new Error('its time has come');
  library.jobs.fail(job, { error, next: 'again', crashed: false, notBeforeMs: clock.nowMs() + 100 });
  expect(claim(library)).toBeNull();
  clock.advance(100);
  expect(claim(library)).toMatchObject({ attempt: 2 });
});

it('what a job of the same kind and input put out before is known', () => {
  using scene = open();
  const { library } = scene;
  scene.start([write(0, { inputHash: 'a' }), write(1, { inputHash: 'b' })]);
  const job = claim(library);
  if (job === null) throw new Error('nothing was ready');
  library.jobs.complete(job, () => ({ deliverableId: 'x' }));
  expect(library.jobs.known('deliverable.write', 'a')).toEqual({ deliverableId: 'x' });
  expect(library.jobs.known('deliverable.write', 'b')).toBeUndefined();
  expect(library.jobs.known('picture.make', 'a')).toBeUndefined();
});

it('a draft outlives a stop and a kill, and goes when the job is done', () => {
  using scene = open();
  const { library } = scene;
  const run = scene.start([write(0), write(1)]);
  const [first, second] = [claim(library), claim(library)];
  if (first === null || second === null) throw new Error('two jobs were ready');
  library.jobs.keepDraft(first, 'Half a');
  library.jobs.keepDraft(first, 'Half a sentence');
  library.jobs.keepDraft(second, 'All of it');
  library.jobs.complete(second, () => ({}));
  library.runs.stop(run.id);
  library.jobs.release(first);
  expect(library.runs.ends(run.id).map(({ state, draft }) => [state, draft])).toEqual([
    ['dropped', 'Half a sentence'],
    ['done', null],
  ]);
});

it('a run without jobs is over at once, and one that needs what comes after it is refused whole', () => {
  using scene = open();
  const { library } = scene;
  expect(scene.start([])).toMatchObject({ state: 'finished', total: 0 });
  expect(() => scene.start([write(0, { needs: [{ index: 1, mustSucceed: true }] }), write(1)])).toThrow(
    'not before it',
  );
  expect(library.runs.list({ open: true })).toEqual([]);
});

it('tells what was mended by itself apart from what failed, each reason once, and the person who tried again from either', () => {
  using scene = open();
  const { library } = scene;
  const run = scene.start([write(0), write(1), write(2), write(3)]);
  const crash = {
    code: 'engine.crashed',
    message: 'The text engine ended.',
    data: { kind: 'text', exitCode: 1, signal: null, lastWords: '', begun: true },
  } as const;
  const take = () => claim(library) ?? expect.fail('nothing was ready');
  // The first two crash once and are made then; the third fails for good, as the last does.
  for (let index = 0; index < 2; index += 1) {
    const first = take();
    library.jobs.fail(first, { error: crash, next: 'again', crashed: true });
    library.jobs.complete(take(), () => ({}));
  }
  library.jobs.fail(take(), { error, next: 'giveUp', crashed: false });
  library.jobs.fail(take(), { error, next: 'giveUp', crashed: false });
  expect(library.runs.get(run.id)).toMatchObject({ done: 2, healed: 2, failed: 2, state: 'finished' });
  expect(library.runs.troubles(run.id)).toEqual({
    failed: [{ error, jobs: 2, attempts: 1 }],
    healed: [{ error: crash, jobs: 2, lastAtMs: expect.any(Number) }],
  });
  library.runs.retryFailed(run.id);
  library.jobs.complete(take(), () => ({}));
  library.jobs.complete(take(), () => ({}));
  expect(library.runs.get(run.id)).toMatchObject({ done: 4, healed: 2, failed: 0 });
});

it('lists page by page, and only those in which something failed', () => {
  using scene = open();
  const { library } = scene;
  const [one, two, three] = [scene.start([write(0)]), scene.start([write(0)]), scene.start([write(0)])];
  library.jobs.fail(claim(library) ?? expect.fail('nothing was ready'), { error, next: 'giveUp', crashed: false });
  const list = (filter: Partial<RunFilter>) => library.runs.list(filter).map(({ id }) => id);
  expect(list({})).toEqual([three.id, two.id, one.id]);
  expect(list({ limit: 2 })).toEqual([three.id, two.id]);
  expect(list({ before: two.id })).toEqual([one.id]);
  expect(list({ failed: true })).toEqual([one.id]);
  expect(list({ open: true })).toEqual([three.id, two.id]);
  expect(list({ open: false })).toEqual([one.id]);
});
