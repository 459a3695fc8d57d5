import type { Batch, BatchState, FailedJob } from '../../contract/batch.ts';
import type { BatchId, CellId, PlanId } from '../../contract/identifiers.ts';

/** The stored part of a batch. `waiting` counts jobs that nobody works on; `running` those that are claimed. */
export type BatchRecord = Pick<Batch, 'id' | 'planId' | 'state' | 'total' | 'done' | 'failed' | 'waiting' | 'latestAssetIds' | 'startedAtMs' | 'finishedAtMs'> & {
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

export type { BatchState };
