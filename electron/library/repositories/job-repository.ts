import { z } from 'zod';
import type { ComplianceReport } from '../../contract/compliance.ts';
import { errorRecordSchema } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import {
  assetIdSchema,
  batchIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  jobIdSchema,
  planIdSchema,
  seedSchema,
} from '../../contract/identifiers.ts';
import type {
  AssetId,
  BatchId,
  BrandVersionId,
  BriefId,
  CellId,
  DeliverableId,
  JobId,
  ObjectHash,
  PlanId,
} from '../../contract/identifiers.ts';
import { formatIdSchema } from '../../contract/plan.ts';
import type { FormatId } from '../../contract/plan.ts';
import type { PictureSource, Recipe } from '../../contract/recipe.ts';
import { remakeSchema } from '../../contract/remake.ts';
import type { Remake } from '../../contract/remake.ts';
import { jobStates } from '../job-state.ts';
import type { JobState } from '../job-state.ts';
import { countColumn, jsonColumn } from '../row-columns.ts';
import { insertAsset } from './asset-insertion.ts';
import { endAttempt, endFailed, findHeldJob, putBack, releaseLeases } from './job-in-hand.ts';
import { queueRemake } from './remake-jobs.ts';
import { planSourceColumn, selectPlanSource } from './plan-source.ts';
import type { RepositoryContext } from './repository-context.ts';

/** A job in hand. The token fences: once the lease has passed to somebody else, calls with the old token change nothing. */
export type ClaimedJob = {
  readonly jobId: JobId;
  readonly token: number;
  readonly batchId: BatchId;
  readonly planId: PlanId;
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId;
  readonly cellId: CellId;
  readonly conceptId: DeliverableId;
  readonly formatId: FormatId;
  readonly locale: string;
  readonly variation: number;
  /** The cell's own. */
  readonly seed: number;
  /** The picture that the plan starts from, if any. */
  readonly source?: PictureSource | undefined;
  /** How this try differs from the plan; null for a cell's first one. */
  readonly remake: Remake | null;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How many earlier tries ended with a dead engine or a lost lease. */
  readonly crashes: number;
};

/** The picture is in the store already. Width and height in pixels of the finished picture. */
export type JobResult = {
  readonly hash: ObjectHash;
  /** The picture under type and logo, in the store already; scoring it again needs it. */
  readonly artHash?: ObjectHash;
  readonly width: number;
  readonly height: number;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly recipe: Recipe;
  readonly report: ComplianceReport;
  /** What tells near duplicates apart. */
  readonly fingerprint?: Uint8Array;
  /** The try that follows because this one failed; it is queued with the picture or not at all. */
  readonly next?: Remake | null;
};

export type JobFailure = {
  readonly error: ErrorRecord;
  /** 'again' puts the job back in line, 'giveUp' ends it as failed. */
  readonly next: 'again' | 'giveUp';
  /** The engine died or hung with this job; counts towards setting a poison job aside. */
  readonly crashed: boolean;
};

export type JobRecord = {
  readonly jobId: JobId;
  readonly batchId: BatchId;
  readonly cellId: CellId;
  readonly state: JobState;
  readonly attempts: number;
  readonly crashes: number;
  readonly error: ErrorRecord | null;
  readonly assetId: AssetId | null;
};

export type JobRepository = {
  /** The next waiting job of the oldest running batch, or null. `leaseMs` is measured on the monotonic clock. */
  claim(options: { readonly worker: string; readonly leaseMs: number }): ClaimedJob | null;
  /** Prolongs the lease from now. False when the job is no longer ours. */
  heartbeat(jobId: JobId, token: number, leaseMs: number): boolean;
  /**
   * Commits asset, recipe, report, search text and the end of the job in one transaction. 'stale' when the job is no longer ours: nothing was written.
   * @throws library.objectMissing when the picture is not in the store
   */
  complete(
    jobId: JobId,
    token: number,
    result: JobResult,
  ): { readonly kind: 'committed'; readonly assetId: AssetId } | { readonly kind: 'stale' };
  fail(jobId: JobId, token: number, failure: JobFailure): { readonly kind: 'recorded' } | { readonly kind: 'stale' };
  /** Hands a job back without counting a try (the queue pauses, the studio closes). False when it is no longer ours. */
  release(jobId: JobId, token: number): boolean;
  /** Puts jobs whose lease ran out back in line and counts a crash for each. All leases of an earlier process are released when the library opens. */
  releaseExpired(): JobId[];
  /** Null when there is no such job. */
  get(jobId: JobId): JobRecord | null;
  /** From claim to completion of the newest completed jobs, in milliseconds, newest first. */
  recentDurationsMs(limit: number): number[];
};

const claimRow = z.object({
  sequence: countColumn,
  jobId: jobIdSchema,
  token: countColumn,
  batchId: batchIdSchema,
  planId: planIdSchema,
  briefId: briefIdSchema,
  brandVersionId: brandVersionIdSchema,
  cellId: cellIdSchema,
  conceptId: deliverableIdSchema,
  formatId: formatIdSchema,
  locale: z.string(),
  variation: countColumn,
  seed: seedSchema,
  source: planSourceColumn,
  remake: jsonColumn(remakeSchema).nullable(),
  attempt: countColumn,
  crashes: countColumn,
});
const jobRow = z.object({
  jobId: jobIdSchema,
  batchId: batchIdSchema,
  cellId: cellIdSchema,
  state: z.enum(jobStates),
  attempts: countColumn,
  crashes: countColumn,
  error: jsonColumn(errorRecordSchema).nullable(),
  assetId: assetIdSchema.nullable(),
});

/** CROSS JOIN keeps SQLite from walking past the jobs of paused batches: running batches first, then the first waiting job of each. */
const selectNextJob = `
SELECT jobs.sequence FROM batches CROSS JOIN jobs ON jobs.batch_sequence = batches.sequence AND jobs.state = 'waiting'
WHERE batches.state = 'running' ORDER BY batches.sequence, jobs.sequence LIMIT 1`;
const selectClaimed = `
SELECT jobs.sequence, jobs.id AS jobId, token, batches.id AS batchId, plans.id AS planId, briefs.id AS briefId, brand_versions.id AS brandVersionId,
  cells.id AS cellId, deliverables.id AS conceptId, format_id AS formatId, cells.locale, variation, cells.seed, ${selectPlanSource} AS source, remake, attempts AS attempt, crashes
FROM jobs JOIN batches ON batches.sequence = batch_sequence JOIN cells ON cells.sequence = cell_sequence
  JOIN plans ON plans.sequence = cells.plan_sequence JOIN briefs ON briefs.sequence = plans.brief_sequence
  JOIN brand_versions ON brand_versions.sequence = plans.brand_version_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
WHERE jobs.sequence = ?`;
const selectJob = `
SELECT jobs.id AS jobId, batches.id AS batchId, cells.id AS cellId, jobs.state, attempts, crashes, error, asset_id AS assetId
FROM jobs JOIN batches ON batches.sequence = batch_sequence JOIN cells ON cells.sequence = cell_sequence WHERE jobs.id = ?`;

export function createJobRepository(context: RepositoryContext): JobRepository {
  const { database, clock } = context;
  return {
    claim: (options) => database.write(() => claimNext(context, options)),
    heartbeat: (jobId, token, leaseMs) =>
      database.write(
        () =>
          database.run(
            "UPDATE jobs SET lease_until_ms = ? WHERE id = ? AND token = ? AND state = 'running'",
            clock.monotonicMs() + leaseMs,
            jobId,
            token,
          ) === 1,
      ),
    complete: (jobId, token, result) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held === null) {
          return { kind: 'stale' };
        }
        const assetId = insertAsset(context, held.sequence, result);
        database.run(
          "UPDATE jobs SET state = 'done', asset_id = ?, error = NULL, lease_until_ms = NULL, worker = NULL WHERE sequence = ?",
          assetId,
          held.sequence,
        );
        if (result.next) {
          queueRemake(context, held, result.next);
        }
        endAttempt(context, held, token, 'done', null);
        return { kind: 'committed', assetId };
      }),
    fail: (jobId, token, failure) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held === null) {
          return { kind: 'stale' };
        }
        endFailed(context, held, token, failure);
        return { kind: 'recorded' };
      }),
    release: (jobId, token) =>
      database.write(() => {
        const held = findHeldJob(database, jobId, token);
        if (held !== null) {
          putBack(database, held.sequence, { attempts: 1, crashes: 0 });
          endAttempt(context, held, token, 'released', null);
        }
        return held !== null;
      }),
    releaseExpired: () => releaseLeases(context, clock.monotonicMs()),
    get: (jobId) => database.find(jobRow, selectJob, jobId),
    recentDurationsMs: (limit) =>
      database
        .all(
          z.object({ durationMs: z.number() }),
          "SELECT duration_ms AS durationMs FROM job_attempts WHERE outcome = 'done' ORDER BY sequence DESC LIMIT ?",
          limit,
        )
        .map(({ durationMs }) => durationMs),
  };
}

function claimNext(
  { database, clock }: RepositoryContext,
  { worker, leaseMs }: { readonly worker: string; readonly leaseMs: number },
): ClaimedJob | null {
  const next = database.find(z.object({ sequence: countColumn }), selectNextJob);
  if (next === null) {
    return null;
  }
  const now = clock.monotonicMs();
  database.run(
    "UPDATE jobs SET state = 'running', token = token + 1, attempts = attempts + 1, worker = ?, claimed_at_ms = ?, lease_until_ms = ? WHERE sequence = ?",
    worker,
    now,
    now + leaseMs,
    next.sequence,
  );
  const claimed = database.find(claimRow, selectClaimed, next.sequence);
  if (claimed === null) {
    throw new Error(`Job ${next.sequence} vanished while it was claimed.`);
  }
  const { sequence, ...job } = claimed;
  database.run(
    'INSERT INTO job_attempts (job_sequence, token, worker, started_at_ms) VALUES (?, ?, ?, ?)',
    sequence,
    job.token,
    worker,
    clock.nowMs(),
  );
  return job;
}
