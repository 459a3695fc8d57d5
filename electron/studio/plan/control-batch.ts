import type { Batch } from '../../contract/batch.ts';
import type { CellId, PlanId } from '../../contract/identifiers.ts';
import type { StudioContext } from '../system/studio-context.ts';

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

/** Another take of each cell whose words have changed, over the art that it has. @throws plan.notFound, plan.empty where no words have changed */
export function updateWords(
  context: StudioContext,
  planId: PlanId,
  cellIds: readonly CellId[] | null,
  askedBy: string,
): Batch {
  const record = context.library.batches.updateWords(planId, cellIds, askedBy);
  context.runner.wake();
  return context.viewBatch(record);
}
