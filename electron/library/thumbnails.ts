import sharp from 'sharp';
import { isStudioError } from '../contract/errors.ts';
import type { AssetId, ObjectHash } from '../contract/identifiers.ts';
import type { Library } from './library.ts';
import type { ThumbnailHashes } from './repositories/thumbnail-repository.ts';

/** Longest edge in pixels. */
export const THUMBNAIL_EDGES = { small: 160, medium: 480, large: 1280 } as const;

/** Refuses pictures beyond this many pixels before anything is decoded. */
const PIXEL_LIMIT = 16_384 * 16_384;
const WEBP_QUALITY = 82;
const BATCH_SIZE = 16;

export type ThumbnailEvent = { readonly assetId: AssetId; readonly thumbnails: ThumbnailHashes | null };

/** Works through the assets that have no thumbnails yet, one at a time and behind everything else; what a kill interrupts is found again at the next start. */
export class ThumbnailWorker {
  readonly #library: Library;
  readonly #onMade: (event: ThumbnailEvent) => void;
  #stopped = false;
  #wanted = false;
  #running: Promise<void> | null = null;

  constructor(library: Library, onMade: (event: ThumbnailEvent) => void) {
    this.#library = library;
    this.#onMade = onMade;
  }

  /** Call after every commit of an asset and once after opening. Returns at once. */
  wake(): void {
    this.#wanted = true;
    if (this.#running === null && !this.#stopped && this.#library.readOnly === null) {
      this.#running = this.#work().finally(() => {
        this.#running = null;
      });
    }
  }

  /** Resolves when nothing is left to do. Rejects when the disk is full or failing; `wake` tries again. */
  async settle(): Promise<void> {
    await this.#running;
  }

  /** Resolves when the picture in hand is done; nothing is begun after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.catch(() => undefined);
  }

  async #work(): Promise<void> {
    while (this.#wanted && !this.#stopped) {
      this.#wanted = false;
      for (const { assetId, hash } of this.#library.thumbnails.missing(BATCH_SIZE)) {
        if (this.#stopped) {
          return;
        }
        this.#onMade({ assetId, thumbnails: await this.#makeOne(assetId, hash) });
        this.#wanted = true;
      }
    }
  }

  async #makeOne(assetId: AssetId, hash: ObjectHash): Promise<ThumbnailHashes | null> {
    try {
      const thumbnails = await makeThumbnails(this.#library, hash);
      this.#library.thumbnails.record(assetId, thumbnails);
      return thumbnails;
    } catch (error) {
      if (isStudioError(error) && error.code !== 'library.objectMissing') {
        throw error;
      }
      this.#library.thumbnails.recordFailure(assetId, error instanceof Error ? error.message : 'unreadable');
      return null;
    }
  }
}

/** Puts three WebP pictures into the store; never enlarges. @throws library.objectMissing, library.diskFull */
export async function makeThumbnails(library: Pick<Library, 'store'>, hash: ObjectHash): Promise<ThumbnailHashes> {
  const bytes = await library.store.read(hash);
  const make = async (edgePx: number) => library.store.put(await resizeToWebp(bytes, edgePx));
  return {
    small: await make(THUMBNAIL_EDGES.small),
    medium: await make(THUMBNAIL_EDGES.medium),
    large: await make(THUMBNAIL_EDGES.large),
  };
}

export async function resizeToWebp(bytes: Uint8Array, edgePx: number): Promise<Uint8Array> {
  return sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'warning' })
    .rotate()
    .resize({ width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: WEBP_QUALITY })
    .toBuffer();
}
