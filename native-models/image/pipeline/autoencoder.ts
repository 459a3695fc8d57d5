import type { ImageModel } from '../image-model.ts';
import type { OnnxNetwork } from '../onnx-network.ts';
import { runInTiles, type Planes, type TileSizes } from './tiles.ts';

/** Copies of the largest layer that are alive at once while a picture is decoded. */
const LIVE_LAYERS = 3;
const BYTES_PER_FLOAT = 4;
const OUT_OF_MEMORY = /alloc|memory/i;

/** Latents as the denoiser has them to picture planes in -1..1: red, green, blue. */
export async function decodePlanes(model: ImageModel, decoder: OnnxNetwork, latents: Planes): Promise<Planes> {
  const stored = toStored(model, latents);
  const run = async (tile: Planes) => runPlanes(decoder, 'latent_sample', tile);
  const tiles = findTiles(model);
  return inOneOrTiles(model, latents.height * latents.width, stored, run, {
    inputEdge: tiles.cells,
    outputEdge: tiles.pixels,
  });
}

/**
 * Picture planes in -1..1 to latents. Encoders that answer with a distribution (means, then logarithms of variances) are sampled with
 * `noise`, standard normal numbers; others answer with the latents themselves.
 */
export async function encodePlanes(model: ImageModel, picture: Planes, noise: Float32Array): Promise<Planes> {
  const encoder = await model.openEncoder();
  const run = async (tile: Planes) => runPlanes(encoder, 'sample', tile);
  const tiles = findTiles(model);
  const cells = (picture.height * picture.width) / model.cellPixels ** 2;
  const answer = await inOneOrTiles(model, cells, picture, run, { inputEdge: tiles.pixels, outputEdge: tiles.cells });
  const count = model.latentChannels * answer.height * answer.width;
  const data = answer.data.slice(0, count);
  if (answer.channels === 2 * model.latentChannels) {
    for (let place = 0; place < count; place += 1) {
      const logVariance = Math.min(Math.max(answer.data[count + place] ?? 0, -30), 20);
      data[place] = (data[place] ?? 0) + Math.exp(0.5 * logVariance) * (noise[place] ?? 0);
    }
  }
  return fromStored(model, { ...answer, data, channels: model.latentChannels });
}

/** In one piece where it fits into memory, else in tiles. */
async function inOneOrTiles(
  model: ImageModel,
  cells: number,
  input: Planes,
  run: (tile: Planes) => Promise<Planes>,
  sizes: TileSizes,
): Promise<Planes> {
  const isMoreThanOne = input.height > sizes.inputEdge || input.width > sizes.inputEdge;
  if (isMoreThanOne && estimateBytes(model, cells) > model.wholePictureBytes) return runInTiles(input, sizes, run);
  try {
    return await run(input);
  } catch (error) {
    if (!isMoreThanOne || !(error instanceof Error && OUT_OF_MEMORY.test(error.message))) throw error;
    return runInTiles(input, sizes, run);
  }
}

function estimateBytes(model: ImageModel, cells: number): number {
  const widest = model.autoencoder.block_out_channels[0] ?? 128;
  return cells * model.cellPixels ** 2 * widest * LIVE_LAYERS * BYTES_PER_FLOAT;
}

/** The size that the autoencoder was taught on, in whole quarters, so that overlaps meet on both sides. */
function findTiles(model: ImageModel): { cells: number; pixels: number } {
  const cells = Math.max(8, Math.floor(model.autoencoder.sample_size / model.cellPixels / 4) * 4);
  return { cells, pixels: cells * model.cellPixels };
}

async function runPlanes(network: OnnxNetwork, input: string, planes: Planes): Promise<Planes> {
  const { data, dims } = await network.run({
    [input]: { data: planes.data, dims: [1, planes.channels, planes.height, planes.width] },
  });
  return { data, channels: dims[1] ?? 0, height: dims[2] ?? 0, width: dims[3] ?? 0 };
}

/** What the autoencoder means by the denoiser's numbers: by one scale, or by the mean and spread of each channel. */
function toStored(model: ImageModel, latents: Planes): Planes {
  return mapChannels(latents, (value, channel) => {
    const { scale, spread, mean } = describeChannel(model, channel);
    return (value * spread) / scale + mean;
  });
}

function fromStored(model: ImageModel, latents: Planes): Planes {
  return mapChannels(latents, (value, channel) => {
    const { scale, spread, mean } = describeChannel(model, channel);
    return ((value - mean) * scale) / spread;
  });
}

function describeChannel({ autoencoder, latentScale }: ImageModel, channel: number) {
  const { latents_mean: means, latents_std: spreads, shift_factor: shift } = autoencoder;
  return { scale: latentScale, spread: spreads?.[channel] ?? 1, mean: means?.[channel] ?? shift ?? 0 };
}

function mapChannels(planes: Planes, change: (value: number, channel: number) => number): Planes {
  const cells = planes.height * planes.width;
  return { ...planes, data: planes.data.map((value, place) => change(value, Math.floor(place / cells))) };
}
