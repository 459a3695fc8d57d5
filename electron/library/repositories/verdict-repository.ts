import type { AssetSummary } from '../../contract/asset.ts';
import type { AssetId, VerdictId } from '../../contract/identifiers.ts';
import type { Decision } from '../../contract/review.ts';

export type NewDecision = { readonly assetIds: readonly AssetId[]; readonly decision: Decision; readonly reason: string; readonly reviewer: string };

/** `assets` are the summaries after the change. */
export type Decided = { readonly group: VerdictId; readonly assets: AssetSummary[] };

/** Append-only: the database itself refuses to change or delete a verdict outside of emptying the bin. */
export type VerdictRepository = {
  /** One verdict for each asset whose value changes; all or none. When nothing changes no group is written, so that undo keeps its place. @throws asset.notFound */
  decide(decision: NewDecision): Decided;
  /** Takes back this reviewer's newest group that stands. @throws review.nothingToUndo */
  undo(reviewer: string): Decided;
  /** Takes back this reviewer's newest undo, unless they decided something since. @throws review.nothingToUndo */
  redo(reviewer: string): Decided;
};
