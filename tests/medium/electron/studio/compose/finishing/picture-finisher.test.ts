import { expect, test } from 'vitest';
import { brandVersionIdSchema } from '../../../../../../electron/contract/identifiers.ts';
import { createPictureFinisher } from '../../../../../../electron/studio/compose/finishing/picture-finisher.ts';
import { paintRaster, painters, readExampleBrand } from '../../../../../support/example-brand.ts';
import { numberedId } from '../../../../../support/review-fixtures.ts';
import { getChannelFormat } from '../../../../../../electron/domain/production/channel-formats.ts';

test('sets the same pixels on every thread, and an ill picture fails alone', { timeout: 120_000 }, async () => {
  await using finisher = createPictureFinisher(2);
  const { kit, files } = readExampleBrand();
  const input = {
    raster: paintRaster(64, 64, painters.calm),
    brandVersionId: brandVersionIdSchema.parse(numberedId(1)),
    kit: { ...kit, template: 'card' },
    files,
    format: getChannelFormat('square-post'),
    headline: 'The bottle comes back',
    body: '',
    callToAction: 'Try it',
    forbiddenTerms: [],
    requiredTerms: [],
    measuredAtMs: 0,
  } as const;
  const [first, second, third, ill] = await Promise.allSettled([
    finisher.finish(input),
    finisher.finish(input),
    finisher.finish({ ...input, kit: { ...input.kit, template: 'framed' } }),
    finisher.finish({ ...input, files: new Map() }),
  ]);
  if (first.status !== 'fulfilled' || second.status !== 'fulfilled' || third.status !== 'fulfilled')
    throw new Error('a picture was not set');
  expect(Buffer.compare(first.value.png, second.value.png)).toBe(0);
  expect(third.value.template).toEqual({ name: 'framed', version: 2 });
  expect(ill).toMatchObject({ status: 'rejected', reason: { code: 'brand.fileMissing' } });
});
