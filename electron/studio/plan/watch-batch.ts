import type { Batch } from '../../contract/batch.ts';
import type { BatchId } from '../../contract/identifiers.ts';
import { isOver } from '../jobs/watch-run.ts';
import { watchValue } from '../streams/watch-value.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** At most ten times a second. */
const EVERY_MS = 100;

/** The batch now and after every change, until it ends with nothing in hand. @throws batch.notFound */
export function watchBatch(
  context: StudioContext,
  batchId: BatchId,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch, void, void> {
  const read = () => context.viewBatch(context.library.batches.get(batchId));
  read();
  return watchValue({
    read,
    subscribe: (listener) => context.onRunChange(batchId, listener),
    everyMs: EVERY_MS,
    isLast: isOver,
    signal,
  });
}
