import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';

const toSharp = ({ width, height, rgb }: Raster) => sharp(rgb, { raw: { width, height, channels: 3 } });

async function toRaster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

/** What happens to a picture in daily use, one at a time and all at once. */
export const changes = {
  /** Up to 15 % of each side cut away, anywhere. */
  crop: async (raster: Raster, random: () => number): Promise<Raster> => {
    const width = Math.round(raster.width * (1 - 0.15 * random()));
    const height = Math.round(raster.height * (1 - 0.15 * random()));
    const left = Math.floor((raster.width - width + 1) * random());
    const top = Math.floor((raster.height - height + 1) * random());
    return toRaster(toSharp(raster).extract({ left, top, width, height }));
  },
  /** To between 50 % and 150 % of the size. */
  resize: async (raster: Raster, random: () => number): Promise<Raster> =>
    toRaster(toSharp(raster).resize(Math.round(raster.width * (0.5 + random())), null, { kernel: 'cubic' })),
  /** Quality 50 to 90. */
  jpeg: async (raster: Raster, random: () => number): Promise<Raster> =>
    toRaster(
      sharp(
        await toSharp(raster)
          .jpeg({ quality: 50 + Math.floor(41 * random()) })
          .toBuffer(),
      ),
    ),
  /** Brightness and saturation by up to 8 %, hue by up to 6 degrees. */
  recolour: async (raster: Raster, random: () => number): Promise<Raster> =>
    toRaster(
      toSharp(raster).modulate({
        brightness: 1 + 0.16 * (random() - 0.5),
        saturation: 1 + 0.16 * (random() - 0.5),
        hue: Math.round(12 * (random() - 0.5)),
      }),
    ),
};

export async function changeAll(raster: Raster, random: () => number): Promise<Raster> {
  let changed = raster;
  for (const change of [changes.crop, changes.recolour, changes.resize, changes.jpeg])
    changed = await change(changed, random);
  return changed;
}
