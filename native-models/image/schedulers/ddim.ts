import { at, computeAlphasCumprod, roundHalfToEven, spaceLinearly, spaceTimesteps } from './noise-levels.ts';
import { addScaled, blend, predictClean } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Song, Meng, Ermon 2020, equation 12. `eta` 0 is deterministic, 1 is as noisy as DDPM. */
export function createDdim(config: SchedulerConfig, steps: number, eta = 0): Scheduler {
  const trainSteps = config.num_train_timesteps;
  const alphas = computeAlphasCumprod(config);
  const finalAlpha = config.set_alpha_to_one ? 1 : at(alphas, 0);
  const timesteps = spaceDdim(config, steps);
  // Only DDIM itself clips by default; models of other schedulers were not trained for it.
  const clip = (config.clip_sample ?? config._class_name === 'DDIMScheduler') ? config.clip_sample_range : null;

  return {
    timesteps,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    step(index, modelOutput, sample, extras) {
      const timestep = at(timesteps, index);
      const previous = timestep - Math.floor(trainSteps / steps);
      const alpha = at(alphas, timestep);
      const previousAlpha = previous >= 0 ? at(alphas, previous) : finalAlpha;
      const [signal, spread] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];

      const clean = predictClean(config.prediction_type, modelOutput, sample, signal, spread);
      const noise =
        config.prediction_type === 'epsilon'
          ? modelOutput
          : config.prediction_type === 'v_prediction'
            ? blend(signal, modelOutput, spread, sample)
            : blend(1 / spread, sample, -signal / spread, clean);
      if (clip !== null) for (const [at, value] of clean.entries()) clean[at] = Math.min(Math.max(value, -clip), clip);
      extras.guideClean?.(clean);

      const variance = ((1 - previousAlpha) / (1 - alpha)) * (1 - alpha / previousAlpha);
      const deviation = eta * Math.sqrt(Math.max(variance, 0));
      const next = blend(
        Math.sqrt(previousAlpha),
        clean,
        Math.sqrt(Math.max(1 - previousAlpha - deviation ** 2, 0)),
        noise,
      );
      if (eta > 0) addScaled(next, deviation, extras.drawNoise());
      return { next, clean };
    },
  };
}

function spaceDdim(config: SchedulerConfig, steps: number): number[] {
  const spacing = config.timestep_spacing ?? 'leading';
  const trainSteps = config.num_train_timesteps;
  if (spacing === 'linspace') return spaceLinearly(trainSteps - 1, 0, steps).map(roundHalfToEven);
  return spaceTimesteps(spacing, trainSteps, steps, config.steps_offset).map((timestep) =>
    Math.min(timestep, trainSteps - 1),
  );
}
