import sharp from 'sharp';
import type { ImageJob, Raster } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import type { PixelSize } from '../../domain/production/generation-size.ts';
import type { ObjectStore } from '../../library/objects/object-store.ts';
import type { PictureUse } from '../../readers/open-picture.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { createRecentLoads } from '../system/recent-loads.ts';

/** Larger pictures are refused instead of filling the memory. */
const MAX_PIXELS = 100_000_000;
/** Pictures to start from that stay in memory in their plain form. */
const MAX_SOURCES = 4;

export type SourceStore = { read(hash: ObjectHash, use: PictureUse): Promise<Uint8Array> };

/**
 * The pixels of a picture to start from, at the size of the picture to make: scaled until it covers it, what sticks out cut off on both
 * sides alike. A mask goes the same way. @throws library.objectMissing, library.unsupportedFile
 */
export async function readSource(
  store: SourceStore,
  source: PictureSource,
  size: PixelSize,
): Promise<NonNullable<ImageJob['source']>> {
  return {
    ...source,
    raster: await readRaster(store, source.hash, size, 'picture'),
    maskRaster: source.mask === null ? null : await readRaster(store, source.mask, size, 'mask'),
  };
}

/** Sources in the form that a reader made. Those of earlier versions lie in the library as they came, so each is opened once by a reader of this studio. */
export function createSourceStore(
  store: Pick<ObjectStore, 'read'>,
  reader: Pick<FileReader, 'openPicture'>,
): SourceStore {
  const recent = createRecentLoads<Uint8Array>(MAX_SOURCES);
  return {
    read: (hash, use) =>
      recent(`${use} ${hash}`, async () => reader.openPicture(hash.slice(0, 12), use, await store.read(hash))),
  };
}

async function readRaster(
  store: SourceStore,
  hash: ObjectHash,
  { width, height }: PixelSize,
  use: PictureUse,
): Promise<Raster> {
  const bytes = await store.read(hash, use);
  const kernel = use === 'mask' ? 'nearest' : 'lanczos3';
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
