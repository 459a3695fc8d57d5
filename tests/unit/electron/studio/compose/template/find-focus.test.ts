import { describe, expect, test } from 'vitest';
import { findFocus } from '../../../../../../electron/studio/compose/template/find-focus.ts';
import { paintRaster } from '../../../../../support/example-brand.ts';

const cream = [246, 240, 223] as const;
const blue = [35, 82, 209] as const;
const disc = (x0: number, y0: number, radius = 0.1) =>
  paintRaster(200, 200, (x, y) => (Math.hypot(x - x0, y - y0) < radius ? blue : cream));

describe('findFocus', () => {
  test('follows the subject along the edge that is cropped, and keeps the other', () => {
    expect(findFocus(disc(0.15, 0.5), 0.5, [0.5, 0.4])).toEqual([0, 0.4]);
    expect(findFocus(disc(0.85, 0.5), 0.5, [0.5, 0.4])).toEqual([1, 0.4]);
    expect(findFocus(disc(0.5, 0.2), 4, [0.3, 0.5])[0]).toBe(0.3);
    expect(findFocus(disc(0.5, 0.2), 4, [0.3, 0.5])[1]).toBeLessThan(0.15);
  });

  test('sets a subject into the middle of the crop where there is room', () => {
    const [x] = findFocus(disc(0.4, 0.5), 0.5, [0.5, 0.5]);
    // A window of half the width, centred on 0.4, begins at 0.15 of the half that it can move over.
    expect(x).toBeCloseTo(0.3, 1);
  });

  test('keeps the focus of the layout in an even picture, and where nothing is cropped', () => {
    expect(
      findFocus(
        paintRaster(200, 200, () => cream),
        0.5,
        [0.2, 0.7],
      ),
    ).toEqual([0.2, 0.7]);
    expect(findFocus(disc(0.15, 0.15), 1, [0.2, 0.7])).toEqual([0.2, 0.7]);
  });

  test('gives the same focus each time, and a valid one for pictures of a few pixels', () => {
    expect(findFocus(disc(0.33, 0.6), 0.5, [0.5, 0.5])).toEqual(findFocus(disc(0.33, 0.6), 0.5, [0.5, 0.5]));
    for (const [width, height] of [
      [1, 1],
      [2, 1],
      [1, 9],
      [3, 2],
    ] as const)
      for (const share of findFocus(
        paintRaster(width, height, (x) => (x > 0.5 ? blue : cream)),
        0.7,
        [0.5, 0.5],
      )) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
  });
});
