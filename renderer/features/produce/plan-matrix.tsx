import { useVirtualizer } from '@tanstack/react-virtual';
import { RotateCcw } from 'lucide-react';
import { memo, useEffectEvent, useLayoutEffect, useMemo } from 'react';
import type { MouseEvent } from 'react';
import type { CellId } from '../../../electron/contract/identifiers.ts';
import type { Cell, Plan } from '../../../electron/contract/plan.ts';
import type { ChannelFormat } from '../../../electron/contract/format.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { measureTextScale } from '../../lib/text-scale.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { cellStatusTitles } from './batch-titles.ts';
import { chooseVariationsPerLine, countStatuses, findPosition, layOutLines } from './matrix-model.ts';
import type { Matrix, MatrixLine } from './matrix-model.ts';
import { RatioGlyph } from './ratio-glyph.tsx';

/** Sizes in CSS pixels. Cells are square, so that every format stands in the same raster. */
const MIN_CELL_PX = 56;
const MAX_CELL_PX = 128;
const GAP_PX = 6;
const COLUMN_PADDING_PX = 10;
const ROW_PADDING_PX = 8;
/** What holds text grows with it. */
const ROW_HEAD_PX = 184 * measureTextScale();
const HEAD_PX = 40 * measureTextScale();
const MIN_COLUMN_PX = 124 * measureTextScale();

/** The largest square at which all columns stand beside each other; small plans get large pictures. */
function fitCell(widthPx: number, columnCount: number, perLine: number): number {
  const perColumn = widthPx / Math.max(1, columnCount) - 2 * COLUMN_PADDING_PX - (perLine - 1) * GAP_PX;
  return Math.min(MAX_CELL_PX, Math.max(MIN_CELL_PX, Math.floor(perColumn / perLine)));
}

interface PlanMatrixProps {
  plan: Plan;
  matrix: Matrix;
  formats: readonly ChannelFormat[];
  headlines: ReadonlyMap<string, string>;
  selectedId: CellId | null;
  runningIds: ReadonlySet<CellId>;
  onSelect: (cellId: CellId | null) => void;
  onOpen: (cellId: CellId) => void;
  onRedoRow: (rowIndex: number) => void;
  onRedoColumn: (columnIndex: number) => void;
}

/** Rows are concepts (in each locale), columns formats, variations stand inside. Lines are virtual, so 20,000 cells scroll like 20. */
export function PlanMatrix({
  plan,
  matrix,
  formats,
  headlines,
  selectedId,
  runningIds,
  onSelect,
  onOpen,
  onRedoRow,
  onRedoColumn,
}: PlanMatrixProps) {
  const [scroller, frame] = useElementSize();
  const perLine = chooseVariationsPerLine(plan.variations, matrix.columns.length);
  const lines = useMemo(() => layOutLines(matrix, plan.variations, perLine), [matrix, plan.variations, perLine]);
  const cellPx = fitCell(frame.width - ROW_HEAD_PX, matrix.columns.length, perLine);
  const columnPx = Math.max(MIN_COLUMN_PX, perLine * (cellPx + GAP_PX) - GAP_PX + 2 * COLUMN_PADDING_PX);
  const sizeOf = (line: MatrixLine | undefined) =>
    cellPx + GAP_PX + (line?.isFirst ? ROW_PADDING_PX : 0) + (line?.isLast ? ROW_PADDING_PX - GAP_PX : 0);
  // oxlint-disable-next-line react/incompatible-library -- rows are memoised by plain values of their own; nothing caches what the virtualizer returns
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(lines[index]),
    overscan: 4,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX + 8,
    scrollPaddingEnd: 8,
  });

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, cellPx, lines]);

  const place = useMemo(() => (selectedId === null ? null : findPosition(matrix, selectedId)), [matrix, selectedId]);
  const selectedLine =
    place === null
      ? -1
      : lines.findIndex(
          ({ rowIndex, from, to }) => rowIndex === place.rowIndex && place.variation >= from && place.variation < to,
        );
  const follow = useEffectEvent((line: number) => virtualizer.scrollToIndex(line, { align: 'auto' }));
  useLayoutEffect(() => {
    if (selectedLine >= 0) follow(selectedLine);
  }, [selectedLine]);

  function cellUnder(event: MouseEvent): CellId | null {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-cell]') : null;
    const [row, column, variation] = (button?.dataset['cell'] ?? '').split(' ').map(Number);
    if (row === undefined || column === undefined || variation === undefined) return null;
    return matrix.rows[row]?.cells[column]?.[variation]?.id ?? null;
  }

  const widthPx = ROW_HEAD_PX + matrix.columns.length * columnPx;
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      data-plan-grid
      data-scrolls-sideways
      aria-label={message('produce.matrixLabel', { rows: matrix.rows.length, columns: matrix.columns.length })}
      aria-rowcount={lines.length + 1}
      aria-colcount={matrix.columns.length + 1}
      {...(selectedId !== null && selectedLine >= 0 ? { 'aria-activedescendant': `cell-${selectedId}` } : {})}
      className="min-h-0 flex-1 overflow-auto outline-none select-none"
      onClick={(event) => {
        const cellId = cellUnder(event);
        if (cellId !== null) onSelect(cellId);
      }}
      onDoubleClick={(event) => {
        const cellId = cellUnder(event);
        if (cellId !== null) onOpen(cellId);
      }}
    >
      <div style={{ width: widthPx, minWidth: '100%' }}>
        <HeadRow matrix={matrix} formats={formats} columnPx={columnPx} onRedoColumn={onRedoColumn} />
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className={classNames('group/row absolute inset-x-0 flex', line.isLast && 'border-b')}
                style={{ transform: `translateY(${item.start - HEAD_PX}px)`, height: item.size }}
              >
                <Line
                  matrix={matrix}
                  formats={formats}
                  line={line}
                  columnPx={columnPx}
                  cellPx={cellPx}
                  headlines={headlines}
                  showLocale={plan.locales.length > 1}
                  selectedId={selectedId}
                  runningIds={runningIds}
                  onRedoRow={onRedoRow}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function HeadRow({
  matrix,
  formats,
  columnPx,
  onRedoColumn,
}: {
  matrix: Matrix;
  formats: readonly ChannelFormat[];
  columnPx: number;
  onRedoColumn: (columnIndex: number) => void;
}) {
  return (
    <div role="row" aria-rowindex={1} className="sticky top-0 z-20 flex border-b bg-panel" style={{ height: HEAD_PX }}>
      <span
        role="columnheader"
        className="sticky left-0 z-10 flex shrink-0 items-center bg-panel px-4 text-12 text-ink-faint"
        style={{ width: ROW_HEAD_PX }}
      >
        {message('produce.conceptColumn')}
      </span>
      {matrix.columns.map((formatId, columnIndex) => {
        const format = formats.find(({ id }) => id === formatId);
        return (
          <div
            key={formatId}
            role="columnheader"
            className="group/head relative flex shrink-0 items-center gap-2"
            style={{ width: columnPx, paddingInline: COLUMN_PADDING_PX }}
          >
            {format ? <RatioGlyph format={format} sizePx={14} className="text-ink-faint" /> : null}
            <span className="min-w-0 truncate text-12 text-ink-soft" title={format?.name}>
              {format?.name ?? formatId}
            </span>
            <IconButton
              small
              icon={RotateCcw}
              label={message('produce.redoColumn', { format: format?.name ?? formatId })}
              onClick={() => onRedoColumn(columnIndex)}
              className="absolute right-1 bg-panel opacity-0 group-hover/head:opacity-100 focus-visible:opacity-100"
            />
          </div>
        );
      })}
    </div>
  );
}

interface LineProps {
  matrix: Matrix;
  formats: readonly ChannelFormat[];
  line: MatrixLine;
  columnPx: number;
  cellPx: number;
  headlines: ReadonlyMap<string, string>;
  showLocale: boolean;
  selectedId: CellId | null;
  runningIds: ReadonlySet<CellId>;
  onRedoRow: (rowIndex: number) => void;
}

function Line({
  matrix,
  formats,
  line,
  columnPx,
  cellPx,
  headlines,
  showLocale,
  selectedId,
  runningIds,
  onRedoRow,
}: LineProps) {
  const row = matrix.rows[line.rowIndex];
  if (row === undefined) return null;
  const headline = headlines.get(row.conceptId) ?? message('produce.conceptGone');
  const paddingTop = line.isFirst ? ROW_PADDING_PX : 0;
  return (
    <>
      <div
        role="rowheader"
        className="sticky left-0 z-10 flex shrink-0 items-start gap-1 bg-page pr-2 pl-4"
        style={{ width: ROW_HEAD_PX, paddingTop }}
      >
        {line.isFirst ? (
          <>
            <span className="min-w-0 flex-1">
              <span className="line-clamp-2 text-13 leading-4.5 text-pretty" title={headline}>
                {headline}
              </span>
              <span className="flex items-center gap-1.5 text-11 text-ink-faint tabular-nums">
                {showLocale ? <span className="font-medium text-ink-soft">{row.locale}</span> : null}
                <RowCount cells={row.cells.flat()} />
              </span>
            </span>
            <IconButton
              small
              icon={RotateCcw}
              label={message('produce.redoRow', { concept: headline })}
              onClick={() => onRedoRow(line.rowIndex)}
              className="opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
            />
          </>
        ) : null}
      </div>
      {row.cells.map((group, columnIndex) => (
        <div
          key={matrix.columns[columnIndex]}
          role="presentation"
          className="flex shrink-0"
          style={{ width: columnPx, paddingInline: COLUMN_PADDING_PX, paddingTop, gap: GAP_PX }}
        >
          {group.slice(line.from, line.to).map((cell, offset) => (
            <MatrixCell
              key={cell.id}
              cell={cell}
              sizePx={cellPx}
              place={`${line.rowIndex} ${columnIndex} ${line.from + offset}`}
              selected={cell.id === selectedId}
              running={runningIds.has(cell.id)}
              headline={headline}
              formatName={formats.find(({ id }) => id === cell.formatId)?.name ?? cell.formatId}
            />
          ))}
        </div>
      ))}
    </>
  );
}

function RowCount({ cells }: { cells: readonly Cell[] }) {
  const { done, failed } = countStatuses(cells);
  return (
    <>
      {message('produce.doneOf', { done, total: cells.length })}
      {failed > 0 ? (
        <span className="inline-flex items-center gap-0.5 text-redo">
          <StatusMark kind="failed" label={message('produce.cell.failed')} sizePx={11} />
          {failed}
        </span>
      ) : null}
    </>
  );
}

/** A finished cell is its picture; any other state is a shape of its own. A number tells how many takes there are. */
const MatrixCell = memo(function MatrixCell({
  cell,
  sizePx,
  place,
  selected,
  running,
  headline,
  formatName,
}: {
  cell: Cell;
  sizePx: number;
  place: string;
  selected: boolean;
  running: boolean;
  headline: string;
  formatName: string;
}) {
  const status = running ? 'running' : cell.status;
  const { cover } = cell;
  return (
    <div
      role="gridcell"
      id={`cell-${cell.id}`}
      data-cell={place}
      aria-selected={selected}
      aria-label={message('produce.cellLabel', {
        takes: cell.takeCount,
        headline,
        format: formatName,
        variation: cell.variation + 1,
        status: message(cellStatusTitles[status]),
      })}
      className={classNames(
        'relative shrink-0 overflow-hidden rounded-small',
        selected ? 'outline-2 outline-offset-1 outline-accent-text' : 'hover:outline-1 hover:outline-line-strong',
        cover === null &&
          (status === 'failed'
            ? 'border border-rejected/60 bg-rejected-wash'
            : status === 'empty'
              ? 'border border-dashed border-line-strong'
              : 'border bg-hover'),
      )}
      style={{ width: sizePx, height: sizePx }}
    >
      {cover === null ? null : <Thumb url={assetUrl(cover.thumbnail)} alt="" className="size-full" />}
      {cover === null ? (
        status === 'empty' ? null : (
          <span className="absolute inset-0 flex items-center justify-center">
            <StatusMark kind={status} label="" sizePx={18} />
          </span>
        )
      ) : status === 'done' ? null : (
        <span className="absolute bottom-0.5 left-0.5 flex size-4 items-center justify-center rounded-small bg-raised">
          <StatusMark kind={status} label="" sizePx={12} />
        </span>
      )}
      {cell.takeCount > 1 ? (
        <span
          aria-hidden
          className="absolute right-0.5 bottom-0.5 rounded-small bg-raised px-1 text-11 leading-4 tabular-nums"
        >
          {cell.takeCount}
        </span>
      ) : null}
      {running ? <span className="absolute inset-0 rounded-small border-2 border-accent-text" /> : null}
    </div>
  );
});
