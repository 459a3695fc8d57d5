import type { ImageJob } from '../../../electron/contract/engine-protocol.ts';
import type { ImageModel } from '../image-model.ts';
import { drawNormals } from '../random-normals.ts';
import { createScheduler } from '../schedulers/create-scheduler.ts';
import { type Scheduler } from '../schedulers/scheduler.ts';
import type { RunSource } from './source.ts';

/** Latents are [1, channels, height, width]; sizes here are in latent cells. */
export type LatentShape = { readonly channels: number; readonly height: number; readonly width: number };

export type PreparedRun = {
  readonly shape: LatentShape;
  readonly scheduler: Scheduler;
  /** The first sample. */
  readonly latents: Float32Array;
  /** The noise that it holds, standard normal. */
  readonly noise: Float32Array;
  readonly source: RunSource | null;
};

/** Stream of a seed that the first latents come from; the call of the network at index k of the schedule draws from stream k + 1. */
const LATENT_STREAM = 0;

/** Second stage: the schedule and the first sample, noise alone or a picture under noise. */
export function prepareRun(model: ImageModel, job: ImageJob, source: RunSource | null): PreparedRun {
  const shape = {
    channels: model.latentChannels,
    height: job.height / model.cellPixels,
    width: job.width / model.cellPixels,
  };
  const strength = source?.strength ?? 1;
  const scheduler = createScheduler(job.scheduler, model.schedulerConfig, {
    steps: job.steps,
    latentPixels: shape.height * shape.width,
    ...(model.family.spreadsStrength ? { distilledShare: strength } : { strength }),
  });
  const noise = drawNormals(job.seed, LATENT_STREAM, shape.channels * shape.height * shape.width);
  // What a mask keeps is put back at every step, so a full strength has nothing to start from.
  const startsFromNoise = source === null || (source.mask !== null && strength === 1);
  const latents = startsFromNoise
    ? noise.map((value) => value * scheduler.initNoiseSigma)
    : scheduler.addNoise(source.latents.data, noise);
  return { shape, scheduler, latents, noise, source };
}

/** The noise that a stochastic step adds. */
export function drawStepNoise(seed: number, index: number, count: number): Float32Array {
  return drawNormals(seed, index + 1, count);
}
