import { computeEulerLevels, moveToLevel, predictCleanEuler, scaleToUnitVariance } from './euler-levels.ts';
import { at } from './noise-levels.ts';
import { addScaled, blend } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

/** Euler steps to a little below the next noise level, and fresh noise back up to it. */
export function createEulerAncestral(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const kind = requireNoiseOrClean(config);
  const { timesteps, sigmas, initNoiseSigma } = computeEulerLevels(config, run.steps, {
    noise: { keepsLastFinite: true },
    canRespace: false,
    isEuler: false,
  });
  const startIndex = findStartIndex(run);
  return {
    timesteps,
    startIndex,
    initNoiseSigma,
    scaleModelInput: (index, sample) => scaleToUnitVariance(sample, at(sigmas, index)),
    addNoise: (clean, noise, index = startIndex) => blend(1, clean, at(sigmas, index), noise),
    step(index, modelOutput, sample, extras) {
      const [sigma, nextSigma] = [at(sigmas, index), at(sigmas, index + 1)];
      const clean = predictCleanEuler(kind, modelOutput, sample, sigma);
      extras.guideClean?.(clean);
      const up = Math.sqrt((nextSigma ** 2 * (sigma ** 2 - nextSigma ** 2)) / sigma ** 2);
      const down = Math.sqrt(nextSigma ** 2 - up ** 2);
      const next = moveToLevel(sample, clean, sigma, down);
      addScaled(next, up, extras.drawNoise());
      return { next, clean };
    },
  };
}
