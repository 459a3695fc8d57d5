import { z } from 'zod';
import { batchStateSchema } from '../../contract/batch.ts';
import type { Batch, BatchState, FailedJob } from '../../contract/batch.ts';
import { StudioError, errorRecordSchema } from '../../contract/errors.ts';
import {
  assetIdSchema,
  batchIdSchema,
  cellIdSchema,
  jobIdSchema,
  planIdSchema,
  timestampMsSchema,
} from '../../contract/identifiers.ts';
import type { BatchId, CellId, PlanId } from '../../contract/identifiers.ts';
import { planRetake } from '../../domain/production/plan-remake.ts';
import type { LibraryDatabase } from '../library-database.ts';
import { countColumn, jsonColumn } from '../row-columns.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** The stored part of a batch. `waiting` counts jobs that nobody works on; `running` those that are claimed. */
export type BatchRecord = Pick<
  Batch,
  | 'id'
  | 'planId'
  | 'state'
  | 'total'
  | 'done'
  | 'failed'
  | 'remade'
  | 'waiting'
  | 'latestAssetIds'
  | 'startedAtMs'
  | 'finishedAtMs'
> & {
  readonly running: number;
};

export type BatchRepository = {
  /** Newest first. */
  list(planId: PlanId | null, limit: number): BatchRecord[];
  /** @throws batch.notFound */
  get(batchId: BatchId): BatchRecord;
  /** Batches in state running or paused, oldest first. */
  listOpen(): BatchRecord[];
  /** Queues one job for each cell of the plan, or for the named ones only, in the plan's order. @throws plan.notFound, plan.empty */
  start(planId: PlanId, cellIds: readonly CellId[] | null): BatchRecord;
  /** Jobs in hand end normally; no new one is claimed. @throws batch.notFound, batch.wrongState */
  pause(batchId: BatchId): BatchRecord;
  /** @throws batch.notFound, batch.wrongState */
  resume(batchId: BatchId): BatchRecord;
  /** Drops waiting jobs. Jobs in hand may still complete. @throws batch.notFound, batch.wrongState */
  stop(batchId: BatchId): BatchRecord;
  /** Sets failed jobs back to waiting, with their counters cleared, and the batch to running. @throws batch.notFound */
  retryFailed(batchId: BatchId): BatchRecord;
  /** @throws batch.notFound */
  failures(batchId: BatchId): FailedJob[];
  /** Waiting and running jobs of all running batches. */
  countQueue(): { readonly waiting: number; readonly running: number };
};

const LATEST_ASSETS = 24;

const batchRow = z.object({
  id: batchIdSchema,
  planId: planIdSchema,
  state: batchStateSchema,
  total: countColumn,
  done: countColumn,
  failed: countColumn,
  remade: countColumn,
  waiting: countColumn,
  running: countColumn,
  latestAssetIds: jsonColumn(z.array(assetIdSchema)),
  startedAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
const failureRow = z.object({
  jobId: jobIdSchema,
  cellId: cellIdSchema,
  attempts: countColumn,
  error: jsonColumn(errorRecordSchema),
});
const queueRow = z.object({ waiting: countColumn, running: countColumn });

const countJobs = (state: string) =>
  `(SELECT count(*) FROM jobs WHERE batch_sequence = batches.sequence AND state = '${state}')`;
const selectBatches = `
SELECT batches.id, plans.id AS planId, state, total, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs,
  ${countJobs('done')} AS done, ${countJobs('failed')} AS failed, ${countJobs('waiting')} AS waiting, ${countJobs('running')} AS running,
  (SELECT count(remade_job) FROM jobs WHERE batch_sequence = batches.sequence) AS remade,
  (SELECT json_group_array(id) FROM (
    SELECT id FROM assets INDEXED BY assets_by_batch WHERE batch_sequence = batches.sequence AND binned_at_ms IS NULL ORDER BY sequence DESC LIMIT ${LATEST_ASSETS}
  )) AS latestAssetIds
FROM batches JOIN plans ON plans.sequence = plan_sequence`;
const selectQueue = `
SELECT ifnull(sum(${countJobs('waiting')}), 0) AS waiting, ifnull(sum(${countJobs('running')}), 0) AS running FROM batches WHERE state = 'running'`;

/** With the number of jobs that have made, or make, the cell's picture. */
const selectCells = `
SELECT sequence, seed, (SELECT count(*) FROM jobs WHERE cell_sequence = cells.sequence AND state IN ('done', 'running', 'waiting')) AS jobs FROM cells`;

export function createBatchRepository(context: RepositoryContext): BatchRepository {
  const { database, clock } = context;
  function get(batchId: BatchId): BatchRecord {
    const found = database.find(batchRow, `${selectBatches} WHERE batches.id = ?`, batchId);
    if (found === null) {
      throw notFound('batch.notFound', batchId);
    }
    return found;
  }
  function move(batchId: BatchId, from: readonly BatchState[], to: BatchState): BatchRecord {
    return database.write(() => {
      const { state } = get(batchId);
      if (!from.includes(state)) {
        throw new StudioError('batch.wrongState', `The batch is ${state}.`, { state, wanted: from.join(' or ') });
      }
      const sequence = requireSequence(database, 'batches', batchId, 'batch.notFound');
      if (to === 'stopped') {
        database.run("UPDATE jobs SET state = 'dropped' WHERE batch_sequence = ? AND state = 'waiting'", sequence);
      }
      database.run(
        'UPDATE batches SET state = ?, finished_at_ms = ? WHERE sequence = ?',
        to,
        to === 'stopped' ? clock.nowMs() : null,
        sequence,
      );
      finishBatchWhenDone(database, sequence, clock.nowMs());
      return get(batchId);
    });
  }
  return {
    get,
    list: (planId, limit) =>
      planId === null
        ? database.all(batchRow, `${selectBatches} ORDER BY batches.sequence DESC LIMIT ?`, limit)
        : database.all(
            batchRow,
            `${selectBatches} WHERE plans.id = ? ORDER BY batches.sequence DESC LIMIT ?`,
            planId,
            limit,
          ),
    listOpen: () =>
      database.all(batchRow, `${selectBatches} WHERE state IN ('running', 'paused') ORDER BY batches.sequence`),
    start: (planId, cellIds) => database.write(() => get(insertBatch(context, planId, cellIds))),
    pause: (batchId) => move(batchId, ['running'], 'paused'),
    resume: (batchId) => move(batchId, ['paused'], 'running'),
    stop: (batchId) => move(batchId, ['running', 'paused'], 'stopped'),
    retryFailed: (batchId) =>
      database.write(() => {
        const sequence = requireSequence(database, 'batches', batchId, 'batch.notFound');
        const retried = database.run(
          "UPDATE jobs SET state = 'waiting', attempts = 0, crashes = 0, error = NULL WHERE batch_sequence = ? AND state = 'failed'",
          sequence,
        );
        if (retried > 0) {
          database.run("UPDATE batches SET state = 'running', finished_at_ms = NULL WHERE sequence = ?", sequence);
        }
        return get(batchId);
      }),
    failures: (batchId) =>
      database.all(
        failureRow,
        `SELECT jobs.id AS jobId, cells.id AS cellId, attempts, error FROM jobs JOIN cells ON cells.sequence = cell_sequence
       WHERE batch_sequence = ? AND state = 'failed' ORDER BY jobs.sequence`,
        requireSequence(database, 'batches', batchId, 'batch.notFound'),
      ),
    countQueue: () => database.find(queueRow, selectQueue) ?? { waiting: 0, running: 0 },
  };
}

/** Ends a batch that has nothing left to do; call inside the transaction that ends a job. */
export function finishBatchWhenDone(database: LibraryDatabase, batchSequence: number, nowMs: number): void {
  database.run(
    `UPDATE batches SET state = 'finished', finished_at_ms = ? WHERE sequence = ? AND state IN ('running', 'paused')
       AND NOT EXISTS (SELECT 1 FROM jobs WHERE batch_sequence = batches.sequence AND state IN ('waiting', 'running'))`,
    nowMs,
    batchSequence,
  );
}

function insertBatch(
  { database, clock, newId }: RepositoryContext,
  planId: PlanId,
  cellIds: readonly CellId[] | null,
): BatchId {
  const planSequence = requireSequence(database, 'plans', planId, 'plan.notFound');
  const cells = database.all(
    z.object({ sequence: countColumn, seed: countColumn, jobs: countColumn }),
    cellIds === null
      ? `${selectCells} WHERE plan_sequence = ? AND ? IS NULL ORDER BY sequence`
      : `${selectCells} WHERE plan_sequence = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
    planSequence,
    cellIds === null ? null : JSON.stringify(cellIds),
  );
  if (cells.length === 0) {
    throw new StudioError('plan.empty', 'There is no cell to make an image for.', { missing: 'cells' });
  }
  const batchId = batchIdSchema.parse(newId());
  const batchSequence = database.insert(
    "INSERT INTO batches (id, plan_sequence, state, total, started_at_ms) VALUES (?, ?, 'running', ?, ?)",
    batchId,
    planSequence,
    cells.length,
    clock.nowMs(),
  );
  // A cell that has a picture gets another one, not the same again.
  const rows = JSON.stringify(
    cells.map(({ sequence, seed, jobs }) => [
      jobIdSchema.parse(newId()),
      sequence,
      jobs === 0 ? null : JSON.stringify(planRetake(seed, jobs)),
    ]),
  );
  database.run(
    "INSERT INTO jobs (id, batch_sequence, cell_sequence, state, remake) SELECT value ->> 0, ?, value ->> 1, 'waiting', value ->> 2 FROM json_each(?) ORDER BY key",
    batchSequence,
    rows,
  );
  return batchId;
}
