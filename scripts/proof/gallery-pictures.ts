import sharp from 'sharp';
import type { ObjectHash } from '../../electron/contract/identifiers.ts';
import { makeThumbnails } from '../../electron/library/objects/thumbnails.ts';
import type { Library } from '../../electron/library/library.ts';
import type { ThumbnailHashes } from '../../electron/library/repositories/thumbnail-repository.ts';

export type GalleryPicture = {
  readonly hash: ObjectHash;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly thumbnails: ThumbnailHashes;
};

/** Draws so many pictures of one size, each of another colour and layout, and stores them with their thumbnails. */
export async function storePictures(
  library: Library,
  count: number,
  sizePx: { readonly width: number; readonly height: number },
  random: () => number,
): Promise<GalleryPicture[]> {
  const pictures: GalleryPicture[] = [];
  while (pictures.length < count) {
    const png = await sharp(Buffer.from(drawPicture(sizePx, random)))
      .png()
      .toBuffer();
    const hash = await library.store.put(png);
    const made = await makeThumbnails(library, hash);
    if (made.kind === 'unreadable') throw new Error(made.reason);
    pictures.push({ hash, widthPx: sizePx.width, heightPx: sizePx.height, thumbnails: made.thumbnails });
  }
  return pictures;
}

/** A ground that runs between two colours, soft discs on it and bars where type would stand. */
function drawPicture({ width, height }: { width: number; height: number }, random: () => number): string {
  const hue = () => Math.floor(random() * 360);
  const colour = () => `hsl(${hue()} ${30 + Math.floor(random() * 50)}% ${20 + Math.floor(random() * 60)}%)`;
  const discs = Array.from(
    { length: 6 },
    () =>
      `<circle cx="${Math.floor(random() * width)}" cy="${Math.floor(random() * height)}" r="${Math.floor((0.05 + random() * 0.3) * width)}" fill="${colour()}" fill-opacity="0.5"/>`,
  );
  const bars = [0.62, 0.7, 0.8].map(
    (top, index) =>
      `<rect x="${width * 0.08}" y="${height * top}" width="${width * (0.7 - index * 0.2)}" height="${height * 0.05}" rx="6" fill="#fff"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" gradientTransform="rotate(${hue()})"><stop stop-color="${colour()}"/><stop offset="1" stop-color="${colour()}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${discs.join('')}${bars.join('')}</svg>`;
}
