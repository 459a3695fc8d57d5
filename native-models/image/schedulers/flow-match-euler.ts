import { chooseShiftExponent, shiftByExponent, shiftByFactor, stretchToTerminal } from './flow-levels.ts';
import { at, spaceLinearly } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { chooseSigmaSpacing, respaceSigmas } from './sigma-spacing.ts';
import { findStartIndex } from './start-index.ts';

const f32 = Math.fround;

/**
 * Lipman et al. 2022 with the shifted levels of Esser et al. 2024. A noisy sample is `(1 - sigma) * clean + sigma * noise`, and the
 * network predicts noise minus clean; with `invert_sigmas` time runs from 0 up and it predicts clean minus noise.
 */
export function createFlowMatchEuler(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const trainSteps = config.num_train_timesteps;
  const sigmas = computeFlowLevels(config, run);
  const timesteps = sigmas.map((sigma) => f32(sigma * trainSteps));
  const levels = [...sigmas, config.invert_sigmas ? 1 : 0];
  const startIndex = findStartIndex(run);
  return {
    timesteps,
    startIndex,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    addNoise(clean, noise, index = startIndex) {
      const sigma = at(levels, index);
      return blend(1 - sigma, clean, sigma, noise);
    },
    step(index, modelOutput, sample, extras) {
      const [sigma, nextSigma] = [at(levels, index), at(levels, index + 1)];
      const toClean = config.invert_sigmas && !config.stochastic_sampling ? 1 - sigma : -sigma;
      const clean = blend(1, sample, toClean, modelOutput);
      extras.guideClean?.(clean);
      if (config.stochastic_sampling)
        return { next: blend(1 - nextSigma, clean, nextSigma, extras.drawNoise()), clean };
      // The slope is (clean - sample) / toClean.
      const share = (nextSigma - sigma) / toClean;
      return { next: blend(1 - share, sample, share, clean), clean };
    },
  };
}

function computeFlowLevels(config: SchedulerConfig, run: SchedulerRun): number[] {
  const { num_train_timesteps: trainSteps, shift, use_dynamic_shifting: isDynamic } = config;
  // The ends are shifted once here and again below, as the reference does.
  const [largest, smallest] = [f32(1), f32(1 / trainSteps)].map((sigma) =>
    isDynamic ? sigma : f32(f32(f32(shift) * sigma) / f32(1 + f32(f32(shift - 1) * sigma))),
  );
  let sigmas = spaceLinearly((largest ?? 1) * trainSteps, (smallest ?? 0) * trainSteps, run.steps).map(
    (timestep) => timestep / trainSteps,
  );
  const exponent = isDynamic ? chooseShiftExponent(config, run) : 0;
  sigmas = sigmas.map((sigma) =>
    isDynamic ? shiftByExponent(sigma, exponent, config.time_shift_type) : shiftByFactor(sigma, shift),
  );
  if (config.shift_terminal) sigmas = stretchToTerminal(sigmas, config.shift_terminal);
  const spacing = chooseSigmaSpacing(config);
  if (spacing !== null) {
    const ends = { largest: at(sigmas, 0), smallest: at(sigmas, sigmas.length - 1) };
    sigmas = respaceSigmas(spacing, config, ends, run.steps);
  }
  sigmas = sigmas.map(f32);
  return config.invert_sigmas ? sigmas.map((sigma) => f32(1 - sigma)) : sigmas;
}
