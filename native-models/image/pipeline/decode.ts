import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import type { ImageModel } from '../image-model.ts';
import { decodePlanes } from './autoencoder.ts';
import type { Planes } from './tiles.ts';

/**
 * Fourth stage: latents to 8-bit RGB. Decoders in 16-bit floats can overflow, which shows as numbers that are none or as a wholly
 * black picture: then the model's decoder in 32 bits has another try. Rejects with `engine.failed` if it has none.
 */
export async function decodeLatents(model: ImageModel, latents: Planes): Promise<Raster> {
  let planes = await decodePlanes(model, model.decoder, latents);
  if (hasOverflowed(planes, model.decoder.elementType('latent_sample') === 'float16')) {
    const full = await model.openFullDecoder();
    if (full === null) throw refuseOverflow('this model has no decoder in 32-bit floats (vae_decoder/model_fp32.onnx)');
    planes = await decodePlanes(model, full, latents);
    if (hasOverflowed(planes, false)) throw refuseOverflow('its decoder in 32-bit floats overflowed too');
  }
  return { width: planes.width, height: planes.height, rgb: toBytes(planes) };
}

/** A black picture is a sign of overflow only where 16 bits can hide one; elsewhere somebody may have asked for black. */
function hasOverflowed({ data }: Planes, isBlackSuspicious: boolean): boolean {
  let isBlack = true;
  for (const value of data) {
    if (!Number.isFinite(value)) return true;
    if (value > -1) isBlack = false;
  }
  return isBlack && isBlackSuspicious;
}

function refuseOverflow(why: string): StudioError {
  const reason = `the numbers overflowed when the picture was decoded, and ${why}`;
  return new StudioError('engine.failed', `The image engine could not make this picture: ${reason}.`, {
    kind: 'image',
    reason,
  });
}

function toBytes({ data, width, height }: Planes): Uint8Array<ArrayBuffer> {
  const pixels = width * height;
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const value = (data[channel * pixels + pixel] ?? 0) * 127.5 + 127.5;
      rgb[pixel * 3 + channel] = Math.min(Math.max(Math.round(value), 0), 255);
    }
  }
  return rgb;
}
