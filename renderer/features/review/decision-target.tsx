import { message } from '../../lib/messages/message.ts';
import { countPlaces } from './places.ts';
import { useReviewStore } from './review-store.ts';

/** Whom the next decision is for: in the grid everything selected, in every other view the one picture under the cursor. */
export function DecisionTarget() {
  const mode = useReviewStore((state) => state.mode);
  const count = useReviewStore((state) => countPlaces(state.selection.selected));
  const hasActive = useReviewStore((state) => state.selection.active !== null || state.sought !== null);
  const side = useReviewStore((state) => state.compare?.side);
  if (!hasActive) return message('review.noneSelected');
  if (mode === 'compare') return message(side === 'select' ? 'review.keysForSelect' : 'review.keysForCandidate');
  return mode === 'grid'
    ? message('review.keysForSelection', { count: Math.max(1, count) })
    : message('review.keysForThis');
}
