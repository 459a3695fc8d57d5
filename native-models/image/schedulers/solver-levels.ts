import { chooseShiftExponent, shiftByExponent, shiftByFactor, stretchToTerminal } from './flow-levels.ts';
import {
  at,
  computeAlphasCumprod,
  computeSigmas,
  interpolate,
  roundHalfToEven,
  spaceLinearly,
  spaceTimesteps,
} from './noise-levels.ts';
import { blend, predictClean, type Prediction } from './predict-clean.ts';
import { refuseSetting, type SchedulerConfig } from './scheduler-config.ts';
import type { SchedulerRun } from './scheduler.ts';
import { chooseSigmaSpacing, createTimestepFinder, respaceSigmas } from './sigma-spacing.ts';

const f32 = Math.fround;

/** Where a diffusion solver stands: `x = alpha * clean + sigma * noise`, and lambda = log(alpha / sigma), infinite without noise. */
export type Rates = {
  readonly alpha: number;
  readonly sigma: number;
  readonly lambda: number;
  /** The noise level that the rates come from. */
  readonly level: number;
};

/** Beyond the last level there is only the clean sample. */
export const NO_NOISE: Rates = { alpha: 1, sigma: 0, lambda: Number.POSITIVE_INFINITY, level: 0 };

export type SolverLevels = {
  /** Whole training steps. */
  readonly timesteps: readonly number[];
  /** One more than timesteps. */
  readonly rates: readonly Rates[];
};

/** The two solvers differ in details of their schedules. */
export type SolverKind = 'dpm' | 'unipc';

export function computeSolverLevels(config: SchedulerConfig, run: SchedulerRun, solver: SolverKind): SolverLevels {
  const alphas = computeAlphasCumprod(config, { keepsLastFinite: true });
  const { sigmas, timesteps } = spaceLevels(config, run, solver, alphas);
  const toRates = config.use_flow_sigmas ? toFlowRates : toVarianceRates;
  return { timesteps: timesteps.map(Math.trunc), rates: sigmas.map((sigma) => toRates(f32(sigma))) };
}

type Levels = { readonly sigmas: number[]; readonly timesteps: number[] };

function spaceLevels(config: SchedulerConfig, run: SchedulerRun, solver: SolverKind, alphas: Float32Array): Levels {
  const all = computeSigmas(alphas);
  const lowest = at(all, 0);
  const endAt = (respaced: number): number => {
    if (config.final_sigmas_type === 'zero') return 0;
    return solver === 'unipc' ? respaced : lowest;
  };
  const spacing = chooseSigmaSpacing(config);
  const ends = { largest: at(all, all.length - 1), smallest: lowest };
  const isRounded = solver === 'unipc' || config.beta_schedule !== 'squaredcos_cap_v2';
  const round = (timesteps: number[]) => (isRounded ? timesteps.map(roundHalfToEven) : timesteps);

  if (spacing === 'karras' && solver === 'unipc' && config.use_flow_sigmas) {
    const sigmas = respaceSigmas(spacing, config, ends, run.steps).map((sigma) => sigma / (sigma + 1));
    const timesteps = sigmas.map((sigma) => sigma * config.num_train_timesteps);
    return { sigmas: [...sigmas, endAt(sigmas.at(-1) ?? 0)], timesteps };
  }
  if (spacing !== null && (spacing === 'karras' || !config.use_lu_lambdas || solver === 'unipc')) {
    const sigmas = respaceSigmas(spacing, config, ends, run.steps);
    const timesteps = sigmas.map(createTimestepFinder(all));
    return {
      sigmas: [...sigmas, endAt(sigmas.at(-1) ?? 0)],
      timesteps: spacing === 'karras' ? round(timesteps) : timesteps,
    };
  }
  if (config.use_lu_lambdas && solver === 'dpm') {
    const logs = all.map(Math.log);
    const sigmas = spaceLinearly(at(logs, logs.length - 1), at(logs, 0), run.steps).map(Math.exp);
    return { sigmas: [...sigmas, endAt(0)], timesteps: round(sigmas.map(createTimestepFinder(all))) };
  }
  if (config.use_flow_sigmas) {
    const sigmas = spaceFlow(config, run, solver);
    const timesteps = sigmas.map((sigma) => sigma * config.num_train_timesteps);
    return { sigmas: [...sigmas, endAt(sigmas.at(-1) ?? 0)], timesteps };
  }
  const timesteps = spaceSolver(config, run.steps, solver === 'dpm' ? findLastTimestep(config, alphas) : null);
  return { sigmas: [...timesteps.map((timestep) => interpolate(all, timestep)), endAt(lowest)], timesteps };
}

function spaceFlow(config: SchedulerConfig, run: SchedulerRun, solver: SolverKind): number[] {
  const { num_train_timesteps: trainSteps, use_dynamic_shifting: isDynamic } = config;
  const plain = spaceLinearly(1, 1 / trainSteps, run.steps + 1);
  if (solver === 'dpm') {
    const factor = isDynamic ? Math.exp(chooseShiftExponent(config, run)) : config.flow_shift;
    return plain
      .map((alpha) => shiftByFactor(1 - alpha, factor))
      .reverse()
      .slice(0, -1);
  }
  const exponent = isDynamic ? chooseShiftExponent(config, run) : 0;
  let sigmas = plain
    .slice(0, -1)
    .map((sigma) =>
      isDynamic ? shiftByExponent(sigma, exponent, config.time_shift_type) : shiftByFactor(sigma, config.flow_shift),
    );
  if (config.shift_terminal) sigmas = stretchToTerminal(sigmas, config.shift_terminal);
  // Without any signal the logarithm of the rates has no value.
  return sigmas.map((sigma, index) => (index === 0 && Math.abs(sigma - 1) < 1e-6 ? sigma - 1e-6 : sigma));
}

/** The number of training steps whose log signal-to-noise ratio is not below `lambda_min_clipped`. */
function findLastTimestep(config: SchedulerConfig, alphas: Float32Array): number {
  const limit = config.lambda_min_clipped ?? Number.NEGATIVE_INFINITY;
  const lambdas = alphas.map(
    (alpha) => f32(Math.log(f32(Math.sqrt(alpha)))) - f32(Math.log(f32(Math.sqrt(f32(1 - alpha))))),
  );
  const last = lambdas.filter((lambda) => lambda >= limit).length;
  if (last === 0) refuseSetting('lambda_min_clipped', limit, [`a number below ${lambdas[0]}`]);
  return last;
}

/** One more point than steps, without the last: the run ends beyond the last one. */
function spaceSolver(config: SchedulerConfig, steps: number, lastTimestep: number | null): number[] {
  const spacing = config.timestep_spacing ?? 'linspace';
  const trainSteps = config.num_train_timesteps;
  const last = lastTimestep ?? trainSteps;
  if (spacing === 'trailing') return spaceTimesteps('trailing', trainSteps, steps, 0, last);
  if (spacing === 'linspace')
    return spaceLinearly(0, last - 1, steps + 1)
      .map(roundHalfToEven)
      .reverse()
      .slice(0, -1);
  return spaceTimesteps('leading', last, steps + 1, config.steps_offset).slice(0, -1);
}

function toVarianceRates(level: number): Rates {
  const alpha = f32(1 / f32(Math.sqrt(f32(f32(level * level) + 1))));
  return withLambda(alpha, f32(level * alpha), level);
}

function toFlowRates(level: number): Rates {
  return withLambda(f32(1 - level), level, level);
}

function withLambda(alpha: number, sigma: number, level: number): Rates {
  return { level, alpha, sigma, lambda: f32(f32(Math.log(alpha)) - f32(Math.log(sigma))) };
}

export function addNoiseAt(rates: Rates, clean: Float32Array, noise: Float32Array): Float32Array {
  return blend(rates.alpha, clean, rates.sigma, noise);
}

/** The prediction type as it holds on a solver's rates: on a flow's levels, the network predicts noise minus clean. */
export type SolverPrediction = Prediction | 'flow_prediction';

/** The clean sample behind a noisy one; a flow's is `sample - sigma * output`. */
export function predictSolverClean(
  kind: SolverPrediction,
  modelOutput: Float32Array,
  sample: Float32Array,
  { alpha, sigma, level }: Rates,
): Float32Array {
  return kind === 'flow_prediction'
    ? blend(1, sample, -level, modelOutput)
    : predictClean(kind, modelOutput, sample, alpha, sigma);
}
