import { z } from 'zod';
import type { ComplianceReport } from '../../contract/compliance.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import { assetIdSchema, brandVersionIdSchema, rescoreIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { AssetId, BrandVersionId, RescoreId } from '../../contract/identifiers.ts';
import type { Rescore, ScoreScope } from '../../contract/scoring.ts';
import { countColumn } from '../row-columns.ts';
import type { AssetRepository } from './asset-repository.ts';
import { requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';
import { scopedAssets, scopeParameters } from './score-repository.ts';

/** One picture to score again. The token fences: once the lease has passed on, calls with the old token change nothing. */
export type RescoreJob = {
  readonly sequence: number;
  readonly token: number;
  readonly rescoreId: RescoreId;
  readonly brandVersionId: BrandVersionId;
  readonly assetId: AssetId;
  /** 1 for the first try. */
  readonly attempt: number;
};

export type RescoreRepository = {
  /** Queues every picture of the scope without a report against the version. @throws brand.notFound, rescore.empty */
  start(brandVersionId: BrandVersionId, scope: ScoreScope): Rescore;
  /** @throws rescore.notFound */
  get(rescoreId: RescoreId): Rescore;
  list(limit: number): Rescore[];
  /** What waits is dropped; what is in hand may still end. @throws rescore.notFound */
  stop(rescoreId: RescoreId): Rescore;
  /** The next waiting job of the oldest run, or null. `leaseMs` is measured on the monotonic clock. */
  claim(leaseMs: number): RescoreJob | null;
  /** Adds the report and ends the job in one transaction. False when the job is no longer ours: nothing was written. */
  complete(job: RescoreJob, report: ComplianceReport): boolean;
  /** 'again' puts the job back in line. False when it is no longer ours. */
  fail(job: RescoreJob, error: ErrorRecord, next: 'again' | 'giveUp'): boolean;
  /** Hands a job back without counting a try. */
  release(job: RescoreJob): boolean;
  /** Puts jobs whose lease ran out back in line. All leases of an earlier process are released when the library opens. */
  releaseExpired(): void;
};

const rescoreRow = z.object({
  id: rescoreIdSchema,
  brandVersionId: brandVersionIdSchema,
  brandName: z.string(),
  versionNumber: countColumn,
  state: z.enum(['running', 'stopped', 'finished']),
  total: countColumn,
  done: countColumn,
  failed: countColumn,
  waiting: countColumn,
  firstFailure: z.string().nullable(),
  createdAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
const jobRow = z.object({
  sequence: countColumn,
  token: countColumn,
  rescoreId: rescoreIdSchema,
  brandVersionId: brandVersionIdSchema,
  assetId: assetIdSchema,
  attempt: countColumn,
});
const sequenceRow = z.object({ sequence: countColumn });

const countJobs = (states: string) =>
  `(SELECT count(*) FROM rescore_jobs WHERE rescore_sequence = rescores.sequence AND state IN (${states}))`;
const selectRescores = `
SELECT rescores.id, brand_versions.id AS brandVersionId, brands.name AS brandName, number AS versionNumber, rescores.state,
  (SELECT count(*) FROM rescore_jobs WHERE rescore_sequence = rescores.sequence) AS total,
  ${countJobs("'done'")} AS done, ${countJobs("'failed'")} AS failed, ${countJobs("'waiting', 'running'")} AS waiting,
  (SELECT error ->> 'message' FROM rescore_jobs WHERE rescore_sequence = rescores.sequence AND state = 'failed' ORDER BY sequence LIMIT 1) AS firstFailure,
  rescores.created_at_ms AS createdAtMs, finished_at_ms AS finishedAtMs
FROM rescores JOIN brand_versions ON brand_versions.sequence = brand_version_sequence JOIN brands ON brands.sequence = brand_sequence`;
const insertJobs = `
INSERT INTO rescore_jobs (rescore_sequence, asset_sequence)
SELECT ?, sequence FROM assets WHERE ${scopedAssets}
  AND NOT EXISTS (SELECT 1 FROM report_checks WHERE asset_sequence = assets.sequence AND brand_version_id = ?) ORDER BY sequence`;
const selectNextJob = `
SELECT rescore_jobs.sequence FROM rescores CROSS JOIN rescore_jobs ON rescore_sequence = rescores.sequence AND rescore_jobs.state = 'waiting'
WHERE rescores.state = 'running' ORDER BY rescores.sequence, rescore_jobs.sequence LIMIT 1`;
const selectJob = `
SELECT rescore_jobs.sequence, token, rescores.id AS rescoreId, brand_versions.id AS brandVersionId, assets.id AS assetId, attempts AS attempt
FROM rescore_jobs JOIN rescores ON rescores.sequence = rescore_sequence JOIN brand_versions ON brand_versions.sequence = rescores.brand_version_sequence
  JOIN assets ON assets.sequence = asset_sequence WHERE rescore_jobs.sequence = ?`;
/** A stopped run takes nothing back in line. */
const backInLine =
  "CASE (SELECT state FROM rescores WHERE sequence = rescore_sequence) WHEN 'running' THEN 'waiting' ELSE 'dropped' END";

export function createRescoreRepository(context: RepositoryContext, assets: AssetRepository): RescoreRepository {
  const { database, clock } = context;
  function get(rescoreId: RescoreId): Rescore {
    const found = database.find(rescoreRow, `${selectRescores} WHERE rescores.id = ?`, rescoreId);
    if (found === null) {
      throw new StudioError('rescore.notFound', `There is no rescore ${rescoreId} in this library.`, { id: rescoreId });
    }
    return found;
  }
  /** Ends the job when it is still held under this token, and the run when it was its last. */
  function end({ sequence, token }: RescoreJob, state: string, attempts: number, error: string | null): boolean {
    const ended = database.run(
      `UPDATE rescore_jobs SET state = ${state}, lease_until_ms = NULL, attempts = attempts - ?, error = ? WHERE sequence = ? AND token = ? AND state = 'running'`,
      attempts,
      error,
      sequence,
      token,
    );
    finishRuns(context);
    return ended === 1;
  }
  return {
    get,
    list: (limit) => database.all(rescoreRow, `${selectRescores} ORDER BY rescores.sequence DESC LIMIT ?`, limit),
    start: (brandVersionId, scope) =>
      database.write(() => {
        const version = requireSequence(database, 'brand_versions', brandVersionId, 'brand.notFound');
        const rescoreId = rescoreIdSchema.parse(context.newId());
        const [brief = 0, , plan = 0] = scopeParameters(context, scope);
        const rescore = database.insert(
          "INSERT INTO rescores (id, brand_version_sequence, brief_sequence, plan_sequence, state, created_at_ms) VALUES (?, ?, ?, ?, 'running', ?)",
          rescoreId,
          version,
          brief > 0 ? brief : null,
          plan > 0 ? plan : null,
          clock.nowMs(),
        );
        if (database.run(insertJobs, rescore, ...scopeParameters(context, scope), brandVersionId) === 0) {
          throw new StudioError('rescore.empty', 'Every picture has a report against this version already.', {});
        }
        return get(rescoreId);
      }),
    stop: (rescoreId) =>
      database.write(() => {
        const { id } = get(rescoreId);
        database.run(
          "UPDATE rescore_jobs SET state = 'dropped' WHERE state = 'waiting' AND rescore_sequence = (SELECT sequence FROM rescores WHERE id = ?)",
          id,
        );
        database.run(
          "UPDATE rescores SET state = 'stopped', finished_at_ms = ? WHERE id = ? AND state = 'running'",
          clock.nowMs(),
          id,
        );
        return get(id);
      }),
    claim: (leaseMs) =>
      database.write(() => {
        finishRuns(context);
        const next = database.find(sequenceRow, selectNextJob);
        if (next === null) {
          return null;
        }
        database.run(
          "UPDATE rescore_jobs SET state = 'running', token = token + 1, attempts = attempts + 1, lease_until_ms = ? WHERE sequence = ?",
          clock.monotonicMs() + leaseMs,
          next.sequence,
        );
        return database.find(jobRow, selectJob, next.sequence);
      }),
    complete: (job, report) =>
      database.write(() => {
        if (!end(job, "'done'", 0, null)) {
          return false;
        }
        assets.addReport(job.assetId, report);
        return true;
      }),
    fail: (job, error, next) =>
      database.write(() => end(job, next === 'again' ? backInLine : "'failed'", 0, JSON.stringify(error))),
    release: (job) => database.write(() => end(job, backInLine, 1, null)),
    releaseExpired: () => releaseRescoreLeases(context, clock.monotonicMs()),
  };
}

/** Leases that end before the given monotonic time; a large number releases all, for the moment a new process has taken the library over. */
export function releaseRescoreLeases(context: RepositoryContext, beforeMs: number): void {
  const { database } = context;
  const held = "state = 'running' AND lease_until_ms < ?";
  if (database.count(`SELECT count(*) FROM rescore_jobs WHERE ${held}`, beforeMs) === 0) {
    return;
  }
  database.write(() => {
    database.run(`UPDATE rescore_jobs SET state = ${backInLine}, lease_until_ms = NULL WHERE ${held}`, beforeMs);
    finishRuns(context);
  });
}

/** Ends runs that have nothing left to do, also those whose last pictures were deleted for good. */
function finishRuns({ database, clock }: RepositoryContext): void {
  database.run(
    `UPDATE rescores SET state = 'finished', finished_at_ms = ? WHERE state = 'running'
       AND NOT EXISTS (SELECT 1 FROM rescore_jobs WHERE rescore_sequence = rescores.sequence AND state IN ('waiting', 'running'))`,
    clock.nowMs(),
  );
}
