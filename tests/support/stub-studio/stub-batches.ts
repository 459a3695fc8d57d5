import { EventPublisher, implement } from '@orpc/server';
import type { Batch } from '../../../electron/contract/batch.ts';
import { batchIdSchema, jobIdSchema } from '../../../electron/contract/identifiers.ts';
import type { CellId, PlanId } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import { latestEdit } from './latest-edit.ts';
import { saidWords } from './stub-copies.ts';
import type { StubLibrary } from './stub-library.ts';
import type { StubOptions } from './stub-options.ts';
import type { StubBatchControl } from './stub-runs.ts';
import type { Tell } from './stub-events.ts';

const STEPS = 20;

/** Batches that make one picture every few paces, fail their third job, and can be paused, resumed, stopped and retried. */
export function createStubBatches(library: StubLibrary, tell: Tell, options: StubOptions) {
  const os = implement(studioContract).batch;
  const publisher = new EventPublisher<Record<string, Batch>>();
  const waiting = new Map<string, CellId[]>();
  const failedCells = new Map<string, CellId[]>();

  function update(id: Batch['id'], change: Partial<Batch>): Batch {
    const before = library.batches.get(id);
    if (!before) throw new Error(`no batch ${id}`);
    const batch = { ...before, ...change };
    library.batches.set(id, batch);
    publisher.publish(id, batch);
    tell(change.finishedAtMs ? 'run.finished' : 'job.done', [id]);
    return batch;
  }

  function finishCell(batch: Batch, cellId: CellId): void {
    const cell = library.cells.get(cellId);
    const plan = library.plans.get(batch.planId);
    const concept = cell && latestEdit(library, cell.conceptId);
    if (!cell || !plan || !concept) return;
    const asset = library.addAsset({ plan, batchId: batch.id, cell, concept, index: library.assets.size });
    const done = batch.done + 1;
    update(batch.id, {
      done,
      waiting: batch.total - done - batch.failed,
      latestAssetIds: [...batch.latestAssetIds.slice(-11), asset.id],
      inHand: [],
    });
    tell('asset.made', [asset.id]);
  }

  async function run(id: Batch['id']): Promise<void> {
    const cells = waiting.get(id) ?? [];
    while (cells.length > 0) {
      const cellId = cells[0];
      if (!cellId) return;
      for (let step = 1; step <= STEPS; step += 4) {
        if (library.batches.get(id)?.state !== 'running') return;
        update(id, {
          inHand: [{ jobId: jobIdSchema.parse(library.newId()), cellId, step, steps: STEPS, preview: null }],
          imagesPerMinute: 11.4,
          remaining: { low: cells.length * 4, middle: cells.length * 5, high: cells.length * 7 },
        });
        await new Promise((resolve) => setTimeout(resolve, options.paceMs));
      }
      const batch = library.batches.get(id);
      if (batch?.state !== 'running') return;
      cells.shift();
      if (batch.done === 2 && batch.failed === 0) {
        failedCells.set(id, [...(failedCells.get(id) ?? []), cellId]);
        update(id, { failed: 1, waiting: cells.length });
      } else finishCell(batch, cellId);
    }
    update(id, { state: 'finished', inHand: [], waiting: 0, remaining: null, finishedAtMs: Date.now() });
  }

  const known = (id: string): Batch => {
    const batch = library.batches.get(id);
    if (!batch) throw new Error(`no batch ${id}`);
    return batch;
  };

  function begin(planId: PlanId, cells: readonly CellId[]): Batch {
    const id = batchIdSchema.parse(library.newId());
    const batch: Batch = {
      id,
      planId,
      state: 'running',
      total: cells.length,
      done: 0,
      failed: 0,
      waiting: cells.length,
      inHand: [],
      imagesPerMinute: null,
      remaining: null,
      waitingFor: null,
      latestAssetIds: [],
      remade: 0,
      startedAtMs: Date.now(),
      finishedAtMs: null,
    };
    library.batches.set(id, batch);
    waiting.set(id, [...cells]);
    tell('run.added', [id]);
    void run(id);
    return batch;
  }

  function findStaleWords(planId: PlanId): CellId[] {
    const newest = new Map(library.made().map((asset) => [asset.cellId, asset]));
    return [...library.cells.values()].flatMap((cell) => {
      const wanted = cell.planId === planId ? saidWords(library, cell)?.headline : undefined;
      const said = newest.get(cell.id)?.headline;
      return wanted !== undefined && said !== undefined && said !== wanted ? [cell.id] : [];
    });
  }

  const handlers = {
    list: os.list.handler(({ input }) =>
      [...library.batches.values()]
        .filter((batch) => input.planId === null || batch.planId === input.planId)
        .toReversed()
        .slice(0, input.limit),
    ),
    get: os.get.handler(({ input, errors }) => {
      const batch = library.batches.get(input.batchId);
      if (!batch) throw errors['batch.notFound']({ data: { id: input.batchId } });
      return batch;
    }),
    start: os.start.handler(({ input, errors }) => {
      const cells =
        input.cellIds ??
        [...library.cells.values()].filter((cell) => cell.planId === input.planId).map((cell) => cell.id);
      if (cells.length === 0) throw errors['plan.empty']({ data: { missing: 'cells' } });
      return begin(input.planId, cells);
    }),
    staleWords: os.staleWords.handler(({ input }) => ({ cellIds: findStaleWords(input.planId) })),
    updateWords: os.updateWords.handler(({ input, errors }) => {
      const cells = findStaleWords(input.planId).filter((id) => input.cellIds?.includes(id) ?? true);
      if (cells.length === 0) throw errors['plan.empty']({ data: { missing: 'cells' } });
      return begin(input.planId, cells);
    }),
    failures: os.failures.handler(({ input }) =>
      (failedCells.get(input.batchId) ?? []).map((cellId) => ({
        jobId: jobIdSchema.parse(library.newId()),
        cellId,
        attempts: 2,
        error: {
          code: 'engine.crashed' as const,
          message: 'The image engine crashed.',
          data: { kind: 'image', exitCode: 139, signal: null, lastWords: 'out of range' },
        },
      })),
    ),
    watch: os.watch.handler(async function* ({ input, signal }) {
      yield known(input.batchId);
      for await (const batch of publisher.subscribe(input.batchId, { signal })) {
        yield batch;
        if (batch.state === 'finished' || batch.state === 'stopped') return;
      }
    }),
  };
  const control: StubBatchControl = {
    find: (id) => library.batches.get(id) ?? null,
    list: () => [...library.batches.values()],
    pause: (id) => void update(known(id).id, { state: 'paused', inHand: [], remaining: null }),
    resume: (id) => void run(update(known(id).id, { state: 'running' }).id),
    stop: (id) => {
      waiting.delete(id);
      const ended = { inHand: [], waiting: 0, remaining: null, finishedAtMs: Date.now() };
      update(known(id).id, { state: 'stopped', ...ended });
    },
    retryFailed: (id) => {
      const again = failedCells.get(id) ?? [];
      failedCells.delete(id);
      waiting.set(id, [...(waiting.get(id) ?? []), ...again]);
      const change = { failed: 0, waiting: again.length, finishedAtMs: null };
      void run(update(known(id).id, { state: 'running', ...change }).id);
    },
  };
  return { handlers, begin, control };
}
