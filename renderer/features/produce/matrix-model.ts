import type { CellId, DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Cell, CellStatus, Plan } from '../../../electron/contract/plan.ts';
import type { FormatId } from '../../../electron/contract/format.ts';

/** One row of the matrix: a concept in one locale. `cells` has one list of variations for each column. */
export interface MatrixRow {
  readonly key: string;
  readonly conceptId: DeliverableId;
  readonly locale: string;
  readonly cells: readonly (readonly Cell[])[];
}

export interface Matrix {
  readonly columns: readonly FormatId[];
  readonly rows: readonly MatrixRow[];
}

/** Arranges cells by the plan's own order of concepts, locales and formats; variations in ascending order. */
export function buildMatrix(plan: Plan, cells: readonly Cell[]): Matrix {
  const byPlace = new Map<string, Cell[]>();
  for (const cell of cells) {
    const place = `${cell.conceptId} ${cell.locale} ${cell.formatId}`;
    const group = byPlace.get(place);
    if (group === undefined) byPlace.set(place, [cell]);
    else group.push(cell);
  }
  for (const group of byPlace.values()) group.sort((a, b) => a.variation - b.variation);
  const rows = plan.conceptIds.flatMap((conceptId) =>
    plan.locales.map((locale) => ({
      key: `${conceptId} ${locale}`,
      conceptId,
      locale,
      cells: plan.formatIds.map((formatId) => byPlace.get(`${conceptId} ${locale} ${formatId}`) ?? []),
    })),
  );
  return { columns: plan.formatIds, rows };
}

/**
 * A line of the virtual list. A row with many variations wraps inside its columns, so that one row of 1,000 variations scrolls as well as
 * 1,000 rows of one.
 */
export interface MatrixLine {
  readonly rowIndex: number;
  /** Which part of each column's variations stands on this line: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export function layOutLines(matrix: Matrix, variations: number, perLine: number): MatrixLine[] {
  const linesPerRow = Math.max(1, Math.ceil(variations / perLine));
  return matrix.rows.flatMap((_, rowIndex) =>
    Array.from({ length: linesPerRow }, (__, line) => ({
      rowIndex,
      from: line * perLine,
      to: Math.min(variations, (line + 1) * perLine),
      isFirst: line === 0,
      isLast: line === linesPerRow - 1,
    })),
  );
}

/** How many variations stand beside each other in a column; those that wrap fill their lines evenly. */
export function chooseVariationsPerLine(variations: number, columnCount: number): number {
  const most = columnCount <= 2 ? 8 : columnCount <= 4 ? 5 : 3;
  return Math.ceil(variations / Math.ceil(variations / most));
}

export interface MatrixPosition {
  readonly rowIndex: number;
  readonly columnIndex: number;
  readonly variation: number;
}

export function findPosition(matrix: Matrix, cellId: CellId): MatrixPosition | null {
  for (const [rowIndex, row] of matrix.rows.entries()) {
    for (const [columnIndex, group] of row.cells.entries()) {
      const variation = group.findIndex((cell) => cell.id === cellId);
      if (variation >= 0) return { rowIndex, columnIndex, variation };
    }
  }
  return null;
}

export function cellAt(matrix: Matrix, position: MatrixPosition): Cell | null {
  return matrix.rows[position.rowIndex]?.cells[position.columnIndex]?.[position.variation] ?? null;
}

/** Arrow keys: left and right walk through variations and on into the next column; up and down keep column and variation. */
export function moveInMatrix(
  matrix: Matrix,
  position: MatrixPosition,
  move: 'left' | 'right' | 'up' | 'down',
  perLine: number,
): MatrixPosition {
  const { rowIndex, columnIndex, variation } = position;
  const lengthOf = (row: number, column: number) => matrix.rows[row]?.cells[column]?.length ?? 0;
  if (move === 'left' || move === 'right') {
    const step = move === 'left' ? -1 : 1;
    if (variation + step >= 0 && variation + step < lengthOf(rowIndex, columnIndex))
      return { ...position, variation: variation + step };
    const columnLength = lengthOf(rowIndex, columnIndex + step);
    if (columnLength === 0) return position;
    return { rowIndex, columnIndex: columnIndex + step, variation: step < 0 ? columnLength - 1 : 0 };
  }
  const step = move === 'up' ? -perLine : perLine;
  const wrapped = variation + step;
  if (wrapped >= 0 && wrapped < lengthOf(rowIndex, columnIndex)) return { ...position, variation: wrapped };
  const nextRow = rowIndex + Math.sign(step);
  const length = lengthOf(nextRow, columnIndex);
  if (length === 0) return position;
  const place = variation % perLine;
  const lastLineStart = Math.floor((length - 1) / perLine) * perLine;
  const landing = step > 0 ? place : lastLineStart + place;
  return { rowIndex: nextRow, columnIndex, variation: Math.min(length - 1, landing) };
}

export function cellsOfRow(matrix: Matrix, rowIndex: number): CellId[] {
  return (matrix.rows[rowIndex]?.cells ?? []).flatMap((group) => group.map(({ id }) => id));
}

export function cellsOfColumn(matrix: Matrix, columnIndex: number): CellId[] {
  return matrix.rows.flatMap((row) => (row.cells[columnIndex] ?? []).map(({ id }) => id));
}

export type StatusCounts = Readonly<Record<CellStatus, number>>;

/** `running` names cells whose image is in hand by the batch's own word, which is newer than the cells'. */
export function countStatuses(cells: readonly Cell[], running: ReadonlySet<CellId> = new Set()): StatusCounts {
  const counts: Record<CellStatus, number> = { empty: 0, queued: 0, running: 0, done: 0, failed: 0 };
  for (const { id, status } of cells) counts[running.has(id) ? 'running' : status] += 1;
  return counts;
}
