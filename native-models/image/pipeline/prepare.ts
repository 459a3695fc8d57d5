import type { ImageJob } from '../../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import type { ImageModel } from '../image-model.ts';
import { drawNormals } from '../random-normals.ts';
import { createScheduler, type Scheduler } from '../schedulers/scheduler.ts';

/** Latents are [1, channels, height, width]; sizes here are in latent cells. */
export type LatentShape = { readonly channels: number; readonly height: number; readonly width: number };

export type PreparedRun = {
  readonly shape: LatentShape;
  readonly scheduler: Scheduler;
  readonly latents: Float32Array;
};

/** Stream of a seed that the first latents come from; step k draws from stream k + 1. */
const LATENT_STREAM = 0;

/** Second stage: the schedule and the first noise. Rejects sizes that the model cannot make. */
export function prepareRun(model: ImageModel, job: ImageJob, sizeMultiple: number): PreparedRun {
  if (job.width % sizeMultiple !== 0 || job.height % sizeMultiple !== 0) {
    throw new StudioError(
      'input.invalid',
      `This model makes pictures whose width and height are multiples of ${sizeMultiple} px.`,
      {
        issues: [{ path: 'width', message: `${job.width} x ${job.height} px is not a multiple of ${sizeMultiple} px` }],
      },
    );
  }
  const shape = {
    channels: model.latentChannels,
    height: job.height / model.cellPixels,
    width: job.width / model.cellPixels,
  };
  const scheduler = createScheduler(job.scheduler, model.schedulerConfig, {
    steps: job.steps,
    latentPixels: shape.height * shape.width,
  });
  const latents = drawNormals(job.seed, LATENT_STREAM, shape.channels * shape.height * shape.width);
  if (scheduler.initNoiseSigma !== 1)
    for (const [index, value] of latents.entries()) latents[index] = value * scheduler.initNoiseSigma;
  return { shape, scheduler, latents };
}

/** The noise that a stochastic step adds. */
export function drawStepNoise(seed: number, step: number, count: number): Float32Array {
  return drawNormals(seed, step + 1, count);
}
