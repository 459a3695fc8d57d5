import { describe, expect, test } from 'vitest';
import { assetIdSchema, objectHashSchema } from '../../../../../electron/contract/identifiers.ts';
import type { Library } from '../../../../../electron/library/library.ts';
import { requireArt } from '../../../../../electron/studio/plan/require-art.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const assetId = assetIdSchema.parse(numberedId(1));
const libraryWith = (art: string | null) =>
  ({
    assets: {
      art: () => (art === null ? null : objectHashSchema.parse(art)),
      get: () => ({ headline: 'Pour slowly' }),
    },
  }) as unknown as Pick<Library, 'assets'>;

describe('requireArt', () => {
  test('gives what lies under type and logo', () => {
    const hash = 'a'.repeat(64);
    expect(requireArt(libraryWith(hash), assetId)).toBe(hash);
  });

  test('names the picture whose art was not kept and what to do instead', () => {
    expect(() => requireArt(libraryWith(null), assetId)).toThrow(
      expect.objectContaining({
        code: 'library.unsupportedFile',
        message: expect.stringContaining('Make another take'),
        data: expect.objectContaining({ name: 'Pour slowly' }),
      }),
    );
  });
});
