import { describe, expect, test } from 'vitest';
import { askForSources, createSourceReader } from '../../../../../electron/studio/brand/sources/source-reader.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const swatches = { name: 'a.gpl', bytes: utf8('GIMP Palette\n1 2 3 x') };

describe('askForSources', () => {
  test('reads in a thread, and ends one that takes too long without losing the next question', async () => {
    await using reader = createSourceReader();
    await expect(askForSources(reader, [swatches], 1)).rejects.toMatchObject({
      code: 'brand.sourceRefused',
      data: { file: 'a.gpl', reason: expect.stringMatching(/takes longer/) },
    });
    const { findings } = await askForSources(reader, [swatches]);
    expect(findings).toHaveLength(1);
  });
});
