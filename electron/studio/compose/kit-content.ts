import type { BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Typeface } from './load-font.ts';
import { loadFont } from './load-font.ts';
import type { Logo } from './load-logo.ts';
import { loadLogo } from './load-logo.ts';

/** The fonts and logos of a kit, read and ready to draw. */
export type KitContent = {
  readonly headlineFace: Typeface;
  readonly bodyFace: Typeface;
  readonly logos: readonly Logo[];
};

function getFile(files: ReadonlyMap<string, Uint8Array>, file: string, field: string): Uint8Array {
  const bytes = files.get(file);
  if (!bytes)
    throw new StudioError('brand.fileMissing', `The kit names ${file} (${field}), which is not there.`, {
      file,
      field,
    });
  return bytes;
}

/**
 * Reads every font and logo that a kit names. `files` holds their bytes by the name in the kit.
 * Throws `brand.fileMissing` or `brand.invalid` for the first that cannot be used; an import calls it for that.
 */
export async function loadKitContent(kit: BrandKit, files: ReadonlyMap<string, Uint8Array>): Promise<KitContent> {
  const { headline, body } = kit.type;
  const headlineFace = loadFont(
    getFile(files, headline.file, 'type.headline.file'),
    headline.file,
    'type.headline.file',
  );
  const bodyFace = loadFont(getFile(files, body.file, 'type.body.file'), body.file, 'type.body.file');
  const logos: Logo[] = [];
  for (const [index, spec] of kit.logos.entries()) {
    const field = `logos[${index}].file`;
    logos.push(await loadLogo(getFile(files, spec.file, field), spec, field));
  }
  return { headlineFace, bodyFace, logos };
}
