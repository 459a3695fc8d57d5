import type { Batch } from '../../contract/batch.ts';
import type { CellId, PlanId } from '../../contract/identifiers.ts';
import type { StudioContext } from '../studio-context.ts';

/** @throws plan.notFound, plan.empty */
export function startBatch(
  context: StudioContext,
  planId: PlanId,
  cellIds: readonly CellId[] | null,
  askedBy: string,
): Batch {
  const record = context.library.batches.start(planId, cellIds, askedBy);
  context.runner.wake();
  return context.viewBatch(record);
}
