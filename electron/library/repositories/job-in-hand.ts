import { z } from 'zod';
import type { ErrorRecord } from '../../contract/errors.ts';
import type { EventName } from '../../contract/event.ts';
import { jobIdSchema, runIdSchema } from '../../contract/identifiers.ts';
import type { JobId } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { jobStates } from '../database/job-state.ts';
import type { JobState } from '../database/job-state.ts';
import { booleanColumn, countColumn } from '../database/row-columns.ts';
import type { RepositoryContext } from './repository-context.ts';

/** How a job in hand ends; every function here runs inside the transaction that ends it. */

export type JobFailure = {
  readonly error: ErrorRecord;
  /** 'again' puts the job back in line, 'giveUp' ends it as failed. */
  readonly next: 'again' | 'giveUp';
  /** The engine died or hung with this job; counts towards setting a poison job aside. */
  readonly crashed: boolean;
  /** Wall time before which it is not tried again. Default: at once. */
  readonly notBeforeMs?: number | undefined;
};

const heldRow = z.object({
  sequence: countColumn,
  runSequence: countColumn,
  claimedAtMs: z.number(),
  jobId: jobIdSchema,
  runId: runIdSchema,
  askedBy: z.string(),
});
const finishedRow = z.object({ id: runIdSchema, askedBy: z.string() });
const expiredRow = z.object({ jobId: jobIdSchema, token: countColumn, begun: booleanColumn });
const dependantRow = z.object({ sequence: countColumn, id: jobIdSchema, mustSucceed: booleanColumn });
const selectHeld =
  "SELECT jobs.sequence, run_sequence AS runSequence, claimed_at_ms AS claimedAtMs, jobs.id AS jobId, runs.id AS runId, runs.asked_by AS askedBy FROM jobs JOIN runs ON runs.sequence = run_sequence WHERE jobs.id = ? AND token = ? AND jobs.state = 'running'";
const selectDependants = `
SELECT job_sequence AS sequence, id, must_succeed AS mustSucceed FROM job_needs JOIN jobs ON jobs.sequence = job_sequence
WHERE needs = ? AND state = 'waiting' ORDER BY job_sequence`;

export type HeldJob = z.output<typeof heldRow>;
/** How a job that was in hand is told, by where it stands afterwards. */
const endEvents = {
  done: 'job.done',
  failed: 'job.failed',
  waiting: 'job.deferred',
  dropped: 'job.dropped',
  running: null,
} as const satisfies Record<JobState, EventName | null>;
type Outcome = 'done' | 'failed' | 'crashed' | 'released';

/** Null when the job is no longer held under this token. */
export function findHeldJob(database: LibraryDatabase, jobId: JobId, token: number): HeldJob | null {
  return database.find(heldRow, selectHeld, jobId, token);
}

/** A stopped run takes nothing back in line: its job is dropped instead. */
export function putBack(
  database: LibraryDatabase,
  sequence: number,
  change: { readonly attempts: number; readonly crashes: number; readonly notBeforeMs: number | null },
): void {
  database.run(
    `UPDATE jobs SET state = CASE (SELECT state FROM runs WHERE sequence = run_sequence) WHEN 'stopped' THEN 'dropped' ELSE 'waiting' END,
       attempts = attempts - ?, crashes = crashes + ?, not_before_ms = ?, lease_until_ms = NULL, worker = NULL, begun = 0 WHERE sequence = ?`,
    change.attempts,
    change.crashes,
    change.notBeforeMs,
    sequence,
  );
}

export function endFailed(
  context: RepositoryContext,
  held: HeldJob,
  token: number,
  { error, next, crashed, notBeforeMs }: JobFailure,
): void {
  const { database } = context;
  const text = JSON.stringify(error);
  const crashes = crashed ? 1 : 0;
  if (next === 'again') {
    putBack(database, held.sequence, { attempts: 0, crashes, notBeforeMs: notBeforeMs ?? null });
    database.run('UPDATE jobs SET error = ? WHERE sequence = ?', text, held.sequence);
  } else {
    database.run(
      "UPDATE jobs SET state = 'failed', crashes = crashes + ?, error = ?, lease_until_ms = NULL, worker = NULL, begun = 0 WHERE sequence = ?",
      crashes,
      text,
      held.sequence,
    );
    endNeeds(context, held, false);
  }
  endAttempt(context, held, token, crashed ? 'crashed' : 'failed', text);
}

/** Opens the way for the jobs that wait for this one; those that cannot do without its success fail with it, and what waits for them in turn. */
export function endNeeds(
  { database }: RepositoryContext,
  { sequence, jobId: cause }: HeldJob,
  succeeded: boolean,
): void {
  const failed: JobId[] = [];
  for (const open = [{ sequence, succeeded }]; open.length > 0;) {
    const [ended] = open.splice(0, 1);
    if (ended === undefined) break;
    for (const dependant of database.all(dependantRow, selectDependants, ended.sequence)) {
      if (ended.succeeded || !dependant.mustSucceed) {
        database.run(
          'UPDATE jobs SET open_needs = open_needs - 1 WHERE sequence = ? AND open_needs > 0',
          dependant.sequence,
        );
      } else {
        database.run(
          `UPDATE jobs SET state = 'failed', error = (SELECT json_object('code', 'job.needFailed', 'message', 'What this needs could not be made.',
             'data', json_object('job', needed.id)) FROM jobs AS needed WHERE needed.sequence = ?) WHERE sequence = ?`,
          ended.sequence,
          dependant.sequence,
        );
        failed.push(dependant.id);
        open.push({ sequence: dependant.sequence, succeeded: false });
      }
    }
  }
  database.note('job.failed', failed, { cause });
}

export function endAttempt(
  { database, clock }: RepositoryContext,
  held: HeldJob,
  token: number,
  outcome: Outcome,
  error: string | null,
): void {
  database.run(
    'UPDATE job_attempts SET outcome = ?, duration_ms = ?, error = ? WHERE job_sequence = ? AND token = ?',
    outcome,
    clock.monotonicMs() - held.claimedAtMs,
    error,
    held.sequence,
    token,
  );
  const state = z.enum(jobStates).parse(database.value('SELECT state FROM jobs WHERE sequence = ?', held.sequence));
  const name = endEvents[state];
  if (name !== null) database.note(name, [held.jobId], { by: held.askedBy, cause: held.runId });
  finishRunWhenDone(database, held.runSequence, clock.nowMs());
}

/** Ends a run that has nothing left to do; call inside the transaction that ends a job. */
export function finishRunWhenDone(database: LibraryDatabase, runSequence: number, nowMs: number): void {
  const finished = database.all(
    finishedRow,
    `UPDATE runs SET state = 'finished', finished_at_ms = ? WHERE sequence = ? AND state IN ('running', 'paused')
       AND NOT EXISTS (SELECT 1 FROM jobs WHERE run_sequence = runs.sequence AND state IN ('waiting', 'running')) RETURNING id, asked_by AS askedBy`,
    nowMs,
    runSequence,
  );
  for (const { id, askedBy } of finished) database.note('run.finished', [id], { by: askedBy });
}

/**
 * Leases that end before the given monotonic time; a large number releases all, for the moment a new process has taken the library over. Only a job that an
 * engine had begun counts a crash: what merely waited in front of it is innocent.
 */
export function releaseLeases(context: RepositoryContext, beforeMs: number): JobId[] {
  const { database } = context;
  const expired = database.all(
    expiredRow,
    "SELECT id AS jobId, token, begun FROM jobs INDEXED BY jobs_in_hand WHERE state = 'running' AND lease_until_ms < ? ORDER BY sequence",
    beforeMs,
  );
  if (expired.length === 0) {
    return [];
  }
  database.write(() => {
    for (const { jobId, token, begun } of expired) {
      const held = findHeldJob(database, jobId, token);
      if (held !== null) {
        putBack(database, held.sequence, { attempts: begun ? 0 : 1, crashes: begun ? 1 : 0, notBeforeMs: null });
        endAttempt(context, held, token, begun ? 'crashed' : 'released', null);
      }
    }
  });
  return expired.map(({ jobId }) => jobId);
}
