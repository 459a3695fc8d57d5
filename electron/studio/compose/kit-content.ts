import type { BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Template } from '../../contract/template.ts';
import { isTemplateFile } from '../../domain/brand/template-names.ts';
import type { Typeface } from '../../readers/load-font.ts';
import { loadFont } from '../../readers/load-font.ts';
import type { Logo } from './load-logo.ts';
import { loadLogo } from './load-logo.ts';
import { loadTemplate } from './template/load-template.ts';
import type { FaceChain } from './type/choose-faces.ts';
import { openFace } from '../../readers/font-face.ts';

/** The fonts, logos and template of a kit, read and ready to draw. */
export type KitContent = {
  readonly headlineFace: Typeface;
  readonly bodyFace: Typeface;
  /** The fonts that are asked in turn for a headline and for all other text. */
  readonly headlineFaces: FaceChain;
  readonly bodyFaces: FaceChain;
  readonly logos: readonly Logo[];
  readonly template: Template;
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
 * Reads every font, logo and template that a kit names. `files` holds their bytes by the name in the kit.
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
  const own = [headline, body].map(({ file }) => openFace(getFile(files, file, 'type')));
  const fallbacks = kit.type.fallbacks.map(({ file }, index) => {
    const field = `type.fallbacks[${index}].file`;
    const bytes = getFile(files, file, field);
    // Read once as the outlines reader would, which refuses a damaged font by name.
    loadFont(bytes, file, field);
    return openFace(bytes);
  });
  const [first, second] = own;
  if (!first || !second) throw new RangeError('a kit has two typefaces');
  for (const [index, entry] of kit.templates.entries())
    if (isTemplateFile(entry)) loadTemplate(entry, files, `templates[${index}]`);
  return {
    headlineFace,
    bodyFace,
    headlineFaces: [first, second, ...fallbacks],
    bodyFaces: [second, first, ...fallbacks],
    logos,
    template: loadTemplate(kit.template, files, 'template'),
  };
}
