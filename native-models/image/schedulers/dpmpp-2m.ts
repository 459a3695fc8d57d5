import {
  at,
  computeAlphasCumprod,
  computeSigmas,
  findTimestep,
  interpolate,
  roundHalfToEven,
  spaceKarras,
  spaceLinearly,
  spaceTimesteps,
} from './noise-levels.ts';
import { addScaled, blend, predictClean } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Runs shorter than this end with a first-order step, or the last step overshoots. */
const SHORT_RUN_STEPS = 15;

/** Lu et al. 2022, "DPM-Solver++", algorithm 2 (2M, midpoint), and its stochastic form where the configuration asks for it. */
export function createDpmpp2m(config: SchedulerConfig, steps: number): Scheduler {
  const algorithm = config.algorithm_type ?? 'dpmsolver++';
  if (algorithm !== 'dpmsolver++' && algorithm !== 'sde-dpmsolver++')
    throw new Error(`the sampling algorithm ${algorithm} is not supported`);
  if (config.solver_type !== undefined && config.solver_type !== 'midpoint')
    throw new Error(`the solver type ${config.solver_type} is not supported`);
  const { timesteps, sigmas } = computeLevels(config, steps);
  const isStochastic = algorithm === 'sde-dpmsolver++';
  let previousClean: Float32Array | null = null;

  return {
    timesteps,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    step(index, modelOutput, sample, extras) {
      const [from, to] = [toRates(at(sigmas, index)), toRates(at(sigmas, index + 1))];
      const clean = predictClean(config.prediction_type, modelOutput, sample, from.alpha, from.sigma);
      extras.guideClean?.(clean);
      const step = to.lambda - from.lambda;

      const isFirstOrder = config.solver_order === 1 || previousClean === null || endsFirstOrder(config, index, steps);
      let target = clean;
      if (!isFirstOrder && previousClean !== null) {
        const ratio = (from.lambda - toRates(at(sigmas, index - 1)).lambda) / step;
        // clean + (clean - previous) / (2 ratio): the prediction half a step on.
        target = blend(1 + 0.5 / ratio, clean, -0.5 / ratio, previousClean);
      }
      previousClean = clean;

      const shrink = (to.sigma / from.sigma) * (isStochastic ? Math.exp(-step) : 1);
      const pull = to.alpha * (1 - Math.exp(isStochastic ? -2 * step : -step));
      const next = blend(shrink, sample, pull, target);
      if (isStochastic) addScaled(next, to.sigma * Math.sqrt(1 - Math.exp(-2 * step)), extras.drawNoise());
      return { next, clean };
    },
  };
}

function endsFirstOrder(config: SchedulerConfig, index: number, steps: number): boolean {
  if (index !== steps - 1) return false;
  return (
    config.euler_at_final ||
    config.final_sigmas_type === 'zero' ||
    (config.lower_order_final && steps < SHORT_RUN_STEPS)
  );
}

/** Signal and noise rates with alpha^2 + sigma^2 = 1, and half the logarithm of their ratio (infinite without noise). */
function toRates(level: number): { alpha: number; sigma: number; lambda: number } {
  const alpha = 1 / Math.sqrt(level ** 2 + 1);
  return { alpha, sigma: level * alpha, lambda: -Math.log(level) };
}

function computeLevels(config: SchedulerConfig, steps: number): { timesteps: number[]; sigmas: number[] } {
  const trainSteps = config.num_train_timesteps;
  const all = computeSigmas(computeAlphasCumprod(config));
  let timesteps = spaceDpm(config, steps);
  let sigmas = timesteps.map((timestep) => interpolate(all, timestep));
  if (config.use_karras_sigmas) {
    sigmas = spaceKarras(at(all, 0), at(all, trainSteps - 1), steps);
    timesteps = sigmas.map((sigma) => roundHalfToEven(findTimestep(all, sigma)));
  }
  return { timesteps, sigmas: [...sigmas, config.final_sigmas_type === 'zero' ? 0 : at(all, 0)] };
}

/** One more point than steps, without the last: the run ends beyond the last one. */
function spaceDpm(config: SchedulerConfig, steps: number): number[] {
  const spacing = config.timestep_spacing ?? 'linspace';
  const trainSteps = config.num_train_timesteps;
  if (spacing === 'trailing') return spaceTimesteps('trailing', trainSteps, steps, 0);
  if (spacing === 'linspace')
    return spaceLinearly(trainSteps - 1, 0, steps + 1)
      .map(roundHalfToEven)
      .slice(0, -1);
  return spaceTimesteps('leading', trainSteps, steps + 1, config.steps_offset).slice(0, -1);
}
