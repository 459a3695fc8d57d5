import { memo } from 'react';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { countAdded, countShown } from './asset-list.ts';
import { DecisionTarget } from './decision-target.tsx';
import { MAX_TILE_PX, MIN_TILE_PX } from './grid-layout.ts';
import { indexOfPlace } from './places.ts';
import { toggleAutoAdvance, updateList } from './review-commands.ts';
import { useReviewStore } from './review-store.ts';

/** Says whom keys decide for, what the last undo did and what would move when the list is sorted again; holds the view's own controls. */
export const FootBar = memo(function FootBar() {
  const mode = useReviewStore((state) => state.mode);
  const list = useReviewStore((state) => state.list);
  const active = useReviewStore((state) => state.selection.active);
  const notice = useReviewStore((state) => state.notice);
  const leaving = useReviewStore((state) => state.leaving);
  const tilePx = useReviewStore((state) => state.tilePx);
  const autoAdvance = useReviewStore((state) => state.autoAdvance);
  const added = countAdded(list);
  const driftText = [
    added > 0 ? message('review.driftAdded', { count: added }) : null,
    leaving > 0 ? message('review.driftLeaving', { count: leaving }) : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
  return (
    <div className="flex min-h-9 shrink-0 items-center gap-4 border-t bg-panel px-3 text-12 text-ink-soft">
      <p role="status" className="min-w-0 truncate">
        {notice ?? <DecisionTarget />}
      </p>
      {active === null || mode === 'compare' ? null : (
        <span className="shrink-0 text-ink-faint tabular-nums">
          {message('review.positionOf', { at: indexOfPlace(list.shown, active) + 1, of: countShown(list) })}
        </span>
      )}
      <span className="flex-1" />
      {driftText === '' ? null : (
        <Button variant="quiet" keys="l" onClick={updateList} className="text-12">
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
        <Slider
          label={message('review.tileSize')}
          labelHidden
          value={tilePx}
          min={MIN_TILE_PX}
          max={MAX_TILE_PX}
          step={8}
          valueText={message('review.pixels', { count: tilePx })}
          onChange={(next) => useReviewStore.setState({ tilePx: next })}
          className="w-28"
        />
      ) : null}
    </div>
  );
});
