import { at, computeAlphasCumprod, roundHalfToEven, spaceLinearly, spaceTimesteps } from './noise-levels.ts';
import { createPlainCalls } from './plain-calls.ts';
import { blend, invertClean, predictClean, predictNoise, sumTerms, type Term } from './predict-clean.ts';
import { refuseSetting, type SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { findStartIndex } from './start-index.ts';

/** Calls of the network in one Runge-Kutta step, and steps taken that way before the linear multistep method has its history. */
const RUNGE_KUTTA_CALLS = 4;
const RUNGE_KUTTA_SHARES = [1 / 6, 1 / 3, 1 / 3, 1 / 6];
/** Adams-Bashforth weights by how many outputs are known, newest first. */
const MULTISTEP_WEIGHTS = [[1], [3 / 2, -1 / 2], [23 / 12, -16 / 12, 5 / 12], [55 / 24, -59 / 24, 37 / 24, -9 / 24]];

const f32 = Math.fround;

/**
 * Liu et al. 2022, "Pseudo Numerical Methods for Diffusion Models": linear multistep over the last four outputs, started by pseudo
 * Runge-Kutta steps (four calls each), or, with `skip_prk_steps`, by repeating the second call.
 */
export function createPndm(config: SchedulerConfig, run: SchedulerRun): Scheduler {
  const kind = config.prediction_type;
  if (kind !== 'epsilon' && kind !== 'v_prediction')
    return refuseSetting('prediction_type', kind, ['epsilon', 'v_prediction']);
  const alphas = computeAlphasCumprod(config, { canRescale: false });
  const finalAlpha = config.set_alpha_to_one ? 1 : at(alphas, 0);
  const stride = Math.floor(config.num_train_timesteps / run.steps);
  const { rungeKutta, timesteps } = spacePndm(config, run.steps, stride);
  const startIndex = findStartIndex(run);
  const alphaAt = (timestep: number) => (timestep >= 0 ? at(alphas, timestep) : finalAlpha);
  let outputs: Float32Array[] = [];
  let start: Float32Array | null = null;
  let slopes: Term[] = [];

  /** Equation 11 of the paper: from one time to another along a slope. */
  function move(sample: Float32Array, from: number, to: number, output: Float32Array): Float32Array {
    const [alpha, next] = [alphaAt(from), alphaAt(to)];
    const noise = predictNoise(
      kind === 'epsilon' ? kind : 'v_prediction',
      output,
      sample,
      Math.sqrt(alpha),
      Math.sqrt(1 - alpha),
    );
    const scale = f32(alpha * Math.sqrt(1 - next) + Math.sqrt(alpha * (1 - alpha) * next));
    const [kept, change] = [f32(Math.sqrt(f32(next / alpha))), f32(next - alpha)];
    return sample.map((value, index) => f32(kept * value) - f32(f32(change * (noise[index] ?? 0)) / scale));
  }

  function stepRungeKutta(call: number, timestep: number, output: Float32Array, sample: Float32Array): Float32Array {
    const stage = call % RUNGE_KUTTA_CALLS;
    if (stage === 0) {
      outputs.push(output);
      [start, slopes] = [sample, []];
    }
    slopes.push([RUNGE_KUTTA_SHARES[stage] ?? 0, output]);
    const slope = stage === RUNGE_KUTTA_CALLS - 1 ? sumTerms(output.length, slopes) : output;
    const to = timestep - (stage % 2 === 0 ? Math.floor(stride / 2) : 0);
    return move(start ?? sample, at(rungeKutta, call - stage), to, slope);
  }

  function stepMultistep(call: number, timestep: number, output: Float32Array, sample: Float32Array): Float32Array {
    if (call === 1) {
      // The first step again, along the mean of the slopes at both of its ends.
      const mean = blend(0.5, output, 0.5, outputs.at(-1) ?? output);
      const again = move(start ?? sample, timestep + stride, timestep, mean);
      start = null;
      return again;
    }
    outputs = [...outputs.slice(-3), output];
    if (call === 0) start = sample;
    const weights = MULTISTEP_WEIGHTS[outputs.length - 1] ?? [1];
    const slope = sumTerms(
      output.length,
      weights.map((weight, age): Term => [weight, outputs.at(-1 - age) ?? output]),
    );
    return move(sample, timestep, timestep - stride, slope);
  }

  return {
    ...createPlainCalls(alphas, timesteps, startIndex),
    step(index, modelOutput, sample, extras) {
      const timestep = at(timesteps, index);
      const [signal, spread] = [Math.sqrt(alphaAt(timestep)), Math.sqrt(1 - alphaAt(timestep))];
      const clean = predictClean(kind, modelOutput, sample, signal, spread);
      let output = modelOutput;
      if (extras.guideClean !== undefined) {
        extras.guideClean(clean);
        output = invertClean(kind, clean, sample, signal, spread);
      }
      const call = index - startIndex;
      const isRungeKutta = call < rungeKutta.length;
      const next = (isRungeKutta ? stepRungeKutta : stepMultistep)(call, timestep, output, sample);
      return { next, clean };
    },
  };
}

function spacePndm(
  config: SchedulerConfig,
  steps: number,
  stride: number,
): { rungeKutta: number[]; timesteps: number[] } {
  const spacing = config.timestep_spacing ?? 'leading';
  const trainSteps = config.num_train_timesteps;
  const descending =
    spacing === 'linspace'
      ? spaceLinearly(0, trainSteps - 1, steps)
          .map(roundHalfToEven)
          .reverse()
      : spaceTimesteps(spacing, trainSteps, steps, config.steps_offset);
  if (config.skip_prk_steps) {
    const [first, second, ...rest] = descending;
    const repeated = second === undefined ? [] : [second, second];
    return { rungeKutta: [], timesteps: [...(first === undefined ? [] : [first]), ...repeated, ...rest] };
  }
  if (steps < 4) refuseSetting('skip_prk_steps', `false with ${steps} steps`, ['true', 'false from 4 steps on']);
  const half = Math.floor(stride / 2);
  // Time points of three Runge-Kutta steps: a step's end is the next one's start, and both halves ask twice.
  const points = descending
    .slice(0, RUNGE_KUTTA_CALLS)
    .flatMap((timestep) => [timestep + half, timestep])
    .slice(1);
  const doubled = points.flatMap((timestep) => [timestep, timestep]).slice(1, -1);
  return { rungeKutta: doubled, timesteps: [...doubled, ...descending.slice(3)] };
}
