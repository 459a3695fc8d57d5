import type { Flag, ReviewStatus, Verdict } from '../../contract/asset.ts';
import type { AssetId } from '../../contract/identifiers.ts';
import type { Decision } from '../../contract/review.ts';

/** The three review axes of an asset. */
export type ReviewMarks = {
  readonly assetId: AssetId;
  readonly flag: Flag;
  readonly stars: number;
  readonly status: ReviewStatus;
};
/** What a verdict says, before it has an id, a reviewer and a time. */
export type MarkChange = Pick<Verdict, 'assetId' | 'axis' | 'before' | 'after'>;

/** One change for each asset whose value is another than the decided one; an asset that stands twice is decided once. */
export function decideChanges(marks: readonly ReviewMarks[], decision: Decision): MarkChange[] {
  const after = String(decision.value);
  const seen = new Set<AssetId>();
  return marks.flatMap((mark) => {
    if (seen.has(mark.assetId)) return [];
    seen.add(mark.assetId);
    const before = String(mark[decision.axis]);
    return before === after ? [] : [{ assetId: mark.assetId, axis: decision.axis, before, after }];
  });
}

/** The changes that take a group of verdicts back, newest first, so that an asset decided twice in it ends at its first value. */
export function invertChanges(group: readonly MarkChange[]): MarkChange[] {
  return group
    .toReversed()
    .map(({ assetId, axis, before, after }) => ({ assetId, axis, before: after, after: before }));
}
