import sharp from 'sharp';
import type { ImageJob, Raster } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import type { PixelSize } from '../../domain/production/generation-size.ts';
import type { ObjectStore } from '../../library/object-store.ts';

/** Larger pictures are refused instead of filling the memory. */
const MAX_PIXELS = 100_000_000;

/**
 * The pixels of a picture to start from, at the size of the picture to make: scaled until it covers it, what sticks out cut off on both
 * sides alike. A mask goes the same way. @throws library.objectMissing, library.unsupportedFile
 */
export async function readSource(
  store: Pick<ObjectStore, 'read'>,
  source: PictureSource,
  size: PixelSize,
): Promise<NonNullable<ImageJob['source']>> {
  return {
    ...source,
    raster: await readRaster(store, source.hash, size, 'lanczos3'),
    maskRaster: source.mask === null ? null : await readRaster(store, source.mask, size, 'nearest'),
  };
}

async function readRaster(
  store: Pick<ObjectStore, 'read'>,
  hash: ObjectHash,
  { width, height }: PixelSize,
  kernel: 'lanczos3' | 'nearest',
): Promise<Raster> {
  const bytes = await store.read(hash);
  try {
    const pixels = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .resize(width, height, { fit: 'cover', kernel })
      .raw()
      .toBuffer();
    return { width, height, rgb: new Uint8Array(pixels) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'it is no picture';
    throw new StudioError(
      'library.unsupportedFile',
      `The picture ${hash.slice(0, 12)} cannot be started from: ${reason}.`,
      { name: hash.slice(0, 12), reason },
      { cause: error },
    );
  }
}
