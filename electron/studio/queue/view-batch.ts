import type { Batch } from '../../contract/batch.ts';
import { cellIdSchema } from '../../contract/identifiers.ts';
import type { WorkInHand } from '../../contract/run.ts';
import type { BatchRecord } from '../../library/repositories/batch-repository.ts';
import { findObstacle } from '../jobs/view-run.ts';
import type { RunSources } from '../jobs/view-run.ts';

const SECONDS_PER_MINUTE = 60;

/** What a page sees of a batch: the rows, and what memory knows of the pictures in hand. */
export function viewBatch({ running, ...record }: BatchRecord, sources: RunSources): Batch {
  const begun = sources.runner.inHand(record.id).filter(({ total }) => total > 0);
  const left = record.waiting + running;
  const rate = sources.rateOf('batch');
  const secondsPerImage = rate?.secondsPerImage() ?? null;
  const isRunning = record.state === 'running' && left > 0;
  return {
    ...record,
    waiting: left - begun.length,
    inHand: begun.map(toJobInHand),
    imagesPerMinute: secondsPerImage === null ? null : SECONDS_PER_MINUTE / secondsPerImage,
    remaining: isRunning ? (rate?.remaining(left) ?? null) : null,
    waitingFor: isRunning ? findObstacle({ id: record.id, kind: 'batch' }, sources) : null,
  };
}

function toJobInHand({ jobId, subject, done, total, preview }: WorkInHand): Batch['inHand'][number] {
  return { jobId, cellId: cellIdSchema.parse(subject), step: done, steps: total, preview };
}
