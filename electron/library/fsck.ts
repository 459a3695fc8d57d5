import type { AssetId, JobId, ObjectHash } from '../contract/identifiers.ts';

export type FsckFinding =
  | { readonly kind: 'database'; readonly detail: string }
  | { readonly kind: 'reference'; readonly detail: string }
  | { readonly kind: 'objectMissing'; readonly hash: ObjectHash }
  | { readonly kind: 'objectWrongSize'; readonly hash: ObjectHash; readonly expectedBytes: number; readonly foundBytes: number }
  | { readonly kind: 'objectWrongHash'; readonly hash: ObjectHash; readonly foundHash: string }
  | { readonly kind: 'jobWithoutAsset'; readonly jobId: JobId }
  | { readonly kind: 'jobWithTwoAssets'; readonly jobId: JobId; readonly assetIds: AssetId[] }
  | { readonly kind: 'queue'; readonly detail: string };

/** `findings` are damage. Orphans and temporary files are leftovers of interrupted work and harm nothing. */
export type FsckReport = {
  readonly ok: boolean;
  readonly findings: FsckFinding[];
  readonly orphans: string[];
  readonly temporaryFiles: string[];
  readonly objects: number;
  readonly bytesRead: number;
};

export type RepairReport = { readonly movedToBin: string[] };
