import sharp from 'sharp';
import type { BrandKit } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { CompositionAid } from '../../contract/recipe.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { Template } from '../../contract/template.ts';
import type { ComposedPixels } from '../../domain/compliance/layout.ts';
import { tidyCopy } from './fit-text.ts';
import { HEADLINE_STACK, layOutHeadlineStack } from './headline-stack.ts';
import { loadKitContent } from './kit-content.ts';
import type { KitContent } from './kit-content.ts';
import { coverRaster } from './resize-raster.ts';
import type { Copy } from './set-copy.ts';
import { findBuiltInTemplate } from './template/built-in-templates.ts';
import { layOutTemplate } from './template/lay-out-template.ts';

export type ComposeInput = Copy & {
  /** Pixels from an engine, or the bytes of an image file. */
  readonly image: Raster | Uint8Array;
  readonly kit: BrandKit;
  /** Bytes of every font and logo by its name in the kit. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly format: ChannelFormat;
  /** Lines that the market asks for; none when left out. */
  readonly legal?: string;
  /** The version of the template that a recipe names; the newest when left out. */
  readonly templateVersion?: number;
  /** What is done beyond the template so that type and logo can be read. */
  readonly aids?: readonly CompositionAid[];
};

/** The template as a recipe names it. */
export type ComposedTemplate = {
  readonly name: string;
  readonly version: number;
  readonly aids?: CompositionAid[];
};

/** `pixels.finished` and `png` are the same picture, in the format's size. */
export type ComposedPicture = {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly template: ComposedTemplate;
  /** Name in the kit of the logo that was set, or null. */
  readonly logoFile: string | null;
  readonly pixels: ComposedPixels;
};

const MAX_IMAGE_PIXELS = 120_000_000;

async function readImage(image: Raster | Uint8Array): Promise<Raster> {
  if (!(image instanceof Uint8Array)) {
    if (image.rgb.length !== image.width * image.height * 3)
      throw new RangeError('a raster needs three bytes for each pixel');
    return image;
  }
  try {
    const { data, info } = await sharp(image, { limitInputPixels: MAX_IMAGE_PIXELS })
      .autoOrient()
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new RangeError(`the image has ${info.channels} channels`);
    return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
  } catch (cause) {
    throw new StudioError(
      'library.unsupportedFile',
      'The image cannot be read.',
      { name: 'image', reason: 'it is damaged, too large or of an unknown kind' },
      { cause },
    );
  }
}

/**
 * PNG without any metadata, so that the same pixels give the same bytes. A light compression: of a finished picture level 4 takes 43 ms of
 * processor time and level 2 takes 12 ms, for a quarter more bytes.
 */
export async function encodePng({ width, height, rgb }: Raster): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 2 })
      .toBuffer(),
  );
}

/**
 * Sets a brand's type and logo over an image in a channel format. Deterministic: the same input gives the same pixels and bytes.
 * Throws `brand.fileMissing` or `brand.invalid` when a font or logo cannot be used, and `library.unsupportedFile` for a damaged image or a template version that is not drawn any more.
 */
export async function composePicture(input: ComposeInput): Promise<ComposedPicture> {
  const { kit, files, format, headline, body, callToAction, legal = '', aids = [] } = input;
  const content = await loadKitContent(kit, files);
  const copy = { headline, body, callToAction };
  const image = await readImage(input.image);
  const isFirstStack =
    content.template.name === HEADLINE_STACK.name &&
    (input.templateVersion === undefined
      ? legal === '' && canSetLetterwise(copy, content)
      : input.templateVersion === HEADLINE_STACK.version);
  const template = isFirstStack ? content.template : chooseVersion(content.template, input.templateVersion);
  const pixels = isFirstStack
    ? await layOutHeadlineStack({
        picture: coverRaster(image, format.width, format.height),
        kit,
        content,
        format,
        copy,
        aids,
      })
    : await layOutTemplate({ template, image, kit, content, format, copy: { ...copy, legal }, aids });
  return {
    png: await encodePng(pixels.finished),
    width: format.width,
    height: format.height,
    template: {
      ...(isFirstStack ? HEADLINE_STACK : { name: template.name, version: template.version }),
      ...(aids.length === 0 ? {} : { aids: [...aids] }),
    },
    logoFile: pixels.layout.logo?.file ?? null,
    pixels,
  };
}

function chooseVersion(newest: Template, version = newest.version): Template {
  const template = version === newest.version ? newest : findBuiltInTemplate(newest.name, version);
  if (template) return template;
  throw new StudioError(
    'library.unsupportedFile',
    `Version ${version} of the template ${newest.name} is not drawn any more. Make the picture again to score it.`,
    { name: newest.name, reason: `its version ${version} is not drawn any more; make the picture again` },
  );
}

/** The first version of the headline stack sets letter by letter; what it cannot set is set by the second. */
function canSetLetterwise({ headline, body, callToAction }: Copy, { headlineFace, bodyFace }: KitContent): boolean {
  return (
    headlineFace.findUnsettable(tidyCopy(headline)).length === 0 &&
    bodyFace.findUnsettable(tidyCopy(`${body} ${callToAction}`)).length === 0
  );
}
