import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import { placesFrom } from './places.ts';
import type { Places } from './places.ts';
import type { Targets } from './targets.ts';

export function applyDecision(summary: AssetSummary, decision: Decision): AssetSummary {
  switch (decision.axis) {
    case 'flag':
      return summary.flag === decision.value ? summary : { ...summary, flag: decision.value };
    case 'stars':
      return summary.stars === decision.value ? summary : { ...summary, stars: decision.value };
    case 'status':
      return summary.status === decision.value ? summary : { ...summary, status: decision.value };
  }
}

/** A decision that is shown already but not yet answered by the studio. */
export interface PendingDecision {
  readonly ticket: number;
  readonly targets: Targets;
  readonly decision: Decision;
}

/** What the screen shows: the studio's word with every unanswered decision on top, oldest first. Dropping one from the list is its rollback. */
export function applyPending(summary: AssetSummary, pending: readonly PendingDecision[]): AssetSummary {
  return pending.reduce(
    (shown, { targets, decision }) => (targets.has(shown.id) ? applyDecision(shown, decision) : shown),
    summary,
  );
}

export type ReviewMode = 'grid' | 'loupe' | 'compare' | 'survey';

/** In the grid a decision is for everything selected; in every other view it is for the one asset under the cursor. */
export function decisionPlaces(mode: ReviewMode, selected: Places, active: number | null): Places {
  if (mode === 'grid' && selected.length > 0) return selected;
  return active === null ? [] : placesFrom(active, active + 1);
}

/** A decision on one asset moves on when asked to; one on several never does, because the selection is still being worked on. */
export function advancesAfter(targetCount: number, autoAdvance: boolean, shiftKey: boolean): boolean {
  return targetCount === 1 && (autoAdvance || shiftKey);
}
