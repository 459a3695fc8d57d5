import { describe, expect, test } from 'vitest';
import type { TemplateLayout } from '../../../../../../electron/contract/template.ts';
import { measureColourDifference } from '../../../../../../electron/domain/brand/colour-difference.ts';
import { toLab } from '../../../../../../electron/domain/brand/colour-space.ts';
import { measureContrast } from '../../../../../../electron/domain/compliance/contrast-check.ts';
import { getChannelFormat } from '../../../../../../electron/domain/production/channel-formats.ts';
import { findBuiltInTemplate } from '../../../../../../electron/studio/compose/template/built-in-templates.ts';
import { createFrame } from '../../../../../../electron/studio/compose/template/template-frame.ts';
import { tintPicture } from '../../../../../../electron/studio/compose/template/tint-picture.ts';
import { veilPicture } from '../../../../../../electron/studio/compose/template/veil-picture.ts';
import { paintRaster, readExampleBrand } from '../../../../../support/example-brand.ts';

const { kit } = readExampleBrand();
const SIZE = 240;
const frame = createFrame({ ...getChannelFormat('square-post'), width: SIZE, height: SIZE }, false);
const layout = findBuiltInTemplate('full-bleed')?.layouts[0] as TemplateLayout;
const box = { x: 40, y: 90, width: 160, height: 50 };
const lilac = [189, 178, 236] as const;
const flat = (colour: readonly [number, number, number]) => paintRaster(SIZE, SIZE, () => colour);

describe('tintPicture', () => {
  test('leaves a picture alone on which type can be read', () => {
    const picture = flat(lilac);
    const { picture: tinted, ink } = tintPicture(picture, kit, layout, frame, [[box]], box);
    expect(ink).toBe('#14213f');
    expect(Buffer.compare(tinted.rgb, picture.rgb)).toBe(0);
  });

  test('lays no more veil than contrast asks, and takes less from light art than the first veil did', () => {
    // A disc of the brand's blue under the type, on which neither ink can be read as it is.
    const picture = paintRaster(SIZE, SIZE, (x, y) => (Math.hypot(x - 0.4, y - 0.45) < 0.2 ? [70, 110, 220] : lilac));
    const { picture: tinted, ink } = tintPicture(picture, kit, layout, frame, [[box]], box);
    const reached = measureContrast(tinted, [box], ink);
    expect(reached).toBeGreaterThanOrEqual(kit.thresholds.contrast);
    expect(reached).toBeLessThan(kit.thresholds.contrast * 1.25);
    const change = (other: typeof tinted) => {
      let sum = 0;
      for (let at = 0; at < picture.rgb.length; at += 300)
        sum += measureColourDifference(labAt(picture.rgb, at), labAt(other.rgb, at));
      return sum;
    };
    expect(change(tinted)).toBeLessThan(change(veilPicture(picture, kit, layout, frame, [[box]], box).picture));
  });
});

function labAt(rgb: Uint8Array, at: number) {
  return toLab([rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0]);
}
