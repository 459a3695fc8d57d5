import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chooseThumbnail,
  layoutGrid,
  MAX_TILE_PX,
  MIN_TILE_PX,
  moveInGrid,
  rowsToRange,
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
