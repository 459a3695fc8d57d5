import { describe, expect, test } from 'vitest';
import type { ComplianceReport } from '../../../../../electron/contract/compliance.ts';
import type { Raster } from '../../../../../electron/contract/engine-protocol.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { CompositionAid } from '../../../../../electron/contract/recipe.ts';
import { measureCompliance } from '../../../../../electron/domain/compliance/measure-compliance.ts';
import { getChannelFormat } from '../../../../../electron/domain/production/channel-formats.ts';
import type { ComposedPicture } from '../../../../../electron/studio/compose/compose-picture.ts';
import { composePicture } from '../../../../../electron/studio/compose/compose-picture.ts';
import { composeToBrand } from '../../../../../electron/studio/compose/compose-to-brand.ts';
import { paintRaster, readExampleBrand } from '../../../../support/example-brand.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const example = readExampleBrand();
const format = getChannelFormat('square-post');
const copy = { headline: 'Good glass stays', body: 'It is washed and filled again.', callToAction: 'See how' };

/** Cream, lilac and coral in small blots, as a model likes to paint them. */
const blots = paintRaster(256, 256, (x, y) => {
  const wave = Math.sin(x * 34) + Math.sin(y * 41 + 2 * Math.sin(x * 9));
  return wave > 0.5 ? [245, 119, 92] : wave < -0.5 ? [246, 240, 223] : [189, 178, 236];
});

const judge = ({ pixels }: ComposedPicture): ComplianceReport =>
  measureCompliance({
    pixels,
    kit: example.kit,
    format,
    brandVersionId: brandVersionIdSchema.parse(numberedId(1)),
    measuredAtMs: 0,
  });
const failedOf = ({ checks }: ComplianceReport) => checks.filter(({ passed }) => !passed).map(({ name }) => name);
const inputOf = (image: Raster, template: string, aids: readonly CompositionAid[] = []) => ({
  image,
  kit: { ...example.kit, template },
  files: example.files,
  format,
  ...copy,
  aids,
});

describe('composeToBrand', () => {
  test('sets type on a panel and the logo on a chip where shapes run under them, over the same art', async () => {
    const plain = judge(await composePicture(inputOf(blots, 'full-bleed')));
    expect(failedOf(plain)).toContain('busy-ground');
    const { composed, report } = await composeToBrand(inputOf(blots, 'full-bleed'), judge);
    expect(failedOf(report)).not.toContain('busy-ground');
    expect(failedOf(report)).not.toContain('contrast');
    expect(composed.template.aids).toEqual(expect.arrayContaining(['panel']));
  });

  test('leaves a picture alone that passes as it is', async () => {
    const calm = paintRaster(64, 64, () => [246, 240, 223]);
    const { composed, report } = await composeToBrand(inputOf(calm, 'full-bleed'), judge);
    expect(failedOf(report)).toEqual([]);
    expect(composed.template).not.toHaveProperty('aids');
  });

  test('gives pixels that the recipe makes again', async () => {
    for (const template of ['full-bleed', 'headline-stack']) {
      const { composed } = await composeToBrand(inputOf(blots, template), judge);
      const again = await composePicture(inputOf(blots, template, composed.template.aids));
      expect(again.pixels.finished.rgb).toEqual(composed.pixels.finished.rgb);
    }
  });

  test('takes a spare template where the own one has no room for the text', async () => {
    const calm = paintRaster(64, 64, () => [246, 240, 223]);
    const long = {
      ...inputOf(calm, 'corner-label'),
      headline: 'Every bottle comes back to the shop '.repeat(4).trim(),
      body: 'It is washed and filled again. '.repeat(4).trim(),
    };
    const own = await composeToBrand(long, judge);
    expect(failedOf(own.report)).toEqual(['text-fit']);
    const { composed, report } = await composeToBrand(long, judge, ['editorial', 'full-bleed']);
    expect(failedOf(report)).toEqual([]);
    expect(composed.template.name).toBe('full-bleed');
  });
});

describe('letters of a composition', () => {
  test('have boxes that hold the ink, in every template and script', async () => {
    for (const [template, headline] of [
      ['headline-stack', 'Good glass'],
      ['full-bleed', 'Glas für morgen'],
      ['full-bleed', 'زجاجة تعود'],
    ] as const) {
      const { pixels } = await composePicture({
        ...inputOf(
          paintRaster(64, 64, () => [246, 240, 223]),
          template,
        ),
        headline,
      });
      for (const { boxes, letters, text } of pixels.layout.texts) {
        expect(letters.length).toBe(boxes.length);
        for (const [line, box] of boxes.entries()) {
          const own = letters[line] ?? [];
          expect(Math.min(...own.map((letter) => letter.box.x))).toBeCloseTo(box.x, 0);
          expect(Math.max(...own.map((letter) => letter.box.x + letter.box.width))).toBeCloseTo(box.x + box.width, 0);
          for (const { sign } of own) expect(text.normalize('NFC')).toContain(sign.normalize('NFC'));
        }
      }
    }
  });
});
