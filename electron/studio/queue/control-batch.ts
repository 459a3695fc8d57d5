import type { Batch } from '../../contract/batch.ts';
import type { BatchId, CellId, PlanId } from '../../contract/identifiers.ts';
import type { BatchRecord } from '../../library/repositories/batch-repository.ts';
import type { StudioContext } from '../studio-context.ts';

/** @throws plan.notFound, plan.empty */
export function startBatch(context: StudioContext, planId: PlanId, cellIds: readonly CellId[] | null): Batch {
  const record = context.library.batches.start(planId, cellIds);
  context.feed.publish('batch', 'added', [record.id]);
  context.feed.publish('plan', 'changed', [planId]);
  context.queue.wake();
  context.changed();
  return context.viewBatch(record);
}

/** The image in hand is finished; what only waited in front of the engine goes back in line. @throws batch.notFound, batch.wrongState */
export function pauseBatch(context: StudioContext, batchId: BatchId): Batch {
  const record = context.library.batches.pause(batchId);
  context.queue.letGo(batchId);
  return announce(context, record);
}

/** @throws batch.notFound, batch.wrongState */
export function resumeBatch(context: StudioContext, batchId: BatchId): Batch {
  const record = context.library.batches.resume(batchId);
  context.gate.open();
  context.queue.wake();
  return announce(context, record);
}

/** @throws batch.notFound, batch.wrongState */
export function stopBatch(context: StudioContext, batchId: BatchId): Batch {
  const record = context.library.batches.stop(batchId);
  context.queue.letGo(batchId);
  return announce(context, record);
}

/** A fresh start for jobs that were set aside: neither the rows nor the engine hold their past against them. @throws batch.notFound */
export function retryFailedJobs(context: StudioContext, batchId: BatchId): Batch {
  const record = context.library.batches.retryFailed(batchId);
  context.queue.forgive();
  context.gate.open();
  context.queue.wake();
  return announce(context, record);
}

function announce(context: StudioContext, record: BatchRecord): Batch {
  context.feed.publish('batch', 'changed', [record.id]);
  context.changed();
  return context.viewBatch(context.library.batches.get(record.id));
}
