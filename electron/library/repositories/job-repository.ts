import type { ComplianceReport } from '../../contract/compliance.ts';
import type { ErrorRecord } from '../../contract/errors.ts';
import type { AssetId, BatchId, BrandVersionId, BriefId, CellId, DeliverableId, JobId, ObjectHash, PlanId } from '../../contract/identifiers.ts';
import type { FormatId } from '../../contract/plan.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { JobState } from '../job-state.ts';

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
  readonly seed: number;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How many earlier tries ended with a dead engine or a lost lease. */
  readonly crashes: number;
};

/** The picture is in the store already. Width and height in pixels of the finished picture. */
export type JobResult = {
  readonly hash: ObjectHash;
  readonly width: number;
  readonly height: number;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly recipe: Recipe;
  readonly report: ComplianceReport;
};

export type JobFailure = {
  readonly error: ErrorRecord;
  /** 'again' puts the job back in line, 'giveUp' ends it as failed. */
  readonly then: 'again' | 'giveUp';
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
  complete(jobId: JobId, token: number, result: JobResult): { readonly kind: 'committed'; readonly assetId: AssetId } | { readonly kind: 'stale' };
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
