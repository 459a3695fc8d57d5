import sharp from 'sharp';
import type { OutputInfo, Sharp } from 'sharp';
import type { AssetId, ObjectHash } from '../../contract/identifiers.ts';
import type { Library } from '../library.ts';
import type { ThumbnailHashes } from '../repositories/thumbnail-repository.ts';

/** Longest edge in pixels. */
export const THUMBNAIL_EDGES = { small: 160, medium: 480, large: 1280 } as const;

/** Refuses pictures beyond this many pixels before anything is decoded. */
const PIXEL_LIMIT = 16_384 * 16_384;
const WEBP_QUALITY = 82;
/** Of 0 to 6. Effort 4, the encoder's own choice, takes 2.6 times as long for a tenth fewer bytes, and a batch makes thumbnails as fast as pictures. */
const WEBP_EFFORT = 2;
const BATCH_SIZE = 16;

export type ThumbnailEvent = { readonly assetId: AssetId; readonly thumbnails: ThumbnailHashes | null };

/** Works through the assets that have no thumbnails yet, one at a time and behind everything else; what a kill interrupts is found again at the next start. */
export class ThumbnailWorker {
  readonly #library: Library;
  readonly #onMade: (event: ThumbnailEvent) => void;
  #stopped = false;
  #wanted = false;
  #running: Promise<void> | null = null;

  constructor(library: Library, onMade: (event: ThumbnailEvent) => void = () => undefined) {
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
      // Whoever waits with `settle` is told; nobody waiting must not end the process.
      this.#running.catch(() => undefined);
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
    const made = await makeThumbnails(this.#library, hash);
    if (made.kind === 'unreadable') {
      this.#library.thumbnails.recordFailure(assetId, made.reason);
      return null;
    }
    this.#library.thumbnails.record(assetId, made.thumbnails);
    return made.thumbnails;
  }
}

export type MadeThumbnails =
  | { readonly kind: 'made'; readonly thumbnails: ThumbnailHashes }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Puts three WebP pictures into the store; never enlarges. Throws for failures of the disk, which pass, unlike those of the picture. @throws library.diskFull */
export async function makeThumbnails(library: Pick<Library, 'store'>, hash: ObjectHash): Promise<MadeThumbnails> {
  let pictures: [Uint8Array, Uint8Array, Uint8Array];
  try {
    const bytes = await library.store.read(hash);
    pictures = await drawThumbnails(bytes);
  } catch (error) {
    // The file system's failures carry a system call; everything else says that the picture is gone or no picture.
    if (error instanceof Error && 'syscall' in error) {
      throw error;
    }
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : 'unreadable' };
  }
  const [small, medium, large] = pictures;
  return {
    kind: 'made',
    thumbnails: {
      small: await library.store.put(small),
      medium: await library.store.put(medium),
      large: await library.store.put(large),
    },
  };
}

/** Reads the picture once: the smaller ones are made from the next larger one. */
async function drawThumbnails(bytes: Uint8Array): Promise<[Uint8Array, Uint8Array, Uint8Array]> {
  const large = await readWithin(bytes, THUMBNAIL_EDGES.large);
  const medium = await shrink(large, THUMBNAIL_EDGES.medium);
  const small = await shrink(medium, THUMBNAIL_EDGES.small);
  return [await encodeWebp(small), await encodeWebp(medium), await encodeWebp(large)];
}

export async function resizeToWebp(bytes: Uint8Array, edgePx: number): Promise<Uint8Array> {
  return encodeWebp(await readWithin(bytes, edgePx));
}

type Pixels = { readonly data: Uint8Array; readonly info: OutputInfo };

async function readWithin(bytes: Uint8Array, edgePx: number): Promise<Pixels> {
  return sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'warning' })
    .rotate()
    .resize({ width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

async function shrink(pixels: Pixels, edgePx: number): Promise<Pixels> {
  return ofPixels(pixels)
    .resize({ width: edgePx, height: edgePx, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

async function encodeWebp(pixels: Pixels): Promise<Uint8Array> {
  return ofPixels(pixels).webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT }).toBuffer();
}

function ofPixels({ data, info: { width, height, channels } }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}
