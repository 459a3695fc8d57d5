import { z } from 'zod';
import { batchIdSchema, cellIdSchema, jobIdSchema, planIdSchema } from '../../contract/identifiers.ts';
import type { BatchId, CellId, JobId, PlanId } from '../../contract/identifiers.ts';
import type { Remake } from '../../contract/remake.ts';
import { planRetake } from '../../domain/production/plan-remake.ts';
import { countColumn } from '../database/row-columns.ts';
import { insertPictureRun } from './batch-repository.ts';
import { finishRunWhenDone } from './job-in-hand.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Jobs that make a cell's picture again; every function here runs inside the transaction that gives the reason. */

const cellRow = z.object({
  sequence: countColumn,
  id: cellIdSchema,
  planSequence: countColumn,
  planId: planIdSchema,
  seed: countColumn,
  jobs: countColumn,
});
const groupRow = z.object({ id: z.string(), reviewer: z.string() });
const droppedRow = z.object({
  id: jobIdSchema,
  runSequence: countColumn,
  batchId: batchIdSchema,
  cellId: cellIdSchema,
  planId: planIdSchema,
});

/** What a decision did to the queue. */
export type RetakeChange = {
  readonly jobIds: JobId[];
  readonly batchIds: BatchId[];
  readonly cellIds: CellId[];
  readonly planIds: PlanId[];
};
export const noRetakes: RetakeChange = { jobIds: [], batchIds: [], cellIds: [], planIds: [] };

/** Puts the next try of a job's cell at the end of its batch. A stopped batch takes nothing more. @returns whether it was queued. */
export function queueRemake({ database, newId }: RepositoryContext, jobSequence: number, remake: Remake): boolean {
  const id = jobIdSchema.parse(newId());
  // Another try has art of its own, also where the first one took that of another picture.
  const queued = database.run(
    `INSERT INTO jobs (id, run_sequence, kind, position, subject, resource, state, cell_sequence, remake, remade_job)
     SELECT ?, run_sequence, 'picture.make', total, subject, 'image', 'waiting', cell_sequence, ?, jobs.sequence FROM jobs JOIN runs ON runs.sequence = run_sequence
     WHERE jobs.sequence = ? AND runs.state IN ('running', 'paused')`,
    id,
    JSON.stringify(remake),
    jobSequence,
  );
  if (queued > 0) {
    // Whoever takes this cell's art takes that of its last try.
    database.run(
      'UPDATE job_needs SET needs = (SELECT sequence FROM jobs WHERE id = ?) WHERE needs = ?',
      id,
      jobSequence,
    );
    database.run(
      'UPDATE runs SET total = total + 1 WHERE sequence = (SELECT run_sequence FROM jobs WHERE sequence = ?)',
      jobSequence,
    );
  }
  return queued > 0;
}

const selectCells = `
SELECT DISTINCT cells.sequence, cells.id, cells.plan_sequence AS planSequence, plans.id AS planId, cells.seed,
  (SELECT count(*) FROM jobs WHERE cell_sequence = cells.sequence) AS jobs
FROM json_each(?) AS wanted CROSS JOIN assets ON assets.sequence = wanted.value JOIN cells ON cells.sequence = assets.cell_sequence
  JOIN plans ON plans.sequence = cells.plan_sequence
WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE cell_sequence = cells.sequence AND asked_by = ? AND state IN ('waiting', 'running', 'done'))
ORDER BY cells.sequence`;

/** Another take for the cell of each asset, one batch for each plan. What the same decision has already in line, in hand or made is not asked for twice. */
export function queueRetakes(
  context: RepositoryContext,
  assetSequences: readonly number[],
  decision: number,
): RetakeChange {
  const { database } = context;
  const cells = database.all(cellRow, selectCells, JSON.stringify(assetSequences), decision);
  const group = database.find(groupRow, 'SELECT id, reviewer FROM review_groups WHERE sequence = ?', decision);
  const asked = { askedBy: group?.reviewer ?? '', decision, ...(group && { cause: group.id }) };
  const runs = [...Map.groupBy(cells, (cell) => cell.planSequence)].map(([planSequence, own]) =>
    insertPictureRun(
      context,
      planSequence,
      own.map(({ sequence, id, seed, jobs }) => ({
        cellSequence: sequence,
        cellId: id,
        remake: planRetake(seed, jobs),
      })),
      asked,
    ),
  );
  return {
    jobIds: runs.flatMap(({ jobIds }) => jobIds),
    batchIds: runs.map(({ id }) => id),
    cellIds: cells.map(({ id }) => id),
    planIds: [...new Set(cells.map(({ planId }) => planId))],
  };
}

/** Takes back takes that a decision asked for and that are not made yet. The token moves on, so that one in hand ends without a trace. */
export function dropRetakes({ database, clock }: RepositoryContext, decision: number): RetakeChange {
  const dropped = database.all(
    droppedRow,
    `SELECT jobs.id, run_sequence AS runSequence, runs.id AS batchId, cells.id AS cellId, plans.id AS planId
     FROM jobs JOIN runs ON runs.sequence = run_sequence JOIN cells ON cells.sequence = cell_sequence JOIN plans ON plans.sequence = cells.plan_sequence
     WHERE jobs.asked_by = ? AND jobs.state IN ('waiting', 'running')`,
    decision,
  );
  for (const { id, runSequence } of dropped) {
    database.run(
      "UPDATE job_attempts SET outcome = 'released' WHERE outcome IS NULL AND job_sequence = (SELECT sequence FROM jobs WHERE id = ?)",
      id,
    );
    database.run(
      "UPDATE jobs SET state = 'dropped', token = token + 1, lease_until_ms = NULL, worker = NULL WHERE id = ?",
      id,
    );
    database.run('UPDATE runs SET total = max(0, total - 1) WHERE sequence = ?', runSequence);
    finishRunWhenDone(database, runSequence, clock.nowMs());
  }
  const batchIds = [...new Set(dropped.map(({ batchId }) => batchId))];
  database.note('run.shortened', batchIds);
  return {
    jobIds: dropped.map(({ id }) => id),
    batchIds,
    cellIds: [...new Set(dropped.map(({ cellId }) => cellId))],
    planIds: [...new Set(dropped.map(({ planId }) => planId))],
  };
}
