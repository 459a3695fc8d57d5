import {
  at,
  computeAlphasCumprod,
  computeSigmas,
  interpolate,
  spaceLinearly,
  spaceTimesteps,
  type NoiseOptions,
} from './noise-levels.ts';
import { blend, type Prediction } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import { chooseSigmaSpacing, createTimestepFinder, respaceSigmas } from './sigma-spacing.ts';

const f32 = Math.fround;

export type EulerLevels = {
  readonly timesteps: readonly number[];
  /** At least one more than timesteps; a run ends on the one after its last timestep. */
  readonly sigmas: readonly number[];
  readonly initNoiseSigma: number;
};

export type EulerLevelOptions = {
  readonly noise: NoiseOptions;
  /** Whether the algorithm knows the Karras, exponential and beta spacings. */
  readonly canRespace: boolean;
  /** Whether the algorithm knows `final_sigmas_type`, `interpolation_type` and `timestep_type`. */
  readonly isEuler: boolean;
};

/** Noise levels of the Euler family, in which a noisy sample is `clean + sigma * noise`. */
export function computeEulerLevels(config: SchedulerConfig, steps: number, options: EulerLevelOptions): EulerLevels {
  const { canRespace, isEuler } = options;
  const all = computeSigmas(computeAlphasCumprod(config, options.noise));
  let timesteps = spaceEuler(config, steps);
  let sigmas =
    isEuler && config.interpolation_type === 'log_linear'
      ? spaceLinearly(f32(Math.log(at(all, all.length - 1))), f32(Math.log(at(all, 0))), steps + 1).map((log) =>
          f32(Math.exp(f32(log))),
        )
      : timesteps.map((timestep) => interpolate(all, timestep));
  const spacing = canRespace ? chooseSigmaSpacing(config) : null;
  if (spacing !== null) {
    const ends = { largest: at(sigmas, 0), smallest: at(sigmas, sigmas.length - 1) };
    sigmas = respaceSigmas(spacing, config, ends, steps);
    timesteps = sigmas.map(createTimestepFinder(all));
  }
  const last = isEuler && config.final_sigmas_type === 'sigma_min' ? at(all, 0) : 0;
  sigmas = [...sigmas, last].map(f32);
  if (isEuler && config.timestep_type === 'continuous' && config.prediction_type === 'v_prediction')
    timesteps = sigmas.slice(0, -1).map((sigma) => 0.25 * Math.log(sigma));
  const largest = Math.max(...sigmas);
  return {
    timesteps: timesteps.map(f32),
    sigmas,
    initNoiseSigma: config.timestep_spacing === 'leading' ? Math.sqrt(largest ** 2 + 1) : largest,
  };
}

function spaceEuler(config: SchedulerConfig, steps: number): number[] {
  const spacing = config.timestep_spacing ?? 'linspace';
  const trainSteps = config.num_train_timesteps;
  if (spacing === 'linspace')
    return spaceLinearly(0, trainSteps - 1, steps)
      .map(f32)
      .reverse();
  return spaceTimesteps(spacing, trainSteps, steps, config.steps_offset);
}

/** The network expects unit variance: sample / sqrt(sigma^2 + 1). */
export function scaleToUnitVariance(sample: Float32Array, sigma: number): Float32Array {
  const spread = f32(Math.sqrt(f32(f32(sigma * sigma) + 1)));
  return sample.map((value) => value / spread);
}

/**
 * Along the line from a sample to its clean sample, which runs through `sigma` and 0, to another noise level:
 * sample + (sample - clean) / sigma * (level - sigma), rounded to 32 bits after each operation.
 */
export function moveToLevel(sample: Float32Array, clean: Float32Array, sigma: number, level: number): Float32Array {
  const change = f32(level - sigma);
  return sample.map((value, index) => value + f32(f32(f32(value - (clean[index] ?? 0)) / sigma) * change));
}

/** The clean sample behind `x = clean + sigma * noise`. */
export function predictCleanEuler(
  kind: Prediction,
  modelOutput: Float32Array,
  sample: Float32Array,
  sigma: number,
): Float32Array {
  if (kind === 'sample') return modelOutput.slice();
  if (kind === 'epsilon') return blend(1, sample, -sigma, modelOutput);
  const spread = f32(f32(sigma * sigma) + 1);
  const factor = f32(-sigma / f32(Math.sqrt(spread)));
  return sample.map((value, index) => f32((modelOutput[index] ?? 0) * factor) + f32(value / spread));
}
