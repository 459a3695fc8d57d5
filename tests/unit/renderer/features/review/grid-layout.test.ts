import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseThumbnail,
  findRowsInSight,
  layoutGrid,
  MAX_TILE_PX,
  MIN_TILE_PX,
  moveInGrid,
  rowsToRange,
  scrollToShow,
} from '../../../../../renderer/features/review/grid-layout.ts';
import type { GridMove } from '../../../../../renderer/features/review/grid-layout.ts';

describe('layoutGrid', () => {
  test('fills the width with tiles of about the wanted size', () => {
    expect(layoutGrid(1000, 160, 50)).toEqual({ columns: 6, tilePx: 160, rowPx: 190, rows: 9 });
  });

  test('stays under the tallest page that Chromium lays out, for 100,000 and 1,000,000 assets at any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 2400 }),
        fc.integer({ min: MIN_TILE_PX, max: MAX_TILE_PX }),
        (widthPx, tilePx) => {
          for (const count of [100_000, 1_000_000]) {
            const layout = layoutGrid(widthPx, tilePx, count);
            expect(layout.rows * layout.rowPx).toBeLessThan(33_554_428);
            expect(layout.columns * layout.tilePx).toBeLessThanOrEqual(widthPx);
          }
        },
      ),
    );
  });
});

describe('moveInGrid', () => {
  const moves: GridMove[] = ['left', 'right', 'up', 'down', 'page-up', 'page-down', 'first', 'last'];

  test('never leaves the list', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 2, max: 9 }),
        fc.nat(),
        fc.constantFrom(...moves),
        (count, columns, seed, move) => {
          const target = moveInGrid(seed % count, move, columns, count, 3);
          expect(target).toBeGreaterThanOrEqual(0);
          expect(target).toBeLessThan(count);
        },
      ),
    );
  });

  test('goes down to the last asset of a short last row and stays there', () => {
    expect(moveInGrid(3, 'down', 4, 6, 3)).toBe(5);
    expect(moveInGrid(5, 'down', 4, 6, 3)).toBe(5);
  });

  test('stays in the first row on the way up and keeps its column on a page', () => {
    expect(moveInGrid(2, 'up', 4, 20, 3)).toBe(2);
    expect(moveInGrid(6, 'page-up', 4, 20, 3)).toBe(2);
  });

  test('starts at the first asset without a cursor and has nowhere to go in an empty list', () => {
    expect(moveInGrid(-1, 'right', 4, 20, 3)).toBe(0);
    expect(moveInGrid(-1, 'right', 4, 0, 3)).toBe(-1);
  });
});

describe('rowsToRange', () => {
  test('ends with the list', () => {
    expect(rowsToRange(1, 4, 5, 12)).toEqual({ start: 5, end: 12 });
  });
});

describe('chooseThumbnail', () => {
  test.each([
    [160, 1, 'small'],
    [160, 2, 'medium'],
    [480, 1, 'medium'],
    [300, 2, 'large'],
  ] as const)('shows %i px at ratio %i with the %s one', (edge, ratio, size) => {
    expect(chooseThumbnail(edge, ratio)).toBe(size);
  });
});

describe('rows in sight', () => {
  const measures = { rows: 16_667, rowPx: 190, heightPx: 700, paddingPx: 12, near: 2 };
  const lastTopPx = measures.rows * measures.rowPx + 2 * measures.paddingPx - measures.heightPx;
  const topRowAt = (px: number) => Math.max(0, Math.floor((px - measures.paddingPx) / measures.rowPx));

  test('cover every pixel of the window wherever it is scrolled to, each in a slot of its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastTopPx }), (topPx) => {
        const { first, last, slots } = findRowsInSight(topRowAt(topPx), measures);
        const topOf = (row: number) => measures.paddingPx + row * measures.rowPx;
        expect(first === 0 || topOf(first) <= topPx).toBe(true);
        expect(last === measures.rows - 1 || topOf(last + 1) >= topPx + measures.heightPx).toBe(true);
        expect(last - first + 1).toBeLessThanOrEqual(slots);
      }),
    );
  });

  test('show the end of a list that became shorter, and none of an empty one', () => {
    expect(findRowsInSight(9000, { ...measures, rows: 3 })).toMatchObject({ first: 0, last: 2 });
    expect(findRowsInSight(9000, { ...measures, rows: 20 })).toMatchObject({ last: 19 });
    expect(findRowsInSight(0, { ...measures, rows: 0 })).toMatchObject({ first: 0, last: -1 });
  });

  test('scrolling to a row brings the whole of it into sight and moves no further than needed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: measures.rows - 1 }),
        fc.integer({ min: 0, max: lastTopPx }),
        (row, topPx) => {
          const movedPx = scrollToShow(row, topPx, measures);
          const rowTopPx = measures.paddingPx + row * measures.rowPx;
          expect(movedPx).toBeLessThanOrEqual(rowTopPx);
          expect(movedPx + measures.heightPx).toBeGreaterThanOrEqual(rowTopPx + measures.rowPx);
          expect(movedPx).toBeGreaterThanOrEqual(0);
          expect(movedPx).toBeLessThanOrEqual(lastTopPx);
          expect(scrollToShow(row, movedPx, measures)).toBe(movedPx);
        },
      ),
    );
  });
});
