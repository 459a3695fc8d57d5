import { createCleanLimits } from './clean-limits.ts';
import { spaceDistilled } from './distilled-timesteps.ts';
import { at, computeAlphasCumprod, LATENT_NOISE } from './noise-levels.ts';
import { createPlainCalls } from './plain-calls.ts';
import { blend, predictClean } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

/** Half the spread of the data, from the boundary condition of consistency models (Song et al. 2023). */
const DATA_DEVIATION = 0.5;

/** Luo et al. 2023, "Latent Consistency Models", algorithm 3: jump to the clean sample, add noise for the next level, jump again. */
export function createLcm(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const kind = requireNoiseOrClean(config);
  const alphas = computeAlphasCumprod(config, { defaults: LATENT_NOISE });
  const timesteps = spaceDistilled(config, run);
  const limit = createCleanLimits(config, false);
  return {
    ...createPlainCalls(alphas, timesteps, findStartIndex(run)),
    step(index, modelOutput, sample, extras) {
      const timestep = at(timesteps, index);
      const alpha = at(alphas, timestep);
      const predicted = predictClean(kind, modelOutput, sample, Math.sqrt(alpha), Math.sqrt(1 - alpha));
      limit?.(predicted);
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
