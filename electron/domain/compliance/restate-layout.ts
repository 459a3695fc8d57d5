import type { BrandKit } from '../../contract/brand.ts';
import type { LogoPlacement, PictureLayout, TextBlock } from './layout.ts';

export type LogoInk = Pick<LogoPlacement, 'name' | 'file' | 'ink'> & { readonly spec: BrandKit['logos'][number] };

/**
 * The places of a picture as another version of its brand demands them: smallest sizes, clear space, and the ink of the logo that should stand there.
 * `ink` is the other version's logo drawn in the same box; null when it has none of that name, and then the picture has no logo of this brand.
 */
export function restateLayout(
  { texts, logo }: PictureLayout,
  made: BrandKit,
  wanted: BrandKit,
  ink: LogoInk | null,
): PictureLayout {
  return {
    texts: texts.map((text) => restateText(text, made, wanted)),
    logo: logo && ink && restateLogo(logo, made, ink),
  };
}

function restateText(text: TextBlock, made: BrandKit, wanted: BrandKit): TextBlock {
  const face = text.role === 'headline' ? 'headline' : 'body';
  const ratio = wanted.type[face].minSizePx / made.type[face].minSizePx;
  return { ...text, minSizePx: text.minSizePx * ratio, fitRatio: text.fitRatio / ratio };
}

function restateLogo(logo: LogoPlacement, made: BrandKit, { name, file, ink, spec }: LogoInk): LogoPlacement {
  const madeSpec = made.logos.find((other) => other.name === logo.name);
  const scale = madeSpec ? logo.minWidthPx / madeSpec.minWidthPx : 1;
  return {
    ...logo,
    name,
    file,
    ink,
    minWidthPx: spec.minWidthPx * scale,
    clearSpacePx: spec.clearSpace * logo.box.height,
  };
}
