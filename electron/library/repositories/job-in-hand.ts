import { z } from 'zod';
import { jobIdSchema } from '../../contract/identifiers.ts';
import type { JobId } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../library-database.ts';
import { countColumn } from '../row-columns.ts';
import { finishBatchWhenDone } from './batch-repository.ts';
import type { JobFailure } from './job-repository.ts';
import type { RepositoryContext } from './repository-context.ts';

/** How a job in hand ends; every function here runs inside the transaction that ends it. */

const heldRow = z.object({ sequence: countColumn, batchSequence: countColumn, claimedAtMs: z.number() });
const expiredRow = z.object({ jobId: jobIdSchema, token: countColumn });
const selectHeld =
  "SELECT sequence, batch_sequence AS batchSequence, claimed_at_ms AS claimedAtMs FROM jobs WHERE id = ? AND token = ? AND state = 'running'";

export type HeldJob = z.output<typeof heldRow>;
type Outcome = 'done' | 'failed' | 'crashed' | 'released';

/** Null when the job is no longer held under this token. */
export function findHeldJob(database: LibraryDatabase, jobId: JobId, token: number): HeldJob | null {
  return database.find(heldRow, selectHeld, jobId, token);
}

/** A stopped batch takes nothing back in line: its job is dropped instead. */
export function putBack(
  database: LibraryDatabase,
  sequence: number,
  change: { readonly attempts: number; readonly crashes: number },
): void {
  database.run(
    `UPDATE jobs SET state = CASE (SELECT state FROM batches WHERE sequence = batch_sequence) WHEN 'stopped' THEN 'dropped' ELSE 'waiting' END,
       attempts = attempts - ?, crashes = crashes + ?, lease_until_ms = NULL, worker = NULL WHERE sequence = ?`,
    change.attempts,
    change.crashes,
    sequence,
  );
}

export function endFailed(
  context: RepositoryContext,
  held: HeldJob,
  token: number,
  { error, next, crashed }: JobFailure,
): void {
  const { database } = context;
  const text = JSON.stringify(error);
  if (next === 'again') {
    putBack(database, held.sequence, { attempts: 0, crashes: crashed ? 1 : 0 });
    database.run('UPDATE jobs SET error = ? WHERE sequence = ?', text, held.sequence);
  } else {
    database.run(
      "UPDATE jobs SET state = 'failed', crashes = crashes + ?, error = ?, lease_until_ms = NULL, worker = NULL WHERE sequence = ?",
      crashed ? 1 : 0,
      text,
      held.sequence,
    );
  }
  endAttempt(context, held, token, crashed ? 'crashed' : 'failed', text);
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
  finishBatchWhenDone(database, held.batchSequence, clock.nowMs());
}

/** Leases that end before the given monotonic time; Infinity releases all, for the moment a new process has taken the library over. */
export function releaseLeases(context: RepositoryContext, beforeMs: number): JobId[] {
  const { database } = context;
  const expired = database.all(
    expiredRow,
    "SELECT id AS jobId, token FROM jobs WHERE state = 'running' AND lease_until_ms < ? ORDER BY sequence",
    beforeMs,
  );
  if (expired.length === 0) {
    return [];
  }
  database.write(() => {
    for (const { jobId, token } of expired) {
      const held = findHeldJob(database, jobId, token);
      if (held !== null) {
        putBack(database, held.sequence, { attempts: 0, crashes: 1 });
        endAttempt(context, held, token, 'crashed', null);
      }
    }
  });
  return expired.map(({ jobId }) => jobId);
}
