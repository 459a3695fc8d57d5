import { describe, expect, test } from 'vitest';
import { coverRaster } from '../../../../../electron/studio/compose/resize-raster.ts';
import { paintRaster } from '../../../../support/example-brand.ts';

const ramp = (x: number, y: number): [number, number, number] => [Math.round(x * 255), Math.round(y * 255), 128];

describe('coverRaster', () => {
  test('keeps an even colour even, up and down', () => {
    const even = paintRaster(37, 23, () => [12, 200, 255]);
    for (const [width, height] of [
      [200, 100],
      [10, 5],
      [37, 300],
      [1, 1],
    ] as const) {
      const { rgb } = coverRaster(even, width, height);
      expect(rgb).toHaveLength(width * height * 3);
      expect(
        new Set(Array.from({ length: width * height }, (_, pixel) => rgb.slice(pixel * 3, pixel * 3 + 3).join())),
      ).toEqual(new Set(['12,200,255']));
    }
  });

  test('keeps a ramp a ramp', () => {
    const large = coverRaster(paintRaster(64, 64, ramp), 256, 256);
    for (let x = 8; x < 248; x++)
      expect(Math.abs((large.rgb[(128 * 256 + x) * 3] ?? 0) - ((x + 0.5) / 256) * 255)).toBeLessThan(2);
  });

  test('crops what sticks out evenly', () => {
    const wide = coverRaster(paintRaster(300, 100, ramp), 100, 100);
    expect(wide.rgb[0]).toBeGreaterThan(82);
    expect(wide.rgb[0]).toBeLessThan(90);
    expect(wide.rgb[99 * 3]).toBeGreaterThan(165);
    expect(wide.rgb[99 * 3]).toBeLessThan(173);
  });

  test('hands back a picture that has the size already', () => {
    const picture = paintRaster(20, 20, ramp);
    expect(coverRaster(picture, 20, 20)).toBe(picture);
  });
});
