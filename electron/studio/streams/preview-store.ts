import sharp from 'sharp';
import type { Raster } from '../../contract/engine-protocol.ts';

/** Previews are kept in memory only; the oldest goes when there are more. */
const MAX_PREVIEWS = 64;

export type Preview = { readonly bytes: Buffer; readonly contentType: 'image/webp' };

export type PreviewStore = {
  /** Keeps a preview and returns its name under the previews address. */
  put(jobId: string, step: number, raster: Raster): string;
  /** Encodes the preview when it is asked for the first time. Null when it is gone or was never there. */
  get(name: string): Promise<Preview | null>;
};

/**
 * Holds the newest previews of forming pictures, small WebP files of at most a few kilobytes each. Nothing is encoded before somebody looks: a batch
 * that nobody watches spends nothing on previews.
 */
export function createPreviewStore(): PreviewStore {
  const previews = new Map<string, Raster | Promise<Preview | null>>();
  return {
    put(jobId, step, raster) {
      const name = `${jobId}-${step}.webp`;
      previews.set(name, raster);
      for (const oldest of previews.keys()) {
        if (previews.size <= MAX_PREVIEWS) break;
        previews.delete(oldest);
      }
      return name;
    },
    async get(name) {
      const kept = previews.get(name);
      if (kept === undefined) return null;
      // A preview is for the eye only: one that cannot be drawn is as good as gone.
      const encoding = 'rgb' in kept ? encodePreview(kept).catch(() => null) : kept;
      previews.set(name, encoding);
      return encoding;
    },
  };
}

async function encodePreview({ width, height, rgb }: Raster): Promise<Preview> {
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .webp({ quality: 70, effort: 0 })
    .toBuffer();
  return { bytes, contentType: 'image/webp' };
}
