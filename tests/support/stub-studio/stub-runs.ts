import { EventPublisher, implement } from '@orpc/server';
import type { Batch } from '../../../electron/contract/batch.ts';
import { jobIdSchema, runIdSchema } from '../../../electron/contract/identifiers.ts';
import type { RunId } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { runSubjectSchema } from '../../../electron/contract/run.ts';
import type { JobEnd, Run, RunKind, RunSubject, RunTroubles, WorkInHand } from '../../../electron/contract/run.ts';
import type { StubLibrary } from './stub-library.ts';
import type { Tell } from './stub-events.ts';

export type StubJob = { readonly kind: string; readonly subject: string };
type JobSteps = {
  /** Shows the job in hand. Throws when the run was stopped. */
  readonly show: (work: Partial<WorkInHand>) => void;
};
export type NewStubRun = {
  readonly kind: RunKind;
  readonly title: string;
  readonly about?: Partial<RunSubject>;
  readonly jobs: readonly StubJob[];
  /** Jobs whose engine crashed once before they were done. */
  readonly healed?: number;
  /** Returns what the job puts out; a thrown error record fails it. */
  readonly work: (index: number, steps: JobSteps) => Promise<unknown>;
};

export type StubRuns = ReturnType<typeof createStubRuns>;

class Stopped extends Error {}

/** Controls of batches, which keep their own state. */
export type StubBatchControl = {
  readonly find: (id: string) => Batch | null;
  readonly list: () => Batch[];
  readonly pause: (id: string) => void;
  readonly resume: (id: string) => void;
  readonly stop: (id: string) => void;
  readonly retryFailed: (id: string) => void;
};

/** Runs that do their jobs one after the other. */
export function createStubRuns(library: StubLibrary, tell: Tell) {
  const publisher = new EventPublisher<Record<string, Run>>();
  const runs = new Map<string, Run>();
  const ends = new Map<string, JobEnd[]>();
  let batches: StubBatchControl | null = null;

  function update(id: RunId, change: Partial<Run>): Run {
    const before = runs.get(id);
    if (!before) throw new Error(`no run ${id}`);
    const run = { ...before, ...change };
    runs.set(id, run);
    publisher.publish(id, run);
    tell(change.finishedAtMs ? 'run.finished' : 'job.done', [id]);
    return run;
  }

  function begin({ kind, title, about = {}, jobs, healed = 0, work }: NewStubRun): Run {
    const id = runIdSchema.parse(library.newId());
    const run: Run = {
      id,
      kind,
      state: 'running',
      title,
      about: runSubjectSchema.parse(about),
      total: jobs.length,
      done: 0,
      failed: 0,
      healed,
      waiting: jobs.length,
      inHand: [],
      perMinute: null,
      remaining: null,
      waitingFor: null,
      firstFailure: null,
      askedBy: 'owner',
      startedAtMs: Date.now(),
      finishedAtMs: null,
    };
    runs.set(id, run);
    ends.set(id, []);
    tell('run.added', [id]);
    void doAll(id, jobs, work);
    return run;
  }

  async function doAll(id: RunId, jobs: readonly StubJob[], work: NewStubRun['work']): Promise<void> {
    for (const [index, job] of jobs.entries()) {
      if (runs.get(id)?.state !== 'running') return;
      const jobId = jobIdSchema.parse(library.newId());
      const inHand = { jobId, ...job, index, done: 0, total: 1, unit: null, draft: null, preview: null };
      const end = { jobId, ...job, index, attempts: 1, output: null, error: null, draft: null };
      let draft: string | null = null;
      const show = (change: Partial<WorkInHand>) => {
        if (runs.get(id)?.state !== 'running') throw new Stopped();
        draft = change.draft ?? draft;
        update(id, { inHand: [{ ...inHand, ...change }], waiting: jobs.length - index - 1 });
      };
      try {
        show({});
        const output = await work(index, { show });
        ends.get(id)?.push({ ...end, state: 'done', output });
        update(id, { done: (runs.get(id)?.done ?? 0) + 1, inHand: [] });
      } catch (error) {
        if (error instanceof Stopped) {
          ends.get(id)?.push({ ...end, state: 'dropped', draft });
          return;
        }
        const record = error as NonNullable<JobEnd['error']>;
        ends.get(id)?.push({ ...end, state: 'failed', error: record, draft });
        const { failed = 0, firstFailure = null } = runs.get(id) ?? {};
        update(id, { failed: failed + 1, firstFailure: firstFailure ?? record, inHand: [] });
      }
    }
    update(id, { state: 'finished', waiting: 0, finishedAtMs: Date.now() });
  }

  const os = implement(studioContract).run;
  const viewBatch = (batch: Batch): Run => fromBatch(batch, library.plans.get(batch.planId) ?? null);
  const known = (id: string): Run => {
    const batch = batches?.find(id) ?? null;
    const run = runs.get(id) ?? (batch && viewBatch(batch));
    if (!run) throw new Error(`no run ${id}`);
    return run;
  };
  const move = (what: keyof Omit<StubBatchControl, 'find' | 'list'>, id: RunId, change: Partial<Run>): Run => {
    if (runs.has(id)) return update(id, change);
    batches?.[what](id);
    return known(id);
  };
  const handlers = {
    list: os.list.handler(({ input }) =>
      [...runs.values(), ...(batches?.list() ?? []).map(viewBatch)]
        .toSorted((one, other) => one.startedAtMs - other.startedAtMs)
        .filter(
          ({ kind, state, about, failed, startedAtMs }) =>
            (input.kinds.length === 0 || input.kinds.includes(kind)) &&
            (input.open === null || input.open === (state === 'running' || state === 'paused')) &&
            (!input.failed || failed > 0) &&
            (input.before === null || startedAtMs < known(input.before).startedAtMs) &&
            (input.briefId === null || about.briefId === input.briefId),
        )
        .toReversed()
        .slice(0, input.limit),
    ),
    get: os.get.handler(({ input }) => known(input.runId)),
    pause: os.pause.handler(({ input }) => move('pause', input.runId, { state: 'paused' })),
    resume: os.resume.handler(({ input }) => move('resume', input.runId, { state: 'running' })),
    stop: os.stop.handler(({ input }) =>
      move('stop', input.runId, { state: 'stopped', inHand: [], waiting: 0, finishedAtMs: Date.now() }),
    ),
    retryFailed: os.retryFailed.handler(({ input }) => move('retryFailed', input.runId, {})),
    troubles: os.troubles.handler(({ input }) => ({
      failed: (ends.get(input.runId) ?? []).flatMap(({ error, attempts }) =>
        error === null ? [] : [{ error, jobs: 1, attempts }],
      ),
      healed: healedOf(known(input.runId)),
    })),
    ends: os.ends.handler(({ input }) => ends.get(input.runId) ?? []),
    watch: os.watch.handler(async function* ({ input, signal }) {
      const now = known(input.runId);
      yield now;
      if (isOver(now)) return;
      // Batches publish to their own watchers.
      while (!runs.has(input.runId)) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        const run = known(input.runId);
        yield run;
        if (isOver(run) || signal?.aborted === true) return;
      }
      for await (const run of publisher.subscribe(input.runId, { signal })) {
        yield run;
        if (isOver(run)) return;
      }
    }),
  };
  return {
    handlers,
    begin,
    attachBatches: (control: StubBatchControl) => void (batches = control),
  };
}

function healedOf({ healed, startedAtMs }: Run): RunTroubles['healed'] {
  if (healed === 0) return [];
  const data = { kind: 'text', exitCode: null, signal: 'SIGSEGV', lastWords: 'Segmentation fault' } as const;
  const error = { code: 'engine.crashed', message: 'The text engine ended.', data } as const;
  return [{ error, jobs: healed, lastAtMs: startedAtMs }];
}

const isOver = ({ state }: Run) => state === 'finished' || state === 'stopped';

function fromBatch(batch: Batch, plan: Plan | null): Run {
  return {
    id: batch.id,
    kind: 'batch',
    state: batch.state,
    title: plan?.name ?? '',
    about: { briefId: plan?.briefId ?? null, planId: batch.planId, brandVersionId: null },
    total: batch.total,
    done: batch.done,
    failed: batch.failed,
    healed: 0,
    waiting: batch.waiting,
    inHand: batch.inHand.map(({ jobId, cellId, step, steps, preview }, index) => ({
      jobId,
      kind: 'picture.make',
      subject: cellId,
      index,
      done: step,
      total: steps,
      unit: null,
      draft: null,
      preview,
    })),
    perMinute: batch.imagesPerMinute,
    remaining: batch.remaining,
    waitingFor: batch.waitingFor,
    firstFailure: null,
    askedBy: 'owner',
    startedAtMs: batch.startedAtMs,
    finishedAtMs: batch.finishedAtMs,
  };
}
