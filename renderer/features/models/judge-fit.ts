import type { Ledger, Model } from '../../../electron/contract/system.ts';

export type Fit =
  | { kind: 'held'; heldMiB: number; totalMiB: number }
  | { kind: 'good' | 'tight'; needMiB: number; freeMiB: number; totalMiB: number }
  | { kind: 'tooLarge'; needMiB: number; totalMiB: number }
  | { kind: 'unknown' };

/** Weights are loaded whole; working memory comes on top. Measured on the starter models as about a fifth. */
const WORKING_SHARE = 1.2;
const BYTES_PER_MIB = 1024 * 1024;

/** Whether a model fits into the roomiest device of this machine, now. */
export function judgeFit(model: Pick<Model, 'name' | 'kind' | 'sizeBytes'>, ledgers: readonly Ledger[]): Fit {
  for (const ledger of ledgers) {
    const held = ledger.reservations.find(
      (reservation) => reservation.kind === model.kind && reservation.holder.includes(model.name),
    );
    if (held) return { kind: 'held', heldMiB: held.sizeMiB, totalMiB: ledger.totalMiB };
  }
  const ledger = ledgers.toSorted((a, b) => b.totalMiB - a.totalMiB)[0];
  if (!ledger) return { kind: 'unknown' };
  const needMiB = (model.sizeBytes / BYTES_PER_MIB) * WORKING_SHARE;
  const { freeMiB, totalMiB } = ledger;
  if (needMiB > totalMiB) return { kind: 'tooLarge', needMiB, totalMiB };
  return { kind: needMiB <= freeMiB ? 'good' : 'tight', needMiB, freeMiB, totalMiB };
}
