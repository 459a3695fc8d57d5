import { spaceDistilled } from './distilled-timesteps.ts';
import { at, computeAlphasCumprod, LATENT_NOISE } from './noise-levels.ts';
import { createPlainCalls } from './plain-calls.ts';
import { blend, predictClean, predictNoise } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

const f32 = Math.fround;

/**
 * Zheng et al. 2024, "Trajectory Consistency Distillation", strategic stochastic sampling: jump below the next level, to the share
 * 1 - eta of its time, and up to it with fresh noise.
 */
export function createTcd(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const { eta = 0.3 } = run;
  const kind = requireNoiseOrClean(config);
  const alphas = computeAlphasCumprod(config, { defaults: LATENT_NOISE });
  const timesteps = spaceDistilled(config, run);
  return {
    ...createPlainCalls(alphas, timesteps, findStartIndex(run)),
    step(index, modelOutput, sample, extras) {
      const isLast = index === timesteps.length - 1;
      const alpha = at(alphas, at(timesteps, index));
      const nextTimestep = isLast ? 0 : at(timesteps, index + 1);
      const targetAlpha = at(alphas, Math.floor(f32(f32(1 - eta) * nextTimestep)));
      const [signal, spread] = [Math.sqrt(alpha), Math.sqrt(1 - alpha)];
      const clean = predictClean(kind, modelOutput, sample, signal, spread);
      const noise = predictNoise(kind, modelOutput, sample, signal, spread);
      extras.guideClean?.(clean);
      const jumped = blend(Math.sqrt(targetAlpha), clean, Math.sqrt(1 - targetAlpha), noise);
      if (eta === 0 || isLast) return { next: jumped, clean };
      const kept = at(alphas, nextTimestep) / targetAlpha;
      return { next: blend(Math.sqrt(kept), jumped, Math.sqrt(1 - kept), extras.drawNoise()), clean };
    },
  };
}
