import sharp from 'sharp';
import { StudioError } from '../contract/errors.ts';
import { refuseKitFile } from './refuse-kit-file.ts';

const MAX_PIXELS = 100_000_000;
const REFERENCES = ['png', 'jpeg', 'webp'];

/** Decodes the whole picture once, small. @throws library.unsupportedFile naming it */
export async function checkPicture(
  bytes: Uint8Array,
  name: string,
): Promise<{ readonly width: number; readonly height: number; readonly format: string }> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS });
    const { width, height, format } = await picture.metadata();
    if (format === 'svg' || format === 'pdf' || format === 'magick') throw new TypeError(`the format is ${format}`);
    await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer();
    return { width, height, format };
  } catch (cause) {
    const reason =
      'it is no whole picture that can be read (PNG, JPEG, WebP, AVIF or TIFF of at most 100 million pixels)';
    throw new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause });
  }
}

/** A style reference of a kit. Returns it as it came. @throws brand.invalid naming the field */
export async function checkReference(bytes: Uint8Array, file: string, field: string): Promise<Uint8Array> {
  const expected = 'a whole PNG, JPEG or WebP picture of at most 100 million pixels';
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format } = await picture.metadata();
    if (!REFERENCES.includes(format)) throw new TypeError(`the format is ${format}`);
    await picture.resize(64, 64, { fit: 'inside' }).raw().toBuffer();
    return bytes;
  } catch (cause) {
    return refuseKitFile(file, field, 'the picture is damaged, too large or of another kind', expected, cause);
  }
}
