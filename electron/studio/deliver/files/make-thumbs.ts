import sharp from 'sharp';
import type { Raster } from '../../../contract/engine-protocol.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { DeliveryItem } from './delivery-item.ts';

/** Pictures that a contact sheet of so many files can show side by side, by their long edge in pixels. */
export function chooseThumbEdge(count: number): number {
  if (count <= 60) return 300;
  if (count <= 240) return 200;
  return count <= 1200 ? 128 : 72;
}

/** What stands for sounds and documents. */
const BLANK = 226;

function drawBlank(edge: number): Raster {
  const height = Math.round(edge * 0.7);
  return { width: edge, height, rgb: new Uint8Array(edge * height * 3).fill(BLANK) };
}

/** Small pictures of all items, in order, all made from the files themselves; a plain field for what cannot be seen. */
export async function makeThumbs(items: readonly DeliveryItem[], signal?: AbortSignal): Promise<Raster[]> {
  const edge = chooseThumbEdge(items.length);
  const thumbs: Raster[] = [];
  for (const { asset, path } of items) {
    signal?.throwIfAborted();
    if (asset.medium !== 'picture') {
      thumbs.push(drawBlank(edge));
      continue;
    }
    try {
      const { data, info } = await sharp(path)
        .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .flatten({ background: '#ffffff' })
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      thumbs.push({ width: info.width, height: info.height, rgb: new Uint8Array(data) });
    } catch (cause) {
      throw new StudioError(
        'library.objectMissing',
        `The file of object ${asset.hash.slice(0, 12)} cannot be read as a picture.`,
        { hash: asset.hash },
        { cause },
      );
    }
  }
  return thumbs;
}
