import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import type { ImageModel } from '../image-model.ts';
import { assertFinite } from './denoise.ts';
import type { LatentShape } from './prepare.ts';

/** Fourth stage: latents to 8-bit RGB. */
export async function decodeLatents(model: ImageModel, latents: Float32Array, shape: LatentShape): Promise<Raster> {
  const { data, dims } = await decodeToFloats(model, latents, shape);
  assertFinite(data, 'the last stage');
  const [height, width] = [dims[2] ?? 0, dims[3] ?? 0];
  return { width, height, rgb: toBytes(data, width * height) };
}

/** Planes of red, green and blue in -1..1. */
export function decodeToFloats(model: ImageModel, latents: Float32Array, shape: LatentShape) {
  const stored = latents.map((value) => value / model.latentScale + model.latentShift);
  return model.decoder.run(
    { latent_sample: { data: stored, dims: [1, shape.channels, shape.height, shape.width] } },
    'sample',
  );
}

function toBytes(planes: Float32Array, pixels: number): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = (planes[channel * pixels + pixel] ?? 0) * 127.5 + 127.5;
      rgb[pixel * 3 + channel] = Math.min(Math.max(Math.round(value), 0), 255);
    }
  }
  return rgb;
}
