import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from 'react';
import type { MouseEvent } from 'react';
import { message } from '../../lib/messages/message.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { AssetTile } from './asset-tile.tsx';
import { layoutGrid, rowsToRange, TILE_GAP_PX } from './grid-layout.ts';
import { toggleLoupe } from './review-commands.ts';
import { summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { extendTo, selectOnly, toggleSelected } from './selection.ts';

/** Room around the tiles in pixels; the cursor's ring is drawn into it. */
const PADDING_PX = 12;
const OVERSCAN_ROWS = 2;

function findAsset(event: MouseEvent): AssetId | null {
  const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-asset]') : null;
  const index = tile?.dataset['index'];
  return index === undefined ? null : (useReviewStore.getState().list.ids[Number(index)] ?? null);
}

function onClick(event: MouseEvent): void {
  const id = findAsset(event);
  if (id === null) return;
  const { selection, list } = useReviewStore.getState();
  if (event.shiftKey) useReviewStore.setState({ selection: extendTo(selection, list, id) });
  else if (event.ctrlKey || event.metaKey) useReviewStore.setState({ selection: toggleSelected(selection, id) });
  else useReviewStore.setState({ selection: selectOnly(id), notice: null });
}

/** The right button acts on the selection when it falls inside it, else on the tile under it. */
function onContextMenu(event: MouseEvent): void {
  const id = findAsset(event);
  if (id !== null && !useReviewStore.getState().selection.selected.has(id))
    useReviewStore.setState({ selection: selectOnly(id) });
}

/** Names first: the list of ids gives the scroll bar its final length; pictures are asked for where the window is. */
export function AssetGrid() {
  const list = useReviewStore((state) => state.list);
  const wantedTilePx = useReviewStore((state) => state.tilePx);
  const active = useReviewStore((state) => state.selection.active);
  const [scroller, frame] = useElementSize();
  const layout = layoutGrid(Math.max(0, frame.width - 2 * PADDING_PX), wantedTilePx, list.ids.length);
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

  useEffect(() => {
    const { start, end } = rowsToRange(firstRow, lastRow, columns, list.ids.length);
    summaries.want(list.ids.slice(start, end));
  }, [firstRow, lastRow, columns, list]);

  useEffect(() => {
    useReviewStore.setState({ gridShape: { columns, rowsPerPage: Math.max(1, Math.floor(frame.height / rowPx)) } });
  }, [columns, frame.height, rowPx]);

  useRowHeight(virtualizer, rowPx, columns, active === null ? -1 : (list.positions.get(active) ?? -1));

  const activeRow = active === null ? -1 : Math.floor((list.positions.get(active) ?? -1) / columns);
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
        aria-label={message('review.gridLabel', { count: list.ids.length })}
        aria-multiselectable
        aria-rowcount={rows}
        aria-colcount={columns}
        {...(active !== null && activeRow >= firstRow && activeRow <= lastRow
          ? { 'aria-activedescendant': `asset-${active}` }
          : {})}
        className="absolute inset-0 overflow-x-hidden overflow-y-scroll outline-none select-none"
        onClick={onClick}
        onDoubleClick={(event) => findAsset(event) !== null && toggleLoupe()}
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
              <GridRow index={item.index} {...tiles} ids={list.ids} />
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
  ids,
}: {
  index: number;
  columns: number;
  tilePx: number;
  ids: readonly AssetId[];
}) {
  const { start, end } = rowsToRange(index, index, columns, ids.length);
  return ids
    .slice(start, end)
    .map((id, offset) => (
      <AssetTile
        key={id}
        id={id}
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
