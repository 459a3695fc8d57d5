import { createCleanLimits } from './clean-limits.ts';
import { at, computeAlphasCumprod, roundHalfToEven, spaceLinearly, spaceTimesteps } from './noise-levels.ts';
import { createPlainCalls } from './plain-calls.ts';
import { addScaled, blend, predictClean, predictNoise } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

/** Song, Meng, Ermon 2020, equation 12. `eta` 0 is deterministic, 1 is as noisy as DDPM. */
export function createDdim(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const { steps, eta = 0 } = run;
  const kind = requireNoiseOrClean(config);
  const trainSteps = config.num_train_timesteps;
  const alphas = computeAlphasCumprod(config);
  const finalAlpha = (config.set_alpha_to_one ?? true) ? 1 : at(alphas, 0);
  const timesteps = spaceDdim(config, steps);
  // Only DDIM itself clips by default; models of other schedulers were not trained for it.
  const limit = createCleanLimits(config, config._class_name === 'DDIMScheduler');

  return {
    ...createPlainCalls(alphas, timesteps, findStartIndex(run)),
    step(index, modelOutput, sample, extras) {
      const timestep = at(timesteps, index);
      const previous = timestep - Math.floor(trainSteps / steps);
      const alpha = at(alphas, timestep);
      const previousAlpha = previous >= 0 ? at(alphas, previous) : finalAlpha;
      const [signal, spread] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];

      const clean = predictClean(kind, modelOutput, sample, signal, spread);
      const noise = predictNoise(kind, modelOutput, sample, signal, spread);
      limit?.(clean);
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
  if (spacing === 'linspace')
    return spaceLinearly(0, trainSteps - 1, steps)
      .map(roundHalfToEven)
      .reverse();
  return spaceTimesteps(spacing, trainSteps, steps, config.steps_offset).map((timestep) =>
    Math.min(timestep, trainSteps - 1),
  );
}
