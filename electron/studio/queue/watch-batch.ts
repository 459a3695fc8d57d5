import type { Batch } from '../../contract/batch.ts';
import type { BatchId } from '../../contract/identifiers.ts';
import { watchValue } from '../watch-value.ts';
import type { StudioContext } from '../studio-context.ts';

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
    subscribe: (listener) => context.onBatchChange(batchId, listener),
    everyMs: EVERY_MS,
    isLast: (batch) => isOver(batch),
    signal,
  });
}

function isOver({ state, inHand, waiting }: Batch): boolean {
  return state === 'finished' || (state === 'stopped' && inHand.length === 0 && waiting === 0);
}
