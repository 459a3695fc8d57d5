import { computeEulerLevels, predictCleanEuler, scaleToUnitVariance } from './euler-levels.ts';
import { at } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Karras et al. 2022, algorithm 2 without the second-order correction and without churn. */
export function createEuler(config: SchedulerConfig, steps: number): Scheduler {
  const { timesteps, sigmas, initNoiseSigma } = computeEulerLevels(config, steps, true);
  return {
    timesteps,
    initNoiseSigma,
    scaleModelInput: (index, sample) => scaleToUnitVariance(sample, at(sigmas, index)),
    step(index, modelOutput, sample, extras) {
      const [sigma, nextSigma] = [at(sigmas, index), at(sigmas, index + 1)];
      const clean = predictCleanEuler(config.prediction_type, modelOutput, sample, sigma);
      extras.guideClean?.(clean);
      // sample + (sample - clean) / sigma * (nextSigma - sigma)
      const kept = nextSigma / sigma;
      return { next: blend(kept, sample, 1 - kept, clean), clean };
    },
  };
}
