import {
  at,
  computeAlphasCumprod,
  computeSigmas,
  findTimestep,
  interpolate,
  spaceKarras,
  spaceLinearly,
  spaceTimesteps,
} from './noise-levels.ts';
import type { SchedulerConfig } from './scheduler-config.ts';

export type EulerLevels = {
  readonly timesteps: readonly number[];
  /** One more than timesteps; the last one is where the run ends. */
  readonly sigmas: readonly number[];
  readonly initNoiseSigma: number;
};

/** Noise levels of the Euler family. `allowKarras` is false for the ancestral one, which has no such setting. */
export function computeEulerLevels(config: SchedulerConfig, steps: number, allowKarras: boolean): EulerLevels {
  const spacing = config.timestep_spacing ?? 'linspace';
  const trainSteps = config.num_train_timesteps;
  const all = computeSigmas(computeAlphasCumprod(config));
  let timesteps =
    spacing === 'linspace'
      ? spaceLinearly(trainSteps - 1, 0, steps)
      : spaceTimesteps(spacing, trainSteps, steps, config.steps_offset);
  let sigmas = timesteps.map((timestep) => interpolate(all, timestep));
  if (allowKarras && config.use_karras_sigmas) {
    sigmas = spaceKarras(at(sigmas, steps - 1), at(sigmas, 0), steps);
    timesteps = sigmas.map((sigma) => findTimestep(all, sigma));
  }
  const last = allowKarras && config.final_sigmas_type === 'sigma_min' ? at(all, 0) : 0;
  const largest = at(sigmas, 0);
  return {
    timesteps,
    sigmas: [...sigmas, last],
    initNoiseSigma: spacing === 'leading' ? Math.sqrt(largest ** 2 + 1) : largest,
  };
}

/** The network expects unit variance: sample / sqrt(sigma^2 + 1). */
export function scaleToUnitVariance(sample: Float32Array, sigma: number): Float32Array {
  const factor = 1 / Math.sqrt(sigma ** 2 + 1);
  return sample.map((value) => value * factor);
}

/** The clean sample behind `x = clean + sigma * noise`. */
export function predictCleanEuler(
  kind: SchedulerConfig['prediction_type'],
  modelOutput: Float32Array,
  sample: Float32Array,
  sigma: number,
): Float32Array {
  if (kind === 'sample') return modelOutput.slice();
  const spread = sigma ** 2 + 1;
  const [fromSample, fromOutput] = kind === 'epsilon' ? [1, -sigma] : [1 / spread, -sigma / Math.sqrt(spread)];
  const clean = new Float32Array(sample.length);
  for (let index = 0; index < clean.length; index += 1) {
    clean[index] = fromSample * (sample[index] ?? 0) + fromOutput * (modelOutput[index] ?? 0);
  }
  return clean;
}
