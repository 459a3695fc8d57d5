import sharp from 'sharp';
import type { MediaFile } from './media-file.ts';
import { refuseMedia } from './refuse-media.ts';

const MAX_PIXELS = 100_000_000;
/** Formats that lose something anyway are packed once more with a loss that nobody sees; whole ones stay whole. */
const lossy = ['jpeg', 'webp', 'heif'];
const JPEG = { quality: 95, chromaSubsampling: '4:4:4' } as const;
const PNG = { compressionLevel: 3 } as const;

const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  tiff: 'image/tiff',
};

/**
 * Decodes a whole picture and makes it anew in its own size: upright, 8-bit sRGB, without a word of what the file says of camera, place or person. Transparency stays.
 * @throws library.unsupportedFile naming the file
 */
export async function openStill(bytes: Uint8Array, name: string): Promise<MediaFile> {
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS });
    const { format, hasAlpha, compression } = await picture.metadata();
    const mediaType = format === 'heif' ? (compression === 'av1' ? 'image/avif' : 'image/heic') : mediaTypes[format];
    if (mediaType === undefined) throw new TypeError(`the format is ${format}`);
    const upright = picture.autoOrient().toColourspace('srgb');
    const packed = lossy.includes(format) && !hasAlpha ? upright.jpeg(JPEG) : upright.png(PNG);
    const { data, info } = await packed.toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    return { medium: 'picture', mediaType, plain: new Uint8Array(data), width, height };
  } catch (cause) {
    return refuseMedia(
      name,
      isHeic(bytes)
        ? 'HEIC pictures cannot be read by this program; save it as a JPEG'
        : 'it is no whole picture that can be read (PNG, JPEG, WebP, AVIF or TIFF of at most 100 million pixels)',
      cause,
    );
  }
}

function isHeic(bytes: Uint8Array): boolean {
  return /^ftyp(hei|hev)/.test(String.fromCharCode(...bytes.subarray(4, 12)));
}
