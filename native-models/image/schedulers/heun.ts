import { createCleanLimits } from './clean-limits.ts';
import { computeEulerLevels, moveToLevel, predictCleanEuler, scaleToUnitVariance } from './euler-levels.ts';
import { at } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import { requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

const f32 = Math.fround;

/**
 * Karras et al. 2022, algorithm 2 without churn: an Euler step, a second look at where it ended, and the step again along the mean
 * of both slopes. Two calls of the network a step, one for the last.
 */
export function createHeun(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const kind = requireNoiseOrClean(config);
  const levels = computeEulerLevels(config, run.steps, {
    noise: {
      defaults: { betaStart: 0.00085, betaEnd: 0.012, betaSchedule: 'linear' },
      canRescale: false,
      knowsExponential: true,
    },
    canRespace: true,
    isEuler: false,
  });
  const limit = createCleanLimits({ ...config, thresholding: false }, false);
  const startIndex = findStartIndex(run, 2);
  const timesteps = Array.from({ length: levels.timesteps.length * 2 - 1 }, (_, index) =>
    at(levels.timesteps, stepOf(index)),
  );
  let first: { readonly sample: Float32Array; readonly clean: Float32Array } | null = null;

  return {
    timesteps,
    startIndex,
    initNoiseSigma: levels.initNoiseSigma,
    scaleModelInput: (index, sample) => scaleToUnitVariance(sample, at(levels.sigmas, stepOf(index))),
    addNoise: (clean, noise, index = startIndex) => blend(1, clean, at(levels.sigmas, stepOf(index)), noise),
    step(index, modelOutput, sample, extras) {
      const here = at(levels.sigmas, stepOf(index));
      const clean = predictCleanEuler(kind, modelOutput, sample, here);
      limit?.(clean);
      extras.guideClean?.(clean);
      if (first === null) {
        first = { sample, clean };
        return { next: moveToLevel(sample, clean, here, at(levels.sigmas, stepOf(index) + 1)), clean };
      }
      const start = first;
      const before = at(levels.sigmas, stepOf(index) - 1);
      const change = f32(here - before);
      const next = start.sample.map((value, place) => {
        const slope = f32(f32(value - (start.clean[place] ?? 0)) / before);
        const slopeThere = f32(f32((sample[place] ?? 0) - (clean[place] ?? 0)) / here);
        return value + f32(f32(f32(slope + slopeThere) / 2) * change);
      });
      first = null;
      return { next, clean };
    },
  };
}

/** Calls 1 and 2 stand at level 1, the first at its end and the second at its start, and so on. */
function stepOf(index: number): number {
  return Math.ceil(index / 2);
}
