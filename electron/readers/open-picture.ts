import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { StudioError } from '../contract/errors.ts';
import { refuseKitFile } from './refuse-kit-file.ts';

const MAX_PIXELS = 100_000_000;
const REFERENCES = ['png', 'jpeg', 'webp'];
/** No model draws larger than this: the short edge of a picture to start from is kept up to here, and a panorama's long one up to the second. */
const SOURCE_SHORT_EDGE_PX = 2048;
const SOURCE_LONG_EDGE_PX = 16_384;
/** Encoders look at a quarter of this. */
const REFERENCE_EDGE_PX = 1024;
/** Packing is not what these files are kept for. */
const PACKING = { compressionLevel: 3 } as const;

/** A picture, or a mask whose values must not be mixed where it is made smaller. */
export type PictureUse = 'picture' | 'mask';

/**
 * Decodes a whole picture and makes it anew: upright, on white, 8-bit sRGB, a PNG of pixels and nothing else, made smaller where it is larger than any model draws. What
 * it gives comes back as it is. @throws library.unsupportedFile naming it
 */
export async function openPicture(bytes: Uint8Array, name: string, use: PictureUse): Promise<Uint8Array> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS });
    const { format, autoOrient } = await picture.metadata();
    if (format === 'svg' || format === 'pdf' || format === 'magick') throw new TypeError(`the format is ${format}`);
    const { width, height } = autoOrient;
    const factor = Math.min(
      1,
      SOURCE_SHORT_EDGE_PX / Math.min(width, height),
      SOURCE_LONG_EDGE_PX / Math.max(width, height),
    );
    const upright = flatten(picture.autoOrient());
    const sized =
      factor === 1
        ? upright
        : upright.resize(Math.max(1, Math.round(width * factor)), Math.max(1, Math.round(height * factor)), {
            fit: 'fill',
            kernel: use === 'mask' ? 'nearest' : 'lanczos3',
          });
    return await pack(sized);
  } catch (cause) {
    const reason =
      'it is no whole picture that can be read (PNG, JPEG, WebP, AVIF or TIFF of at most 100 million pixels)';
    throw new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause });
  }
}

/** A style reference of a kit, made anew like a picture to start from and no larger than encoders have use for. @throws brand.invalid naming the field */
export async function openReference(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  const expected = 'a whole PNG, JPEG or WebP picture of at most 100 million pixels';
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!REFERENCES.includes(format)) throw new TypeError(`the format is ${format}`);
    const size = { fit: 'inside', withoutEnlargement: true } as const;
    return await pack(flatten(picture).resize(REFERENCE_EDGE_PX, REFERENCE_EDGE_PX, size));
  } catch (cause) {
    return refuseKitFile(file, field, 'the picture is damaged, too large or of another kind', expected, cause);
  }
}

function flatten(picture: Sharp): Sharp {
  return picture.flatten({ background: '#ffffff' }).toColourspace('srgb').removeAlpha();
}

/** By way of bare pixels: nothing that the file says of itself gets into the new one. */
async function pack(picture: Sharp): Promise<Uint8Array> {
  const { data, info } = await picture.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return new Uint8Array(await sharp(data, { raw }).png(PACKING).toBuffer());
}
