import { createCleanLimits } from './clean-limits.ts';
import { subtractShare, sumTerms, type Term } from './predict-clean.ts';
import { refuseSetting, requireNoiseOrClean, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { addNoiseAt, computeSolverLevels, NO_NOISE, predictSolverClean, type Rates } from './solver-levels.ts';
import { findStartIndex } from './start-index.ts';

/**
 * Zhao et al. 2023, "UniPC": a multistep predictor, and a corrector that redoes the last step with what the network said at its end.
 * Algorithms 5 to 8; on clean samples, or on noise with `predict_x0` false.
 */
export function createUniPc(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const usesClean = config.predict_x0;
  const kind = usesClean ? config.prediction_type : requireNoiseOrClean(config);
  const basis = config.solver_type === 'bh1' ? 'bh1' : 'bh2';
  if (config.shift_terminal && !config.use_flow_sigmas)
    refuseSetting('shift_terminal', config.shift_terminal, ['null without use_flow_sigmas']);
  const { timesteps, rates } = computeSolverLevels(config, run, 'unipc');
  const limit = createCleanLimits(
    { ...config, clip_sample: false, thresholding: config.thresholding && usesClean },
    false,
  );
  const startIndex = findStartIndex(run);
  const levelAt = (index: number): Rates => rates[index] ?? NO_NOISE;
  let history: Float32Array[] = [];
  let last: { readonly sample: Float32Array; readonly order: number } | null = null;

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
    const isPlain = kind === 'epsilon' && guide === undefined;
    if (usesClean) return { clean, converted: clean };
    return {
      clean,
      converted: isPlain ? modelOutput : subtractShare(sample, level.alpha, clean, level.sigma),
    };
  }

  /** A step from level `from` to the next, along the last outputs and, for the corrector, the one at its end. */
  function advance(sample: Float32Array, from: number, order: number, atEnd: Float32Array | null): Float32Array {
    const levels = Array.from({ length: order + 1 }, (_, age) => levelAt(from + 1 - age));
    const { keep, weights, end } = weighStep(levels, usesClean, basis, atEnd !== null);
    const newest = history[0] ?? sample;
    const terms: Term[] = [[keep, sample], ...weights.map((weight, age): Term => [weight, history[age] ?? newest])];
    if (atEnd !== null) terms.push([end, atEnd]);
    return sumTerms(sample.length, terms);
  }

  return {
    timesteps,
    startIndex,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    addNoise: (clean, noise, index = startIndex) => addNoiseAt(levelAt(index), clean, noise),
    step(index, modelOutput, sample, extras) {
      const { clean, converted } = convert(index, modelOutput, sample, extras.guideClean);
      let corrected = sample;
      if (last !== null && index > 0 && !config.disable_corrector.includes(index - 1))
        corrected = advance(last.sample, index - 1, last.order, converted);
      const known = history.length;
      history = [converted, ...history].slice(0, config.solver_order);
      const left = timesteps.length - index;
      // A step to no noise at all has only a first order: the earlier outputs lie infinitely far away.
      const allowed = config.lower_order_final ? left : levelAt(index + 1).sigma === 0 ? 1 : config.solver_order;
      const order = Math.min(config.solver_order, allowed, known + 1);
      last = { sample: corrected, order };
      return { next: advance(corrected, index, order, null), clean };
    },
  };
}

type StepWeights = { readonly keep: number; readonly weights: readonly number[]; readonly end: number };

/**
 * One step as a weighted sum: `keep` of the sample, `weights` of the last outputs (newest first), `end` of the output at the end.
 * `levels` are the end, the start, and where earlier outputs were made.
 */
function weighStep(
  levels: readonly Rates[],
  usesClean: boolean,
  basis: 'bh1' | 'bh2',
  isCorrector: boolean,
): StepWeights {
  const [to, from, ...earlier] = levels;
  if (to === undefined || from === undefined) throw new RangeError('a step needs two noise levels');
  const h = to.lambda - from.lambda;
  const hh = usesClean ? -h : h;
  const keep = usesClean ? to.sigma / from.sigma : to.alpha / from.alpha;
  if (h === 0) return { keep, weights: [0], end: 0 };
  const scale = usesClean ? to.alpha : to.sigma;
  const growth = Math.expm1(hh);
  const factor = basis === 'bh1' ? hh : growth;
  const ratios = earlier.map((rates) => (rates.lambda - from.lambda) / h);
  const shares = solveShares(ratios, hh, growth, factor, isCorrector);
  const weights = [-scale * growth, ...ratios.map(() => 0)];
  for (const [index, ratio] of ratios.entries()) {
    const weight = (-scale * factor * (shares[index] ?? 0)) / ratio;
    weights[index + 1] = weight;
    weights[0] = (weights[0] ?? 0) - weight;
  }
  if (!isCorrector) return { keep, weights, end: 0 };
  const end = -scale * factor * (shares.at(-1) ?? 0);
  weights[0] = (weights[0] ?? 0) - end;
  return { keep, weights, end };
}

/** The shares of the differences, from a Vandermonde system (equation 9 of the paper); low orders take the paper's fixed halves. */
function solveShares(
  ratios: readonly number[],
  hh: number,
  growth: number,
  factor: number,
  isCorrector: boolean,
): number[] {
  const order = ratios.length + 1;
  if (order === 1) return isCorrector ? [0.5] : [];
  if (order === 2 && !isCorrector) return [0.5];
  const points = isCorrector ? [...ratios, 1] : ratios;
  const wanted: number[] = [];
  let phi = growth / hh - 1;
  let factorial = 1;
  for (let row = 1; row <= points.length; row += 1) {
    wanted.push((phi * factorial) / factor);
    factorial *= row + 1;
    phi = phi / hh - 1 / factorial;
  }
  return solveLinear(
    points.map((_, row) => points.map((point) => point ** row)),
    wanted,
  );
}

/** Gaussian elimination with pivoting; the systems here are at most as large as the order of the solver. */
function solveLinear(matrix: number[][], values: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, values[index] ?? 0]);
  const size = rows.length;
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1)
      if (Math.abs(cell(row, column)) > Math.abs(cell(pivot, column))) pivot = row;
    const [here, best] = [rows[column], rows[pivot]];
    if (here === undefined || best === undefined) break;
    [rows[column], rows[pivot]] = [best, here];
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = cell(row, column) / cell(column, column);
      rows[row] = (rows[row] ?? []).map((value, index) => value - factor * cell(column, index));
    }
  }
  return rows.map((_, row) => cell(row, size) / cell(row, row));
}
