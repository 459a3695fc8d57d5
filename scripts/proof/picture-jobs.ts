import type { AssetId, BatchId } from '../../electron/contract/identifiers.ts';
import type { Library } from '../../electron/library/library.ts';
import type { ClaimedJob, JobHandle } from '../../electron/library/repositories/job-repository.ts';
import type { PictureWork } from '../../electron/library/repositories/picture-repository.ts';
import type { PictureResult } from '../../electron/library/repositories/picture-result.ts';

/** The jobs of pictures as a proof works on them: no engine, no lanes. */
export type PictureJob = ClaimedJob & PictureWork & { readonly batchId: BatchId };
export type PictureLibrary = Pick<Library, 'jobs' | 'pictures'>;

export function claimPicture(
  { jobs, pictures }: PictureLibrary,
  options: { readonly worker: string; readonly leaseMs: number },
): PictureJob | null {
  const job = jobs.claim({ ...options, resource: 'image', kinds: ['picture.make'] });
  if (job === null) return null;
  const work = pictures.work(job.jobId);
  if (work === null) throw new Error(`job ${job.jobId} makes no picture`);
  return { ...job, ...work, batchId: job.runId };
}

/** 'stale' when the job is no longer held under the token: nothing was written. */
export function completePicture(
  { jobs, pictures }: PictureLibrary,
  job: JobHandle,
  result: PictureResult,
): { readonly kind: 'committed'; readonly assetId: AssetId } | { readonly kind: 'stale' } {
  let assetId: AssetId | null = null;
  jobs.complete(job, (sequence) => ({ assetId: (assetId = pictures.commit(sequence, result)) }));
  return assetId === null ? { kind: 'stale' } : { kind: 'committed', assetId };
}
