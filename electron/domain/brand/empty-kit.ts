import { brandKitSchema } from '../../contract/brand.ts';
import type { BrandKit } from '../../contract/brand.ts';

/** What a new brand begins with: the format's own defaults. Its palette, type and logos are replaced by what was confirmed. */
export const emptyKit: BrandKit = brandKitSchema.parse({
  name: 'new',
  palette: [{ name: 'new', hex: '#ffffff', role: 'background' }],
  type: { headline: { family: 'new', file: 'new.ttf' }, body: { family: 'new', file: 'new.ttf' } },
  logos: [{ name: 'new', file: 'new.svg' }],
});
