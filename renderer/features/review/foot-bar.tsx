import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { MAX_TILE_PX, MIN_TILE_PX } from './grid-layout.ts';
import { toggleAutoAdvance } from './review-commands.ts';
import { sortIn, useReviewStore } from './review-store.ts';
import type { ReviewState } from './review-store.ts';

function describeTarget({ mode, selection, compare }: Pick<ReviewState, 'mode' | 'selection' | 'compare'>): string {
  if (selection.active === null) return message('review.noneSelected');
  if (mode === 'compare') return message(compare?.side === 'select' ? 'review.keysForSelect' : 'review.keysForCandidate');
  if (mode === 'grid') return message('review.keysForSelection', { count: Math.max(1, selection.selected.size) });
  return message('review.keysForThis');
}

/** Says whom keys decide for, what the last undo did and what would move when the list is sorted again; holds the view's own controls. */
export function FootBar() {
  const mode = useReviewStore((state) => state.mode);
  const selection = useReviewStore((state) => state.selection);
  const compare = useReviewStore((state) => state.compare);
  const notice = useReviewStore((state) => state.notice);
  const drift = useReviewStore((state) => state.drift);
  const tilePx = useReviewStore((state) => state.tilePx);
  const autoAdvance = useReviewStore((state) => state.autoAdvance);
  const driftText = [
    drift.added > 0 ? message('review.driftAdded', { count: drift.added }) : null,
    drift.leaving > 0 ? message('review.driftLeaving', { count: drift.leaving }) : null,
  ].filter((part) => part !== null).join(', ');
  return (
    <div className="flex h-9 shrink-0 items-center gap-4 border-t bg-panel px-3 text-12 text-ink-soft">
      <p role="status" className="min-w-0 truncate">
        {notice ?? describeTarget({ mode, selection, compare })}
      </p>
      <span className="flex-1" />
      {driftText === '' ? null : (
        <Button variant="quiet" keys="l" onClick={sortIn} className="text-12">
          {message('review.sortInWhat', { what: driftText })}
        </Button>
      )}
      {mode === 'grid' ? null : (
        <span className="flex items-center gap-1.5 whitespace-nowrap">
          <Kbd keys="escape" /> {message('review.toGrid')}
        </span>
      )}
      <Switch label={message('review.autoAdvanceShort')} checked={autoAdvance} onChange={toggleAutoAdvance} />
      {mode === 'grid' ? (
        <Slider label={message('review.tileSize')} labelHidden value={tilePx} min={MIN_TILE_PX} max={MAX_TILE_PX} step={8} valueText={message('review.pixels', { count: tilePx })} onChange={(next) => useReviewStore.setState({ tilePx: next })} className="w-[112px]" />
      ) : null}
    </div>
  );
}
