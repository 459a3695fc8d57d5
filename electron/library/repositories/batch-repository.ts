import { z } from 'zod';
import { runStateSchema } from '../../contract/run.ts';
import type { Batch, FailedJob } from '../../contract/batch.ts';
import { StudioError, errorRecordSchema } from '../../contract/errors.ts';
import {
  assetIdSchema,
  batchIdSchema,
  cellIdSchema,
  jobIdSchema,
  planIdSchema,
  runIdSchema,
  timestampMsSchema,
} from '../../contract/identifiers.ts';
import type { AssetId, BatchId, CellId, JobId, PlanId } from '../../contract/identifiers.ts';
import type { JobInput, JobKindName, Resource } from '../../contract/job.ts';
import type { Remake } from '../../contract/remake.ts';
import { planRetake } from '../../domain/production/plan-remake.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import type { RepositoryContext } from './repository-context.ts';
import { countJobs, requireRun } from './run-repository.ts';
import { findSharedArt } from './shared-art.ts';
import { findStaleWords } from './stale-words.ts';

/** The stored part of a batch, which is a run that makes pictures of a plan. `waiting` counts jobs that nobody works on; `running` those that are claimed. */
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

/** Batches by what only they have; pausing, stopping and trying again are those of any run. */
export type BatchRepository = {
  /** Newest first. */
  list(planId: PlanId | null, limit: number): BatchRecord[];
  /** @throws batch.notFound */
  get(batchId: BatchId): BatchRecord;
  /** Batches in state running or paused, oldest first. */
  listOpen(): BatchRecord[];
  /** Queues one job for each cell of the plan, or for the named ones only, in the plan's order. @throws plan.notFound, plan.empty */
  start(planId: PlanId, cellIds: readonly CellId[] | null, askedBy: string): BatchRecord;
  /** Queues one composition for each cell of the plan whose words have changed, or for those of them that are named. @throws plan.notFound, plan.empty */
  updateWords(planId: PlanId, cellIds: readonly CellId[] | null, askedBy: string): BatchRecord;
  /** @throws run.notFound */
  failures(batchId: BatchId): FailedJob[];
  /** Waiting and running jobs of all running batches. */
  countQueue(): { readonly waiting: number; readonly running: number };
};

const LATEST_ASSETS = 24;

const batchRow = z.object({
  id: batchIdSchema,
  planId: planIdSchema,
  state: runStateSchema,
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

const selectBatches = `
SELECT runs.id, plans.id AS planId, state, total, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs,
  ${countJobs('done')} AS done, ${countJobs('failed')} AS failed, ${countJobs('waiting')} AS waiting, ${countJobs('running')} AS running,
  (SELECT count(remade_job) FROM jobs WHERE run_sequence = runs.sequence) AS remade,
  (SELECT json_group_array(id) FROM (
    SELECT id FROM assets INDEXED BY assets_by_batch WHERE run_sequence = runs.sequence AND binned_at_ms IS NULL ORDER BY sequence DESC LIMIT ${LATEST_ASSETS}
  )) AS latestAssetIds
FROM runs JOIN plans ON plans.sequence = plan_sequence`;
const selectQueue = `
SELECT ifnull(sum(${countJobs('waiting')}), 0) AS waiting, ifnull(sum(${countJobs('running')}), 0) AS running FROM runs WHERE state = 'running' AND kind = 'batch'`;

/** With the number of jobs that have made, or make, the cell's picture. */
const selectCells = `
SELECT sequence, id, seed, (SELECT count(*) FROM jobs WHERE cell_sequence = cells.sequence AND state IN ('done', 'running', 'waiting')) AS jobs FROM cells`;
const cellRow = z.object({ sequence: countColumn, id: cellIdSchema, seed: countColumn, jobs: countColumn });

export function createBatchRepository(context: RepositoryContext): BatchRepository {
  const { database } = context;
  function get(batchId: BatchId): BatchRecord {
    const found = database.find(batchRow, `${selectBatches} WHERE runs.id = ? AND kind = 'batch'`, batchId);
    if (found === null) {
      throw notFound('batch.notFound', batchId);
    }
    return found;
  }
  return {
    get,
    list: (planId, limit) =>
      planId === null
        ? database.all(batchRow, `${selectBatches} WHERE kind = 'batch' ORDER BY runs.sequence DESC LIMIT ?`, limit)
        : database.all(
            batchRow,
            `${selectBatches} WHERE plans.id = ? AND kind = 'batch' ORDER BY runs.sequence DESC LIMIT ?`,
            planId,
            limit,
          ),
    listOpen: () =>
      database.all(
        batchRow,
        `${selectBatches} WHERE state IN ('running', 'paused') AND kind = 'batch' ORDER BY priority DESC, runs.sequence`,
      ),
    start: (planId, cellIds, askedBy) => database.write(() => get(insertBatch(context, planId, cellIds, askedBy))),
    updateWords: (planId, cellIds, askedBy) =>
      database.write(() => get(insertCompositions(context, planId, cellIds, askedBy))),
    failures: (batchId) =>
      database.all(
        failureRow,
        `SELECT jobs.id AS jobId, cells.id AS cellId, attempts, error FROM jobs JOIN cells ON cells.sequence = cell_sequence
       WHERE run_sequence = ? AND state = 'failed' ORDER BY jobs.sequence`,
        requireRun(database, batchId),
      ),
    countQueue: () => database.find(queueRow, selectQueue) ?? { waiting: 0, running: 0 },
  };
}

function insertBatch(
  context: RepositoryContext,
  planId: PlanId,
  cellIds: readonly CellId[] | null,
  askedBy: string,
): BatchId {
  const { database } = context;
  const planSequence = requireSequence(database, 'plans', planId, 'plan.notFound');
  const cells = database.all(
    cellRow,
    cellIds === null
      ? `${selectCells} WHERE plan_sequence = ? AND ? IS NULL ORDER BY sequence`
      : `${selectCells} WHERE plan_sequence = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
    planSequence,
    cellIds === null ? null : JSON.stringify(cellIds),
  );
  if (cells.length === 0) {
    throw new StudioError('plan.empty', 'There is no cell to make an image for.', { missing: 'cells' });
  }
  const sharedArt = findSharedArt(
    database,
    planSequence,
    cells.filter(({ jobs }) => jobs === 0).map(({ sequence }) => sequence),
  );
  // A cell that has a picture gets another one, not the same again.
  const pictures = cells.map(({ sequence, id, seed, jobs }) => ({
    cellSequence: sequence,
    cellId: id,
    remake: jobs === 0 ? null : planRetake(seed, jobs),
    ...sharedArt.get(sequence),
  }));
  return insertPictureRun(context, planSequence, pictures, { askedBy, decision: null }).id;
}

function insertCompositions(
  context: RepositoryContext,
  planId: PlanId,
  cellIds: readonly CellId[] | null,
  askedBy: string,
): BatchId {
  const { database } = context;
  const planSequence = requireSequence(database, 'plans', planId, 'plan.notFound');
  const stale = findStaleWords(database, planSequence);
  const wanted = cellIds === null ? null : new Set(cellIds);
  const pictures = stale
    .filter(({ cellId }) => wanted?.has(cellId) ?? true)
    .map(({ cellSequence, cellId, assetId }) => ({ cellSequence, cellId, remake: null, artOf: assetId }));
  if (pictures.length === 0) {
    throw new StudioError('plan.empty', 'Every picture says what its concept says.', { missing: 'cells' });
  }
  return insertPictureRun(context, planSequence, pictures, { askedBy, decision: null }).id;
}

export type NewPicture = {
  readonly cellSequence: number;
  readonly cellId: CellId;
  readonly remake: Remake | null;
  /** The picture whose art is used again; left out, the image model draws. */
  readonly artOf?: AssetId;
  /** The cell of this run whose art is taken once its picture is there. */
  readonly artOfCell?: CellId;
};

/** Kind, resource and input of a picture's job. */
function jobOf({ artOf, artOfCell }: NewPicture): readonly [JobKindName, Resource, string] {
  if (artOf === undefined && artOfCell === undefined) return ['picture.make', 'image', '{}'];
  const input = (artOfCell === undefined ? { assetId: artOf } : { cellId: artOfCell }) as JobInput<'picture.compose'>;
  return ['picture.compose', 'processor', JSON.stringify(input)];
}

/** A batch of pictures of one plan; call inside a transaction. `decision` is the row of the review group that asked for it. */
export function insertPictureRun(
  { database, clock, newId }: RepositoryContext,
  planSequence: number,
  pictures: readonly NewPicture[],
  asked: { readonly askedBy: string; readonly decision: number | null; readonly cause?: string },
): { readonly id: BatchId; readonly jobIds: JobId[] } {
  const id = runIdSchema.parse(newId());
  const sequence = database.insert(
    `INSERT INTO runs (id, kind, state, title, plan_sequence, brief_sequence, brand_version_sequence, total, asked_by, started_at_ms)
     SELECT ?, 'batch', 'running', name, sequence, brief_sequence, brand_version_sequence, ?, ?, ? FROM plans WHERE sequence = ?`,
    id,
    pictures.length,
    asked.askedBy,
    clock.nowMs(),
    planSequence,
  );
  const jobIds = pictures.map(() => jobIdSchema.parse(newId()));
  const rows = pictures.map((picture, index) => [
    jobIds[index],
    picture.cellSequence,
    picture.cellId,
    picture.remake === null ? null : JSON.stringify(picture.remake),
    ...jobOf(picture),
  ]);
  database.run(
    `INSERT INTO jobs (id, run_sequence, kind, position, subject, resource, input, state, cell_sequence, remake, asked_by)
     SELECT value ->> 0, ?, value ->> 4, key, value ->> 2, value ->> 5, value ->> 6, 'waiting', value ->> 1, value ->> 3, ? FROM json_each(?) ORDER BY key`,
    sequence,
    asked.decision,
    JSON.stringify(rows),
  );
  insertArtNeeds(database, pictures, jobIds);
  database.note('run.added', [id], { by: asked.askedBy, cause: asked.cause ?? null });
  return { id, jobIds };
}

/** A picture that takes the art of another cell waits until that one has its last try. */
function insertArtNeeds(database: LibraryDatabase, pictures: readonly NewPicture[], jobIds: readonly JobId[]): void {
  const jobOfCell = new Map(pictures.map(({ cellId }, index) => [cellId, jobIds[index]]));
  const needs = pictures.flatMap(({ artOfCell }, index) =>
    artOfCell === undefined ? [] : [[jobIds[index], jobOfCell.get(artOfCell)]],
  );
  if (needs.length === 0) return;
  const text = JSON.stringify(needs);
  database.run(
    `INSERT INTO job_needs (job_sequence, needs, must_succeed)
     SELECT (SELECT sequence FROM jobs WHERE id = value ->> 0), (SELECT sequence FROM jobs WHERE id = value ->> 1), 1 FROM json_each(?)`,
    text,
  );
  database.run('UPDATE jobs SET open_needs = 1 WHERE id IN (SELECT value ->> 0 FROM json_each(?))', text);
}
