import { createCleanLimits } from './clean-limits.ts';
import { predictNoise, subtractShare, sumTerms, type Term } from './predict-clean.ts';
import { refuseSetting, requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { addNoiseAt, computeSolverLevels, NO_NOISE, predictSolverClean, type Rates } from './solver-levels.ts';
import { findStartIndex } from './start-index.ts';

/** Runs shorter than this end with lower orders, or the last steps overshoot. */
const SHORT_RUN_STEPS = 15;

type Algorithm = 'dpmsolver++' | 'sde-dpmsolver++' | 'dpmsolver' | 'sde-dpmsolver';

/**
 * Lu et al. 2022, "DPM-Solver++", multistep: order 2 (2M) unless the configuration asks for 1 or 3, on clean samples or, for the
 * older "dpmsolver", on noise; with fresh noise at each step in the "sde" forms.
 */
export function createDpmSolverMultistep(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const algorithm = chooseAlgorithm(config);
  const usesNoise = algorithm === 'dpmsolver' || algorithm === 'sde-dpmsolver';
  const isStochastic = algorithm.startsWith('sde');
  const order = Math.min(config.solver_order, 3);
  const solver = config.solver_type === 'heun' ? 'heun' : 'midpoint';
  const kind = usesNoise ? requireNoiseOrClean(config) : config.prediction_type;
  const { timesteps, rates } = computeSolverLevels(config, run, 'dpm');
  const steps = timesteps.length;
  const limit = createCleanLimits({ ...config, clip_sample: false }, false);
  const startIndex = findStartIndex(run);
  const levelAt = (index: number): Rates => rates[index] ?? NO_NOISE;
  let history: Float32Array[] = [];

  function convert(
    index: number,
    modelOutput: Float32Array,
    sample: Float32Array,
    guide?: (clean: Float32Array) => void,
  ) {
    const level = levelAt(index);
    const clean = predictSolverClean(kind, modelOutput, sample, level);
    limit?.(clean);
    guide?.(clean);
    if (!usesNoise) return { clean, converted: clean };
    const isChanged = limit !== null || guide !== undefined || kind === 'flow_prediction';
    const converted = isChanged
      ? subtractShare(sample, level.alpha, clean, level.sigma)
      : predictNoise(kind, modelOutput, sample, level.alpha, level.sigma);
    return { clean, converted };
  }

  return {
    timesteps,
    startIndex,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    addNoise: (clean, noise, index = startIndex) => addNoiseAt(levelAt(index), clean, noise),
    step(index, modelOutput, sample, extras) {
      const { clean, converted } = convert(index, modelOutput, sample, extras.guideClean);
      const known = history.length;
      history = [converted, ...history].slice(0, order);
      const used = chooseOrder(config, index, steps, Math.min(order, known + 1));
      const levels = Array.from({ length: used + 1 }, (_, age) => levelAt(index + 1 - age));
      const noise = isStochastic ? extras.drawNoise() : null;
      const { keep, weights, fresh } = weighStep(algorithm, solver, levels);
      const terms: Term[] = [
        [keep, sample],
        ...weights.map((weight, age): Term => [weight, history[age] ?? converted]),
      ];
      if (noise !== null) terms.push([fresh, noise]);
      return { next: sumTerms(sample.length, terms), clean };
    },
  };
}

function chooseAlgorithm(config: SchedulerConfig): Algorithm {
  // The reference also runs configurations of the DEIS scheduler with its own algorithm.
  const algorithm = config.algorithm_type === 'deis' ? 'dpmsolver++' : (config.algorithm_type ?? 'dpmsolver++');
  if (!algorithm.endsWith('++') && config.final_sigmas_type === 'zero')
    refuseSetting('final_sigmas_type', `zero with algorithm_type ${algorithm}`, [
      'sigma_min',
      'zero with dpmsolver++ or sde-dpmsolver++',
    ]);
  if (algorithm === 'sde-dpmsolver' && config.solver_order > 2)
    refuseSetting('solver_order', `${config.solver_order} with algorithm_type ${algorithm}`, ['1', '2']);
  return algorithm;
}

function chooseOrder(config: SchedulerConfig, index: number, steps: number, possible: number): number {
  const isShort = config.lower_order_final && steps < SHORT_RUN_STEPS;
  if (index === steps - 1 && (config.euler_at_final || config.final_sigmas_type === 'zero' || isShort)) return 1;
  return index === steps - 2 && isShort ? Math.min(possible, 2) : possible;
}

type StepWeights = { readonly keep: number; readonly weights: readonly number[]; readonly fresh: number };

/**
 * One step as a weighted sum: `keep` of the sample, `weights` of the last converted outputs (newest first), `fresh` of new noise.
 * `levels` are where the step ends, where it starts, and where the earlier outputs were made. The appendices of Lu et al. 2022
 * derive the factors; in all forms they are integrals of an exponential times 1, t and t^2.
 */
function weighStep(algorithm: Algorithm, solver: 'midpoint' | 'heun', levels: readonly Rates[]): StepWeights {
  const [to, from, earlier, earliest] = levels;
  if (to === undefined || from === undefined) throw new RangeError('a step needs two noise levels');
  const h = to.lambda - from.lambda;
  const { keep, zeroth, first, second, fresh } = weighDerivatives(
    algorithm,
    solver,
    to,
    from,
    h,
    earliest !== undefined,
  );
  if (h === 0 || earlier === undefined) return { keep, weights: [zeroth], fresh };
  const r0 = (from.lambda - earlier.lambda) / h;
  if (earliest === undefined) return { keep, weights: [zeroth + first / r0, -first / r0], fresh };
  const r1 = (earlier.lambda - earliest.lambda) / h;
  // Newton's divided differences: D1 = d0 + r0 / (r0 + r1) * (d0 - d1), D2 = (d0 - d1) / (r0 + r1).
  const slope = (first * r0 + second) / (r0 + r1);
  const [d0, d1] = [first + slope, -slope];
  return { keep, weights: [zeroth + d0 / r0, -d0 / r0 + d1 / r1, -d1 / r1], fresh };
}

/** Weights of the output's value and of its first and second derivative over a step of length h in lambda. */
function weighDerivatives(
  algorithm: Algorithm,
  solver: 'midpoint' | 'heun',
  to: Rates,
  from: Rates,
  h: number,
  isThirdOrder: boolean,
) {
  const isMidpoint = solver === 'midpoint' && !isThirdOrder;
  const isStochastic = algorithm.startsWith('sde');
  if (algorithm === 'dpmsolver++' || algorithm === 'sde-dpmsolver++') {
    const length = isStochastic ? 2 * h : h;
    const zeroth = to.alpha * -Math.expm1(-length);
    return {
      keep: (to.sigma / from.sigma) * (isStochastic ? Math.exp(-h) : 1),
      zeroth,
      first: isMidpoint ? 0.5 * zeroth : to.alpha * (Math.expm1(-length) / length + 1),
      // Both forms as the reference has them; its stochastic one differs in the sign of the linear part.
      second: isStochastic
        ? to.alpha * ((-Math.expm1(-length) - length) / length ** 2 - 0.5)
        : -to.alpha * ((Math.expm1(-length) + length) / length ** 2 - 0.5),
      fresh: isStochastic ? to.sigma * Math.sqrt(-Math.expm1(-2 * h)) : 0,
    };
  }
  const twice = isStochastic ? 2 : 1;
  const zeroth = -twice * to.sigma * Math.expm1(h);
  return {
    keep: to.alpha / from.alpha,
    zeroth,
    first: isMidpoint ? 0.5 * zeroth : -twice * to.sigma * (Math.expm1(h) / h - 1),
    second: -to.sigma * ((Math.expm1(h) - h) / h ** 2 - 0.5),
    fresh: isStochastic ? to.sigma * Math.sqrt(Math.expm1(2 * h)) : 0,
  };
}
