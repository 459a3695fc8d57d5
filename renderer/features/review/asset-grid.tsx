import { memo, useDeferredValue, useEffect, useEffectEvent, useLayoutEffect, useSyncExternalStore } from 'react';
import type { MouseEvent } from 'react';
import { message } from '../../lib/messages/message.ts';
import { measureTextScale } from '../../lib/text-scale.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { countShown } from './asset-list.ts';
import { AssetTile, tileId } from './asset-tile.tsx';
import { CAPTION_PX, layoutGrid, rowsToRange, TILE_GAP_PX } from './grid-layout.ts';
import { countPlaces, hasPlace, indexOfPlace, placeAt, placesBetween } from './places.ts';
import type { Places } from './places.ts';
import { toggleLoupe } from './review-commands.ts';
import { names, summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { extendTo, selectOnly, toggleSelected } from './selection.ts';
import { useRowsInSight } from './use-rows-in-sight.ts';

/** Room around the tiles in pixels; the cursor's ring is drawn into it. */
const PADDING_PX = 12;
/** Rows that are drawn above and below those in sight. */
const NEAR_ROWS = 2;
const captionPx = CAPTION_PX * measureTextScale();
/** Places before and behind the window whose names are asked for with it. */
const AHEAD = 120;

function findPlace(event: MouseEvent): number | null {
  const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null;
  const place = tile?.dataset['place'];
  return place === undefined ? null : Number(place);
}

function onClick(event: MouseEvent): void {
  const place = findPlace(event);
  if (place === null) return;
  const { selection, list } = useReviewStore.getState();
  if (event.shiftKey) useReviewStore.setState({ selection: extendTo(selection, list, place) });
  else if (event.ctrlKey || event.metaKey) useReviewStore.setState({ selection: toggleSelected(selection, place) });
  else useReviewStore.setState({ selection: selectOnly(place), notice: null });
}

/** The right button acts on the selection when it falls inside it, else on the tile under it. */
function onContextMenu(event: MouseEvent): void {
  const place = findPlace(event);
  if (place !== null && !hasPlace(useReviewStore.getState().selection.selected, place))
    useReviewStore.setState({ selection: selectOnly(place) });
}

/** The count gives the scroll bar its final length; names and pictures are asked for where the window is. */
export const AssetGrid = memo(function AssetGrid() {
  const list = useReviewStore((state) => state.list);
  const wantedTilePx = useReviewStore((state) => state.tilePx);
  const active = useReviewStore((state) => state.selection.active);
  const [scroller, frame] = useElementSize();
  const { shown } = list;
  const count = countShown(list);
  const layout = layoutGrid(Math.max(0, frame.width - 2 * PADDING_PX), wantedTilePx, count, captionPx);
  const { columns, tilePx, rowPx } = layout;
  const rows = frame.width === 0 ? 0 : layout.rows;
  // Of another list, what is in sight is drawn first and what is near it when the hands are free.
  const near = useDeferredValue(list.listId) === list.listId ? NEAR_ROWS : 0;
  const inSight = useRowsInSight(scroller, { rows, rowPx, heightPx: frame.height, paddingPx: PADDING_PX, near });
  const { first, last, slots, showRow, standStill } = inSight;

  const version = useSyncExternalStore(names.subscribe, names.getVersion);
  const { start, end } = rowsToRange(first, last, columns, count);
  useEffect(() => {
    const [from, to] = [placeAt(shown, start), placeAt(shown, end - 1)];
    // The neighbours' names come along, so that a turn of the wheel finds them here.
    if (from !== undefined && to !== undefined) names.want(from - AHEAD, to + 1 + AHEAD);
  }, [start, end, shown]);
  useEffect(() => {
    summaries.want(
      placesBetween(shown, start, end)
        .map((place) => names.get(place))
        .filter((id) => id !== undefined),
    );
  }, [start, end, shown, version]);

  useEffect(() => {
    useReviewStore.setState({ gridShape: { columns, rowsPerPage: Math.max(1, Math.floor(frame.height / rowPx)) } });
  }, [columns, frame.height, rowPx]);

  const activeIndex = active === null ? -1 : indexOfPlace(shown, active);
  const activeRow = activeIndex < 0 ? -1 : Math.floor(activeIndex / columns);
  const isLaidOut = rows > 0;
  const follow = useEffectEvent((row: number) => (row < 0 ? standStill() : showRow(row)));
  // Another size of tiles moves every row; the cursor's stays in sight.
  useLayoutEffect(() => {
    if (isLaidOut) follow(activeRow);
  }, [activeRow, isLaidOut, rowPx]);

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        data-review-grid
        aria-label={message('review.gridLabel', { count })}
        aria-multiselectable
        aria-rowcount={layout.rows}
        aria-colcount={columns}
        {...(active !== null && activeRow >= first && activeRow <= last
          ? { 'aria-activedescendant': tileId(active) }
          : {})}
        className="absolute inset-0 overflow-x-hidden overflow-y-scroll outline-none select-none"
        onClick={onClick}
        onDoubleClick={(event) => findPlace(event) !== null && toggleLoupe()}
        onContextMenu={onContextMenu}
      >
        <div role="presentation" className="relative" style={{ height: rows * rowPx + 2 * PADDING_PX }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step).map((row) => (
            // A row that scrolls out of sight becomes the one that comes into it.
            <GridRow key={row % slots} row={row} columns={columns} tilePx={tilePx} rowPx={rowPx} shown={shown} />
          ))}
        </div>
      </div>
    </div>
  );
});

interface GridRowProps {
  row: number;
  columns: number;
  tilePx: number;
  rowPx: number;
  shown: Places;
}

const GridRow = memo(function GridRow({ row, columns, tilePx, rowPx, shown }: GridRowProps) {
  const { start, end } = rowsToRange(row, row, columns, countPlaces(shown));
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className="absolute inset-x-0 top-0 contain-layout contain-size contain-style"
      style={{ transform: `translateY(${PADDING_PX + row * rowPx}px)`, height: rowPx }}
    >
      {placesBetween(shown, start, end).map((place, offset) => (
        <AssetTile
          key={offset}
          place={place}
          index={start + offset}
          columns={columns}
          tilePx={tilePx}
          leftPx={PADDING_PX + offset * (tilePx + TILE_GAP_PX)}
        />
      ))}
    </div>
  );
});
