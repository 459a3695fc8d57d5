import { at, computeAlphasCumprod } from './noise-levels.ts';
import { blend, predictClean } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Half the spread of the data, from the boundary condition of consistency models (Song et al. 2023). */
const DATA_DEVIATION = 0.5;

/** Luo et al. 2023, "Latent Consistency Models", algorithm 3: jump to the clean sample, add noise for the next level, jump again. */
export function createLcm(config: SchedulerConfig, steps: number): Scheduler {
  const alphas = computeAlphasCumprod(config);
  const timesteps = spaceLcm(config, steps);
  const clip = config.clip_sample ? config.clip_sample_range : null;
  return {
    timesteps,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    step(index, modelOutput, sample, extras) {
      const timestep = at(timesteps, index);
      const alpha = at(alphas, timestep);
      const predicted = predictClean(
        config.prediction_type,
        modelOutput,
        sample,
        Math.sqrt(alpha),
        Math.sqrt(1 - alpha),
      );
      if (clip !== null)
        for (const [place, value] of predicted.entries()) predicted[place] = Math.min(Math.max(value, -clip), clip);
      const scaled = timestep * config.timestep_scaling;
      const spread = scaled ** 2 + DATA_DEVIATION ** 2;
      const clean = blend(scaled / Math.sqrt(spread), predicted, DATA_DEVIATION ** 2 / spread, sample);
      extras.guideClean?.(clean);
      if (index === timesteps.length - 1) return { next: clean, clean };
      const nextAlpha = at(alphas, at(timesteps, index + 1));
      return { next: blend(Math.sqrt(nextAlpha), clean, Math.sqrt(1 - nextAlpha), extras.drawNoise()), clean };
    },
  };
}

/** Evenly chosen among the steps that the model was distilled on. */
function spaceLcm(config: SchedulerConfig, steps: number): number[] {
  const { num_train_timesteps: trainSteps, original_inference_steps: original } = config;
  if (steps > original) throw new Error(`this model was distilled for at most ${original} steps`);
  const stride = Math.floor(trainSteps / original);
  const distilled = Array.from({ length: original }, (_, index) => (original - index) * stride - 1);
  return Array.from({ length: steps }, (_, index) => at(distilled, Math.floor((index * original) / steps)));
}
