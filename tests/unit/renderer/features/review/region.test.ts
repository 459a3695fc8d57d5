import { describe, expect, test } from 'vitest';
import { toPercentRegion } from '../../../../../renderer/features/review/region.ts';

describe('toPercentRegion', () => {
  test('scales to percent of the picture', () => {
    expect(toPercentRegion({ x: 100, y: 50, width: 200, height: 100 }, { width: 1000, height: 500 })).toEqual({
      left: 10,
      top: 10,
      width: 20,
      height: 20,
    });
  });

  test('is cut at the edges and null outside', () => {
    expect(toPercentRegion({ x: -50, y: 0, width: 100, height: 1000 }, { width: 100, height: 100 })).toEqual({
      left: 0,
      top: 0,
      width: 50,
      height: 100,
    });
    expect(toPercentRegion({ x: 200, y: 0, width: 10, height: 10 }, { width: 100, height: 100 })).toBeNull();
  });
});
