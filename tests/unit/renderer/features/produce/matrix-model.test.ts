import { describe, expect, test } from 'vitest';
import { cellSchema, planSchema } from '../../../../../electron/contract/plan.ts';
import type { Cell, Plan } from '../../../../../electron/contract/plan.ts';
import {
  buildMatrix,
  cellAt,
  cellsOfColumn,
  cellsOfRow,
  chooseVariationsPerLine,
  countStatuses,
  findPosition,
  layOutLines,
  moveInMatrix,
} from '../../../../../renderer/features/produce/matrix-model.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const concepts = [numberedId(101), numberedId(102)];
const formats = ['square-post', 'story'] as const;
const locales = ['en', 'de'];

function makePlan(variations: number): Plan {
  return planSchema.parse({
    id: numberedId(1),
    briefId: numberedId(2),
    brandVersionId: numberedId(3),
    name: 'Autumn',
    conceptIds: concepts,
    formatIds: formats,
    locales,
    variations,
    seed: 7,
    cellCount: concepts.length * formats.length * locales.length * variations,
    createdAtMs: 1,
  });
}

function makeCells(variations: number): Cell[] {
  let number = 1000;
  return concepts.flatMap((conceptId) =>
    locales.flatMap((locale) =>
      formats.flatMap((formatId) =>
        Array.from({ length: variations }, (_, variation) =>
          cellSchema.parse({
            id: numberedId((number += 1)),
            planId: numberedId(1),
            conceptId,
            formatId,
            locale,
            variation,
            seed: number,
            status: variation === 0 ? 'done' : 'empty',
            takeCount: 0,
            cover: null,
          }),
        ),
      ),
    ),
  );
}

const matrix = buildMatrix(makePlan(3), makeCells(3).reverse());

describe('buildMatrix', () => {
  test('orders rows by concept, then locale, columns by format and variations ascending, whatever the order of the cells', () => {
    expect(matrix.rows.map(({ conceptId, locale }) => [conceptId, locale])).toEqual(
      concepts.flatMap((concept) => locales.map((locale) => [concept, locale])),
    );
    expect(matrix.columns).toEqual(formats);
    expect(matrix.rows[3]?.cells[1]?.map(({ variation, formatId }) => [variation, formatId])).toEqual([
      [0, 'story'],
      [1, 'story'],
      [2, 'story'],
    ]);
  });

  test('leaves a hole where the studio has no cell', () => {
    const partial = buildMatrix(
      makePlan(1),
      makeCells(1).filter(({ formatId }) => formatId === 'story'),
    );
    expect(partial.rows[0]?.cells.map((group) => group.length)).toEqual([0, 1]);
  });
});

describe('layOutLines', () => {
  test('wraps variations inside their row', () => {
    const lines = layOutLines(matrix, 3, 2);
    expect(lines).toHaveLength(8);
    expect(lines.slice(0, 2)).toEqual([
      { rowIndex: 0, from: 0, to: 2, isFirst: true, isLast: false },
      { rowIndex: 0, from: 2, to: 3, isFirst: false, isLast: true },
    ]);
  });
});

describe('chooseVariationsPerLine', () => {
  test.each([
    [20, 2, 7],
    [20, 7, 3],
    [6, 3, 3],
    [5, 3, 5],
    [2, 1, 2],
    [1, 7, 1],
  ])('puts %i variations in one of %i columns as %i a line', (variations, columns, perLine) => {
    expect(chooseVariationsPerLine(variations, columns)).toBe(perLine);
  });
});

const at = (rowIndex: number, columnIndex: number, variation: number) => ({ rowIndex, columnIndex, variation });

describe('moveInMatrix', () => {
  test('walks through variations into the next column and stays at the edge', () => {
    expect(moveInMatrix(matrix, at(0, 0, 2), 'right', 2)).toEqual(at(0, 1, 0));
    expect(moveInMatrix(matrix, at(0, 1, 0), 'left', 2)).toEqual(at(0, 0, 2));
    expect(moveInMatrix(matrix, at(0, 1, 2), 'right', 2)).toEqual(at(0, 1, 2));
  });

  test('goes down by lines, then to the next row, and up to the last line of the row before', () => {
    expect(moveInMatrix(matrix, at(0, 0, 0), 'down', 2)).toEqual(at(0, 0, 2));
    expect(moveInMatrix(matrix, at(0, 0, 2), 'down', 2)).toEqual(at(1, 0, 0));
    expect(moveInMatrix(matrix, at(1, 0, 1), 'up', 2)).toEqual(at(0, 0, 2));
    expect(moveInMatrix(matrix, at(0, 0, 1), 'up', 2)).toEqual(at(0, 0, 1));
  });
});

describe('findPosition', () => {
  test('finds what cellAt returns', () => {
    const cell = cellAt(matrix, { rowIndex: 2, columnIndex: 1, variation: 1 });
    expect(cell && findPosition(matrix, cell.id)).toEqual({ rowIndex: 2, columnIndex: 1, variation: 1 });
  });
});

describe('cellsOfRow and cellsOfColumn', () => {
  test('cover the whole matrix', () => {
    const all = new Set(makeCells(3).map(({ id }) => id));
    expect(new Set(matrix.rows.flatMap((_, index) => cellsOfRow(matrix, index)))).toEqual(all);
    expect(new Set(matrix.columns.flatMap((_, index) => cellsOfColumn(matrix, index)))).toEqual(all);
  });
});

describe('countStatuses', () => {
  test('counts every cell once', () => {
    expect(countStatuses(makeCells(3))).toEqual({ empty: 16, queued: 0, running: 0, done: 8, failed: 0 });
  });
});
