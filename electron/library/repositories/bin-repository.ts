/** `bytes` is what emptying would free at most. */
export type BinContent = { readonly assets: number; readonly deliverables: number; readonly bytes: number };

/** The one place where anything is deleted for good. */
export type BinRepository = {
  content(): BinContent;
  /** Deletes what was binned before the given time, then the objects that nothing names any more. Finished jobs keep a note of what they made. */
  empty(options: { readonly binnedBeforeMs: number }): { readonly assets: number; readonly deliverables: number; readonly objects: number; readonly bytes: number };
};
