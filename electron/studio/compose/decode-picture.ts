import sharp from 'sharp';
import type { Raster } from '../../contract/engine-protocol.ts';

/** A picture of the library's own store as pixels: 8 bits each of red, green and blue. */
export async function decodePicture(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes).removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
