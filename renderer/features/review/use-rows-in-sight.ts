import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { flushSync } from 'react-dom';
import { findRowsInSight, scrollToShow } from './grid-layout.ts';
import type { RowMeasures, RowsInSight } from './grid-layout.ts';

/**
 * Which rows of equal height a scroller shows, and a few around them. Where each stands follows from its number, so a list of a hundred thousand costs what one of a hundred does, and
 * nothing is read back from the document.
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  measures: RowMeasures,
): RowsInSight & {
  /** Scrolls no further than needed. */
  readonly showRow: (row: number) => void;
  /** To be called when rows got another height: other rows stand where the scroller is. */
  readonly standStill: () => void;
} {
  const [topRow, setTopRow] = useState(0);
  const topPx = useRef(0);
  const { rowPx, paddingPx } = measures;
  const move = useCallback(
    (px: number) => {
      topPx.current = px;
      setTopRow(Math.max(0, Math.floor((px - paddingPx) / rowPx)));
    },
    [rowPx, paddingPx],
  );
  useEffect(() => {
    const element = scroller.current;
    // Drawn in the frame that scrolls: the next one would show bare ground.
    const follow = () => flushSync(() => move(element?.scrollTop ?? 0));
    element?.addEventListener('scroll', follow, { passive: true });
    return () => element?.removeEventListener('scroll', follow);
  }, [scroller, move]);

  const showRow = (row: number) => {
    const wantedPx = scrollToShow(row, topPx.current, measures);
    if (wantedPx !== topPx.current) scroller.current?.scrollTo({ top: wantedPx });
    move(wantedPx);
  };
  const standStill = () => move(scroller.current?.scrollTop ?? 0);
  return { ...findRowsInSight(topRow, measures), showRow, standStill };
}
