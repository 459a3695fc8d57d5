import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDdim } from '../../../../../native-models/image/schedulers/ddim.ts';
import { createFlowMatchEuler } from '../../../../../native-models/image/schedulers/flow-match-euler.ts';
import {
  nameScheduler,
  schedulerConfigSchema,
} from '../../../../../native-models/image/schedulers/scheduler-config.ts';
import { createScheduler, type Scheduler } from '../../../../../native-models/image/schedulers/scheduler.ts';

type Case = {
  class: string;
  config: Record<string, unknown>;
  steps: number;
  kw: { eta?: number };
  mu: number | null;
  timesteps: number[];
  init_noise_sigma: number;
  trace_first8: number[][];
  final: number[];
  randn_calls: number;
};

/** Made with the reference implementation; the head of the file says how inputs and noise were made. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../../../support/fixtures/scheduler-cases.json', import.meta.url), 'utf8'),
) as { cases: Record<string, Case> };

const guideClean = (clean: Float32Array) => void clean.fill(0.25);

describe('createScheduler', () => {
  for (const [name, expected] of Object.entries(cases)) {
    it(`follows the reference in case ${name}`, () => {
      const scheduler = create(expected);
      expect(scheduler.timesteps.length).toBe(expected.timesteps.length);
      expect(maxDifference(scheduler.timesteps, expected.timesteps)).toBeLessThan(2e-3);
      expect(Math.abs(scheduler.initNoiseSigma / expected.init_noise_sigma - 1)).toBeLessThan(1e-6);

      const { trace, final, noiseCalls } = runPseudoModel(scheduler, expected);
      // Noise levels up to 14.6 stand at the start of a run: the error is relative there, as in single precision.
      for (const [step, values] of expected.trace_first8.entries())
        expect(relativeDifference(trace[step] ?? [], values)).toBeLessThan(1e-5);
      expect(relativeDifference(final, expected.final)).toBeLessThan(1e-5);
      expect(noiseCalls).toBe(expected.randn_calls);
    });
  }

  it('goes on with the guided clean sample and ends on it', () => {
    const config = schedulerConfigSchema.parse({
      beta_schedule: 'scaled_linear',
      beta_start: 0.00085,
      beta_end: 0.012,
      clip_sample: false,
      prediction_type: 'v_prediction',
      rescale_betas_zero_snr: true,
      timestep_spacing: 'trailing',
    });
    for (const algorithm of ['ddim', 'euler', 'euler-ancestral', 'dpmpp-2m', 'lcm', 'flow-match-euler'] as const) {
      const scheduler = createScheduler(algorithm, config, { steps: 4 });
      let sample = new Float32Array([0.3, -0.7]).map((value) => value * scheduler.initNoiseSigma);
      for (const index of scheduler.timesteps.keys()) {
        sample = new Float32Array(
          scheduler.step(index, new Float32Array([0.1, 0.2]), sample, {
            drawNoise: () => new Float32Array([1, -1]),
            guideClean,
          }).next,
        );
      }
      expect(sample[0], algorithm).toBeCloseTo(0.25, 2);
    }
  });

  it('refuses settings that it does not have', () => {
    const config = schedulerConfigSchema.parse({ use_beta_sigmas: true });
    expect(() => createScheduler('euler', config, { steps: 4 })).toThrow('not supported');
    expect(() =>
      createScheduler('dpmpp-2m', schedulerConfigSchema.parse({ algorithm_type: 'dpmsolver' }), { steps: 4 }),
    ).toThrow('not supported');
    expect(() => createScheduler('lcm', schedulerConfigSchema.parse({}), { steps: 51 })).toThrow('at most 50');
  });

  it('starts at a finite noise level when the terminal signal is zero', () => {
    const config = schedulerConfigSchema.parse({
      rescale_betas_zero_snr: true,
      timestep_spacing: 'trailing',
      prediction_type: 'v_prediction',
    });
    expect(createScheduler('euler', config, { steps: 4 }).initNoiseSigma).toBeCloseTo(4095.9998, 2);
  });
});

function create(expected: Case): Scheduler {
  const config = schedulerConfigSchema.parse({ ...expected.config, _class_name: expected.class });
  if (expected.kw.eta !== undefined) return createDdim(config, expected.steps, expected.kw.eta);
  if (expected.mu !== null) return createFlowMatchEuler(config, expected.steps, undefined, expected.mu);
  const name = nameScheduler(config);
  if (name === null) throw new Error(`no name for ${expected.class}`);
  return createScheduler(name, config, { steps: expected.steps });
}

function runPseudoModel(scheduler: Scheduler, expected: Case) {
  const isFlow = expected.class.startsWith('FlowMatch');
  let sample = drawLcg(42, expected.final.length).map((value) => (isFlow ? value : value * scheduler.initNoiseSigma));
  let noiseCalls = 0;
  const drawNoise = () => {
    noiseCalls += 1;
    return drawLcg(1000 + noiseCalls, sample.length);
  };
  const trace: number[][] = [];
  for (const [index, timestep] of scheduler.timesteps.entries()) {
    const input = scheduler.scaleModelInput(index, sample);
    const output = input.map((x) => 0.6 * x + 0.2 * Math.sin(3 * x + timestep / 1000));
    sample = new Float32Array(scheduler.step(index, output, sample, { drawNoise }).next);
    trace.push([...sample.subarray(0, 8)]);
  }
  return { trace, final: [...sample], noiseCalls };
}

function drawLcg(seed: number, count: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  });
}

function maxDifference(actual: readonly number[], wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN))));
}

/** Largest difference over the largest value, never dividing by less than 1. */
function relativeDifference(actual: readonly number[], wanted: readonly number[]): number {
  return maxDifference(actual, wanted) / Math.max(1, ...wanted.map(Math.abs));
}
