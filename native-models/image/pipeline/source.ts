import type { ImageJob, Raster } from '../../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import type { ImageModel } from '../image-model.ts';
import { drawNormals } from '../random-normals.ts';
import { encodePlanes } from './autoencoder.ts';
import type { Planes } from './tiles.ts';

/** The picture that a run starts from, as the denoiser sees it. */
export type RunSource = {
  readonly strength: number;
  readonly latents: Planes;
  /** One number per cell, 1 where the picture changes and 0 where it stays; null changes all of it. */
  readonly mask: Float32Array | null;
  /** Latents of the picture with grey in place of what changes, for denoisers that take it as an input. */
  readonly maskedLatents: Planes | null;
};

/** Far from the streams of steps: chooses which of the latents that a picture may stand for it stands for. */
const POSTERIOR_STREAM = 0xffff_0000;
/** From this byte on a mask counts as white. */
const WHITE_FROM = 127.5;

/** Between the first and the second stage: pictures to latents. Null for a job that starts from noise alone. */
export async function encodeSource(model: ImageModel, job: ImageJob): Promise<RunSource | null> {
  const takesMask = model.denoiserChannels > model.latentChannels;
  if (job.source === undefined) {
    if (takesMask) throw refuseInput('source', `"${model.name}" fills in parts of a picture; it needs one and a mask`);
    return null;
  }
  const { raster, maskRaster, strength } = job.source;
  checkSize('source.raster', raster, job);
  if (maskRaster !== null) checkSize('source.maskRaster', maskRaster, job);
  if (takesMask && maskRaster === null)
    throw refuseInput('source.maskRaster', `"${model.name}" fills in parts of a picture; it needs a mask`);

  const cells = (job.width * job.height) / model.cellPixels ** 2;
  const noise = drawNormals(job.seed, POSTERIOR_STREAM, model.latentChannels * cells);
  const planes = toPlanes(raster);
  const pixelMask = maskRaster && toMask(maskRaster);
  return {
    strength,
    latents: await encodePlanes(model, planes, noise),
    mask: pixelMask && thinOut(pixelMask, job.width, job.height, model.cellPixels),
    maskedLatents: takesMask && pixelMask ? await encodePlanes(model, coverWhite(planes, pixelMask), noise) : null,
  };
}

function checkSize(path: string, raster: Raster, { width, height }: ImageJob): void {
  if (raster.width === width && raster.height === height && raster.rgb.length === width * height * 3) return;
  throw refuseInput(path, `it has ${raster.width} x ${raster.height} px; the picture to make ${width} x ${height} px`);
}

function refuseInput(path: string, message: string): StudioError {
  return new StudioError('input.invalid', `The picture cannot be started from: ${message}.`, {
    issues: [{ path, message }],
  });
}

/** Bytes to -1..1, one plane per channel. */
function toPlanes({ width, height, rgb }: Raster): Planes {
  const pixels = width * height;
  const data = new Float32Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let channel = 0; channel < 3; channel += 1)
      data[channel * pixels + pixel] = (rgb[pixel * 3 + channel] ?? 0) / 127.5 - 1;
  return { data, channels: 3, height, width };
}

/** 1 where the brightness (ITU-R 601) is at least half. */
function toMask({ width, height, rgb }: Raster): Float32Array {
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const [red, green, blue] = [rgb[pixel * 3] ?? 0, rgb[pixel * 3 + 1] ?? 0, rgb[pixel * 3 + 2] ?? 0];
    return red * 0.299 + green * 0.587 + blue * 0.114 >= WHITE_FROM ? 1 : 0;
  });
}

/** The value at the upper left pixel of each cell. */
function thinOut(mask: Float32Array, width: number, height: number, cellPixels: number): Float32Array {
  const [cellsWide, cellsHigh] = [width / cellPixels, height / cellPixels];
  return Float32Array.from(
    { length: cellsWide * cellsHigh },
    (_, cell) => mask[Math.floor(cell / cellsWide) * cellPixels * width + (cell % cellsWide) * cellPixels] ?? 0,
  );
}

function coverWhite(picture: Planes, mask: Float32Array): Planes {
  return { ...picture, data: picture.data.map((value, place) => value * (1 - (mask[place % mask.length] ?? 0))) };
}
