import type { Batch } from '../../contract/batch.ts';
import type { BatchRecord } from '../../library/repositories/batch-repository.ts';
import type { WorkRate } from '../work-rate.ts';
import type { QueueGate } from './queue-gate.ts';
import type { JobInHand, RenderQueue } from './render-queue.ts';

const SECONDS_PER_MINUTE = 60;

export type BatchSources = {
  readonly queue: RenderQueue;
  readonly gate: QueueGate;
  readonly rate: WorkRate;
  readonly isFirstRunning: (batchId: BatchRecord['id']) => boolean;
};

/** What a page sees of a batch: the rows, and what memory knows of the pictures in hand. */
export function viewBatch(
  { running, ...record }: BatchRecord,
  { queue, gate, rate, isFirstRunning }: BatchSources,
): Batch {
  const begun = queue.inHand(record.id).filter(({ steps }) => steps > 0);
  const left = record.waiting + running;
  const secondsPerImage = rate.secondsPerImage();
  const isRunning = record.state === 'running';
  return {
    ...record,
    waiting: left - begun.length,
    inHand: begun.map(toJobInHand),
    imagesPerMinute: secondsPerImage === null ? null : SECONDS_PER_MINUTE / secondsPerImage,
    remaining: isRunning && left > 0 ? rate.remaining(left) : null,
    waitingFor:
      isRunning && left > 0
        ? (gate.sentence() ?? (isFirstRunning(record.id) ? null : 'An earlier batch is made first'))
        : null,
  };
}

function toJobInHand({ jobId, cellId, step, steps, preview }: JobInHand): Batch['inHand'][number] {
  return { jobId, cellId, step, steps, preview };
}
