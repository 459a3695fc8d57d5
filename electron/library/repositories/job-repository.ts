import { z } from 'zod';
import { errorRecordSchema } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import { jobIdSchema, runIdSchema } from '../../contract/identifiers.ts';
import type { JobId, RunId } from '../../contract/identifiers.ts';
import type { Resource } from '../../contract/job.ts';
import { actAs } from '../database/acting.ts';
import { jobStates } from '../database/job-state.ts';
import type { JobState } from '../database/job-state.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { endAttempt, endFailed, endNeeds, findHeldJob, putBack, releaseLeases } from './job-in-hand.ts';
import type { JobFailure } from './job-in-hand.ts';
import type { RepositoryContext } from './repository-context.ts';

export type { JobFailure } from './job-in-hand.ts';

/** A job in hand. The token fences: once the lease has passed to somebody else, calls with the old token change nothing. */
export type ClaimedJob = {
  readonly jobId: JobId;
  readonly token: number;
  readonly runId: RunId;
  /** A kind that the caller said it knows. */
  readonly kind: string;
  readonly subject: string | null;
  /** As the row holds it; the catalogue of jobs has its shape. */
  readonly input: unknown;
  readonly inputHash: string | null;
  /** Its place among the jobs of its run, from 0. */
  readonly index: number;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How many earlier tries ended with a dead engine, or with a studio that died after the engine had begun. */
  readonly crashes: number;
  /** Who asked for its run. */
  readonly askedBy: string;
};

export type JobRecord = {
  readonly jobId: JobId;
  readonly runId: RunId;
  readonly kind: string;
  readonly subject: string | null;
  readonly state: JobState;
  readonly attempts: number;
  readonly crashes: number;
  readonly error: ErrorRecord | null;
  readonly output: unknown;
};

export type ClaimOptions = {
  readonly resource: Resource;
  /** Jobs of other kinds lie still. */
  readonly kinds: readonly string[];
  readonly worker: string;
  /** On the monotonic clock. */
  readonly leaseMs: number;
};

export type JobHandle = { readonly jobId: JobId; readonly token: number };

export type JobRepository = {
  /** The next job that may be worked on: of the most urgent, then oldest running run; in it the most urgent, then first. Null when there is none. */
  claim(options: ClaimOptions): ClaimedJob | null;
  /** Wall time at which the next job of the resource that waits for its time may begin, or null. */
  nextDueMs(resource: Resource): number | null;
  /** Prolongs the lease from now. False when the job is no longer ours. */
  heartbeat(job: JobHandle, leaseMs: number): boolean;
  /** From now on the end of this process counts as a crash of the job: an engine works on it. */
  begin(job: JobHandle): void;
  /**
   * Ends the job with what `commit` writes and returns, in one transaction. False when the job is no longer ours: nothing was written.
   * `commit` gets the key of the job's row.
   */
  complete(job: JobHandle, commit: (sequence: number) => unknown): boolean;
  /** False when the job is no longer ours. */
  fail(job: JobHandle, failure: JobFailure): boolean;
  /** Hands a job back without counting a try (the run pauses, the studio closes). False when it is no longer ours. */
  release(job: JobHandle): boolean;
  /** Puts jobs whose lease ran out back in line. All leases of an earlier process are released when the library opens. */
  releaseExpired(): JobId[];
  /** Keeps what is written so far; gone when the job is done. */
  keepDraft(job: JobHandle, text: string): void;
  /** What a job of this kind and input put out before, or undefined. */
  known(kind: string, inputHash: string): unknown;
  /** Null when there is no such job. */
  get(jobId: JobId): JobRecord | null;
  /** From claim to completion of the newest completed jobs of a kind, in milliseconds, newest first. */
  recentDurationsMs(kind: string, limit: number): number[];
};

const claimRow = z.object({
  jobId: jobIdSchema,
  token: countColumn,
  runId: runIdSchema,
  kind: z.string(),
  subject: z.string().nullable(),
  input: jsonColumn(z.unknown()),
  inputHash: z.string().nullable(),
  index: countColumn,
  attempt: countColumn,
  crashes: countColumn,
  askedBy: z.string(),
});
const jobRow = z.object({
  jobId: jobIdSchema,
  runId: runIdSchema,
  kind: z.string(),
  subject: z.string().nullable(),
  state: z.enum(jobStates),
  attempts: countColumn,
  crashes: countColumn,
  error: jsonColumn(errorRecordSchema).nullable(),
  output: jsonColumn(z.unknown()).nullable(),
});
const sequenceRow = z.object({ sequence: countColumn });

/** CROSS JOIN keeps SQLite from walking past the jobs of paused runs: running runs first, then the first ready job of each. */
const selectNextJob = `
SELECT jobs.sequence FROM runs CROSS JOIN jobs ON jobs.run_sequence = runs.sequence
WHERE runs.state = 'running' AND jobs.state = 'waiting' AND open_needs = 0 AND resource = ? AND (not_before_ms IS NULL OR not_before_ms <= ?)
  AND jobs.kind IN (SELECT value FROM json_each(?))
ORDER BY runs.priority DESC, runs.sequence, jobs.priority DESC, jobs.sequence LIMIT 1`;
const selectNextDue = `
SELECT min(not_before_ms) FROM runs CROSS JOIN jobs ON jobs.run_sequence = runs.sequence
WHERE runs.state = 'running' AND jobs.state = 'waiting' AND open_needs = 0 AND resource = ? AND not_before_ms > ?`;
const selectClaimed = `
SELECT jobs.id AS jobId, token, runs.id AS runId, jobs.kind, subject, input, input_hash AS inputHash, position AS "index",
  attempts AS attempt, crashes, runs.asked_by AS askedBy
FROM jobs JOIN runs ON runs.sequence = run_sequence WHERE jobs.sequence = ?`;
const selectJob = `
SELECT jobs.id AS jobId, runs.id AS runId, jobs.kind, subject, jobs.state, attempts, crashes, error, output
FROM jobs JOIN runs ON runs.sequence = run_sequence WHERE jobs.id = ?`;

export function createJobRepository(context: RepositoryContext): JobRepository {
  const { database, clock } = context;
  return {
    claim: (options) => database.write(() => claimNext(context, options)),
    nextDueMs: (resource) => {
      const due = database.value(selectNextDue, resource, clock.nowMs());
      return typeof due === 'number' ? due : null;
    },
    heartbeat: ({ jobId, token }, leaseMs) =>
      database.write(
        () =>
          database.run(
            "UPDATE jobs SET lease_until_ms = ? WHERE id = ? AND token = ? AND state = 'running'",
            clock.monotonicMs() + leaseMs,
            jobId,
            token,
          ) === 1,
      ),
    begin: ({ jobId, token }) =>
      void database.write(() =>
        database.run("UPDATE jobs SET begun = 1 WHERE id = ? AND token = ? AND state = 'running'", jobId, token),
      ),
    complete: ({ jobId, token }, commit) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held === null) {
          return false;
        }
        const output = actAs({ by: held.askedBy, cause: jobId }, () => commit(held.sequence));
        database.run('DELETE FROM job_drafts WHERE job_sequence = ?', held.sequence);
        database.run(
          "UPDATE jobs SET state = 'done', output = ?, error = NULL, lease_until_ms = NULL, worker = NULL, begun = 0 WHERE sequence = ?",
          JSON.stringify(output),
          held.sequence,
        );
        endNeeds(context, held, true);
        endAttempt(context, held, token, 'done', null);
        return true;
      }),
    fail: ({ jobId, token }, failure) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held !== null) {
          endFailed(context, held, token, failure);
        }
        return held !== null;
      }),
    release: ({ jobId, token }) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held !== null) {
          putBack(database, held.sequence, { attempts: 1, crashes: 0, notBeforeMs: null });
          endAttempt(context, held, token, 'released', null);
        }
        return held !== null;
      }),
    releaseExpired: () => releaseLeases(context, clock.monotonicMs()),
    keepDraft: ({ jobId, token }, text) =>
      void database.write(() =>
        database.run(
          `INSERT INTO job_drafts (job_sequence, text, updated_at_ms) SELECT sequence, ?, ? FROM jobs WHERE id = ? AND token = ? AND state = 'running'
           ON CONFLICT (job_sequence) DO UPDATE SET text = excluded.text, updated_at_ms = excluded.updated_at_ms`,
          text,
          clock.nowMs(),
          jobId,
          token,
        ),
      ),
    known: (kind, inputHash) => {
      const output = database.value(
        "SELECT output FROM jobs WHERE input_hash = ? AND kind = ? AND state = 'done' ORDER BY sequence DESC LIMIT 1",
        inputHash,
        kind,
      );
      return typeof output === 'string' ? JSON.parse(output) : undefined;
    },
    get: (jobId) => database.find(jobRow, selectJob, jobId),
    recentDurationsMs: (kind, limit) =>
      database
        .all(
          z.object({ durationMs: z.number() }),
          `SELECT duration_ms AS durationMs FROM job_attempts CROSS JOIN jobs ON jobs.sequence = job_sequence
           WHERE outcome = 'done' AND kind = ? ORDER BY job_attempts.sequence DESC LIMIT ?`,
          kind,
          limit,
        )
        .map(({ durationMs }) => durationMs),
  };
}

function claimNext(
  { database, clock }: RepositoryContext,
  { resource, kinds, worker, leaseMs }: ClaimOptions,
): ClaimedJob | null {
  const next = database.find(sequenceRow, selectNextJob, resource, clock.nowMs(), JSON.stringify(kinds));
  if (next === null) {
    return null;
  }
  const now = clock.monotonicMs();
  database.run(
    `UPDATE jobs SET state = 'running', token = token + 1, attempts = attempts + 1, begun = 0, not_before_ms = NULL, worker = ?, claimed_at_ms = ?, lease_until_ms = ?
     WHERE sequence = ?`,
    worker,
    now,
    now + leaseMs,
    next.sequence,
  );
  const claimed = database.find(claimRow, selectClaimed, next.sequence);
  if (claimed === null) {
    throw new Error(`Job ${next.sequence} vanished while it was claimed.`);
  }
  database.run(
    'INSERT INTO job_attempts (job_sequence, token, worker, started_at_ms) VALUES (?, ?, ?, ?)',
    next.sequence,
    claimed.token,
    worker,
    clock.nowMs(),
  );
  return claimed;
}
