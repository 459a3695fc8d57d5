import sharp from 'sharp';
import type { Raster } from '../contract/engine-protocol.ts';

/** Previews are kept in memory only; the oldest goes when there are more. */
const MAX_PREVIEWS = 64;

export type Preview = { readonly bytes: Buffer; readonly contentType: 'image/webp' };

export type PreviewStore = {
  /** Encodes a preview and returns its name under the previews address. */
  put(jobId: string, step: number, raster: Raster): Promise<string>;
  get(name: string): Preview | null;
};

/** Holds the newest previews of forming pictures, small WebP files of at most a few kilobytes each. */
export function createPreviewStore(): PreviewStore {
  const previews = new Map<string, Preview>();
  return {
    async put(jobId, step, { width, height, rgb }) {
      const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
        .webp({ quality: 70, effort: 0 })
        .toBuffer();
      const name = `${jobId}-${step}.webp`;
      previews.set(name, { bytes, contentType: 'image/webp' });
      for (const oldest of previews.keys()) {
        if (previews.size <= MAX_PREVIEWS) break;
        previews.delete(oldest);
      }
      return name;
    },
    get: (name) => previews.get(name) ?? null,
  };
}
