import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { AssetId } from '../../../../../electron/contract/identifiers.ts';
import type { Library } from '../../../../../electron/library/library.ts';
import { ThumbnailWorker, resizeToWebp } from '../../../../../electron/library/objects/thumbnails.ts';
import type { ThumbnailEvent } from '../../../../../electron/library/objects/thumbnails.ts';
import {
  createTestFolder,
  makePictureBytes,
  makeResult,
  openTestLibrary,
  preparePlan,
} from '../../../../support/library-fixtures.ts';
import { claimPicture, completePicture } from '../../../../../scripts/proof/picture-jobs.ts';

const makePng = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 20 } } })
    .png()
    .toBuffer();

async function makeAsset(library: Library, bytes: Uint8Array): Promise<AssetId> {
  const job = claimPicture(library, { worker: 'w', leaseMs: 1000 });
  if (job === null) {
    throw new Error('there is no job left');
  }
  const outcome = completePicture(library, job, makeResult(job, await library.store.put(bytes)));
  if (outcome.kind === 'stale') {
    throw new Error('the job was ours');
  }
  return outcome.assetId;
}

describe('ThumbnailWorker', () => {
  it('makes three WebP pictures for each asset and never enlarges one', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    library.batches.start((await preparePlan(library)).planId, null, 'owner');
    const wide = await makeAsset(library, await makePng(1600, 400));
    const tall = await makeAsset(library, await makePng(200, 300));
    const events: ThumbnailEvent[] = [];
    const worker = new ThumbnailWorker(library, (event) => events.push(event));
    worker.wake();
    await worker.settle();
    expect(events.map(({ assetId }) => assetId)).toEqual([wide, tall]);
    const sizes = await Promise.all(
      library.assets.summaries([wide, tall]).map(async ({ thumbnails }) =>
        Promise.all(
          [thumbnails?.small, thumbnails?.medium, thumbnails?.large].map(async (hash) => {
            if (hash === undefined) {
              throw new Error('a thumbnail is missing');
            }
            const { format, width, height } = await sharp(await library.store.read(hash)).metadata();
            expect(library.objects.describe(hash)?.mediaType).toBe('image/webp');
            return [format, width, height];
          }),
        ),
      ),
    );
    expect(sizes).toEqual([
      [
        ['webp', 160, 40],
        ['webp', 480, 120],
        ['webp', 1280, 320],
      ],
      [
        ['webp', 107, 160],
        ['webp', 200, 300],
        ['webp', 200, 300],
      ],
    ]);
    expect((await library.fsck({ read: 'all' })).findings).toEqual([]);
  });

  it('goes on after a restart where it was', async () => {
    using folder = createTestFolder();
    const first = openTestLibrary(folder.path);
    first.batches.start((await preparePlan(first)).planId, null, 'owner');
    const made = [
      await makeAsset(first, await makePng(64, 64)),
      await makeAsset(first, await makePng(64, 65)),
      await makeAsset(first, await makePng(64, 66)),
    ];
    const interrupted = new ThumbnailWorker(first, () => void interrupted.stop());
    interrupted.wake();
    await interrupted.settle();
    expect(first.thumbnails.missing(10).map(({ assetId }) => assetId)).toEqual(made.slice(1));
    first.close();
    using library = openTestLibrary(folder.path, { idStart: 100_000 });
    const worker = new ThumbnailWorker(library, () => {});
    worker.wake();
    await worker.settle();
    expect(library.thumbnails.missing(10)).toEqual([]);
    expect(library.assets.summaries(made).every(({ thumbnails }) => thumbnails !== null)).toBe(true);
  });

  it('notes a picture that cannot be read and goes on', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    library.batches.start((await preparePlan(library)).planId, null, 'owner');
    const broken = await makeAsset(library, makePictureBytes(1));
    const sound = await makeAsset(library, await makePng(64, 64));
    const events: ThumbnailEvent[] = [];
    const worker = new ThumbnailWorker(library, (event) => events.push(event));
    worker.wake();
    await worker.settle();
    expect(events.map(({ assetId, thumbnails }) => [assetId, thumbnails !== null])).toEqual([
      [broken, false],
      [sound, true],
    ]);
    expect(library.thumbnails.missing(10)).toEqual([]);
  });

  it('takes in what is added while it works', async () => {
    using folder = createTestFolder();
    using library = openTestLibrary(folder.path);
    library.batches.start((await preparePlan(library)).planId, null, 'owner');
    const worker = new ThumbnailWorker(library, () => {});
    await makeAsset(library, await makePng(64, 64));
    worker.wake();
    await makeAsset(library, await makePng(65, 64));
    worker.wake();
    await worker.settle();
    expect(library.thumbnails.missing(10)).toEqual([]);
  });
});

describe('resizeToWebp', () => {
  it('refuses what is no picture', async () => {
    await expect(resizeToWebp(new Uint8Array(100), 160)).rejects.toThrow();
  });
});
