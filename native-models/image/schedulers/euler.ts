import { computeEulerLevels, moveToLevel, predictCleanEuler, scaleToUnitVariance } from './euler-levels.ts';
import { at } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

/** Karras et al. 2022, algorithm 2 without the second-order correction and without churn. */
export function createEuler(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const kind = requireNoiseOrClean(config);
  const { timesteps, sigmas, initNoiseSigma } = computeEulerLevels(config, run.steps, {
    noise: { keepsLastFinite: true },
    canRespace: true,
    isEuler: true,
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
      return { next: moveToLevel(sample, clean, sigma, nextSigma), clean };
    },
  };
}
