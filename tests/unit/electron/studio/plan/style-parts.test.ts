import { describe, expect, test } from 'vitest';
import { cutParts, STYLE_PARTS, turnPart } from '../../../../../electron/studio/plan/style-parts.ts';
import { paintRaster } from '../../../../support/example-brand.ts';

describe('cutParts', () => {
  test.each([
    [256, 256, 128],
    [256, 144, 128],
    [144, 256, 128],
    [256, 32, 32],
    [1, 1, 1],
  ])('cuts squares out of %d x %d px', (width, height, edge) => {
    const parts = cutParts(paintRaster(width, height, (x, y) => [x * 255, y * 255, 0]));
    expect(parts).toHaveLength(STYLE_PARTS);
    for (const part of parts) {
      expect([part.width, part.height, part.rgb.length]).toEqual([edge, edge, edge * edge * 3]);
      expect(part.rgb.some((value) => value > 0)).toBe(true);
    }
  });

  test('takes corners and middle', () => {
    const parts = cutParts(paintRaster(4, 4, (x, y) => [Math.floor(x * 4), Math.floor(y * 4), 0]));
    expect(parts.map(({ rgb }) => [rgb[0], rgb[1]])).toEqual([
      [0, 0],
      [2, 0],
      [1, 1],
      [0, 2],
      [2, 2],
    ]);
  });
});

describe('turnPart', () => {
  test('begins with the part as it is and gives every other way once', () => {
    const part = paintRaster(2, 2, (x, y) => [Math.floor(x * 2) + 2 * Math.floor(y * 2), 0, 0]);
    const turned = turnPart(part).map(({ rgb }) => [0, 3, 6, 9].map((at) => rgb[at]).join(''));
    expect(turned[0]).toBe('0123');
    expect(turned.toSorted()).toEqual(['0123', '0213', '1032', '1302', '2031', '2301', '3120', '3210'].toSorted());
  });
});
