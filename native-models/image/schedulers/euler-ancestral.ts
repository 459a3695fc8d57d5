import { computeEulerLevels, predictCleanEuler, scaleToUnitVariance } from './euler-levels.ts';
import { at } from './noise-levels.ts';
import { addScaled, blend } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Euler steps to a little below the next noise level, and fresh noise back up to it. */
export function createEulerAncestral(config: SchedulerConfig, steps: number): Scheduler {
  const { timesteps, sigmas, initNoiseSigma } = computeEulerLevels(config, steps, false);
  return {
    timesteps,
    initNoiseSigma,
    scaleModelInput: (index, sample) => scaleToUnitVariance(sample, at(sigmas, index)),
    step(index, modelOutput, sample, extras) {
      const [sigma, nextSigma] = [at(sigmas, index), at(sigmas, index + 1)];
      const clean = predictCleanEuler(config.prediction_type, modelOutput, sample, sigma);
      extras.guideClean?.(clean);
      const up = Math.sqrt((nextSigma ** 2 * (sigma ** 2 - nextSigma ** 2)) / sigma ** 2);
      const down = Math.sqrt(nextSigma ** 2 - up ** 2);
      const kept = down / sigma;
      const next = blend(kept, sample, 1 - kept, clean);
      addScaled(next, up, extras.drawNoise());
      return { next, clean };
    },
  };
}
