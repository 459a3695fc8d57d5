import type { Batch } from '../../../electron/contract/batch.ts';

export function isLive(batch: Batch): boolean {
  return batch.state === 'running' || batch.state === 'paused';
}

/** Time that passed for a batch so far or in all, in seconds. */
export function batchSeconds(batch: Batch, nowMs: number): number {
  return Math.max(0, ((batch.finishedAtMs ?? nowMs) - batch.startedAtMs) / 1000);
}

/** Batches that run first, then the newest. */
export function orderBatches(batches: readonly Batch[]): Batch[] {
  return [...batches].sort((a, b) => Number(isLive(b)) - Number(isLive(a)) || b.startedAtMs - a.startedAtMs);
}
