import type { Batch } from '../../contract/batch.ts';
import { cellIdSchema } from '../../contract/identifiers.ts';
import type { WorkInHand } from '../../contract/run.ts';
import type { BatchRecord } from '../../library/repositories/batch-repository.ts';
import { viewProgress } from '../jobs/view-run.ts';
import type { RunSources } from '../jobs/view-run.ts';

/** What a page sees of a batch: the rows, and what memory knows of the pictures in hand. */
export function viewBatch({ running, ...record }: BatchRecord, sources: RunSources): Batch {
  const { inHand, perMinute, ...progress } = viewProgress({ ...record, running, kind: 'batch' }, sources);
  return { ...record, ...progress, inHand: inHand.map(toJobInHand), imagesPerMinute: perMinute };
}

function toJobInHand({ jobId, subject, done, total, preview }: WorkInHand): Batch['inHand'][number] {
  return { jobId, cellId: cellIdSchema.parse(subject), step: done, steps: total, preview };
}
