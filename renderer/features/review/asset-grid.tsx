import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { MouseEvent } from 'react';
import { message } from '../../lib/messages/message.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { countShown } from './asset-list.ts';
import type { AssetList } from './asset-list.ts';
import { AssetTile, tileId } from './asset-tile.tsx';
import { layoutGrid, rowsToRange, TILE_GAP_PX } from './grid-layout.ts';
import { hasPlace, indexOfPlace, placeAt, placesBetween } from './places.ts';
import { toggleLoupe } from './review-commands.ts';
import { names, summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { extendTo, selectOnly, toggleSelected } from './selection.ts';

/** Room around the tiles in pixels; the cursor's ring is drawn into it. */
const PADDING_PX = 12;
const OVERSCAN_ROWS = 2;
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
export function AssetGrid() {
  const list = useReviewStore((state) => state.list);
  const wantedTilePx = useReviewStore((state) => state.tilePx);
  const active = useReviewStore((state) => state.selection.active);
  const [scroller, frame] = useElementSize();
  const count = countShown(list);
  const layout = layoutGrid(Math.max(0, frame.width - 2 * PADDING_PX), wantedTilePx, count);
  const { columns, tilePx, rowPx, rows } = layout;
  // oxlint-disable-next-line react/incompatible-library -- rows are memoised by plain values of their own; nothing caches what the virtualizer returns
  const virtualizer = useVirtualizer({
    count: frame.width === 0 ? 0 : rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    paddingStart: PADDING_PX,
    paddingEnd: PADDING_PX,
    scrollPaddingStart: PADDING_PX,
    scrollPaddingEnd: PADDING_PX,
  });
  const items = virtualizer.getVirtualItems();
  const firstRow = items[0]?.index ?? 0;
  const lastRow = items.at(-1)?.index ?? -1;

  const version = useSyncExternalStore(names.subscribe, names.getVersion);
  const { start, end } = rowsToRange(firstRow, lastRow, columns, count);
  useEffect(() => {
    const [first, last] = [placeAt(list.shown, start), placeAt(list.shown, end - 1)];
    // The neighbours' names come along, so that a turn of the wheel finds them here.
    if (first !== undefined && last !== undefined) names.want(first - AHEAD, last + 1 + AHEAD);
  }, [start, end, list]);
  useEffect(() => {
    summaries.want(
      placesBetween(list.shown, start, end)
        .map((place) => names.get(place))
        .filter((id) => id !== undefined),
    );
  }, [start, end, list, version]);

  useEffect(() => {
    useReviewStore.setState({ gridShape: { columns, rowsPerPage: Math.max(1, Math.floor(frame.height / rowPx)) } });
  }, [columns, frame.height, rowPx]);

  const activeIndex = active === null ? -1 : indexOfPlace(list.shown, active);
  useRowHeight(virtualizer, rowPx, columns, activeIndex);

  const activeRow = Math.floor(activeIndex / columns);
  const isLaidOut = frame.width > 0;
  const follow = useEffectEvent((row: number) => virtualizer.scrollToIndex(row, { align: 'auto' }));
  useLayoutEffect(() => {
    if (activeRow >= 0 && isLaidOut) follow(activeRow);
  }, [activeRow, isLaidOut]);

  const tiles = useMemo(() => ({ columns, tilePx }), [columns, tilePx]);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        data-review-grid
        aria-label={message('review.gridLabel', { count })}
        aria-multiselectable
        aria-rowcount={rows}
        aria-colcount={columns}
        {...(active !== null && activeRow >= firstRow && activeRow <= lastRow
          ? { 'aria-activedescendant': tileId(active) }
          : {})}
        className="absolute inset-0 overflow-x-hidden overflow-y-scroll outline-none select-none"
        onClick={onClick}
        onDoubleClick={(event) => findPlace(event) !== null && toggleLoupe()}
        onContextMenu={onContextMenu}
      >
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => (
            <div
              key={item.index}
              role="row"
              aria-rowindex={item.index + 1}
              className="absolute inset-x-0"
              style={{ transform: `translateY(${item.start}px)`, height: rowPx }}
            >
              <GridRow index={item.index} {...tiles} list={list} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function GridRow({
  index,
  columns,
  tilePx,
  list,
}: {
  index: number;
  columns: number;
  tilePx: number;
  list: AssetList;
}) {
  const { start, end } = rowsToRange(index, index, columns, countShown(list));
  return placesBetween(list.shown, start, end).map((place, offset) => (
    <AssetTile
      key={place}
      place={place}
      index={start + offset}
      columns={columns}
      tilePx={tilePx}
      leftPx={PADDING_PX + offset * (tilePx + TILE_GAP_PX)}
    />
  ));
}

/** A new tile size changes every row; the row of the cursor, or else the first one in sight, stays where it is. */
function useRowHeight(
  virtualizer: { measure(): void; scrollToIndex(index: number, options: { align: 'start' | 'auto' | 'center' }): void },
  rowPx: number,
  columns: number,
  activeIndex: number,
): void {
  const before = useRef({ rowPx, columns });
  useLayoutEffect(() => {
    if (before.current.rowPx === rowPx && before.current.columns === columns) return;
    before.current = { rowPx, columns };
    virtualizer.measure();
    if (activeIndex >= 0) virtualizer.scrollToIndex(Math.floor(activeIndex / columns), { align: 'auto' });
  }, [virtualizer, rowPx, columns, activeIndex]);
}
