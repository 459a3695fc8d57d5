import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../electron/contract/errors.ts';
import { schedulerNameSchema, type SchedulerName } from '../../../../../electron/contract/recipe.ts';
import {
  nameScheduler,
  readSchedulerConfig,
  schedulerConfigSchema,
} from '../../../../../native-models/image/schedulers/scheduler-config.ts';
import { createScheduler } from '../../../../../native-models/image/schedulers/create-scheduler.ts';
import { type Scheduler } from '../../../../../native-models/image/schedulers/scheduler.ts';
import { drawLcg } from '../../../../support/draw-lcg.ts';

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

/** All but PNDM and TCD, whose last step may end above noise level zero. */
const GUIDED = schedulerNameSchema.exclude(['pndm', 'tcd']).options;

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
    for (const algorithm of GUIDED) {
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

  it('refuses settings that it does not have, naming file, field and what is supported', () => {
    expect(refusal({ beta_schedule: 'sigmoid' }, 'ddim')).toMatchObject({
      ...unsupported('beta_schedule', 'sigmoid'),
      message:
        'scheduler/scheduler_config.json asks for beta_schedule sigmoid; this build supports linear, scaled_linear, squaredcos_cap_v2, exp.',
    });
    expect(refusal({ timestep_spacing: 'even' }, 'euler')).toMatchObject(unsupported('timestep_spacing', 'even'));
    expect(refusal({ beta_schedule: 'exp' }, 'ddim')).toMatchObject(unsupported('beta_schedule', 'exp'));
    expect(refusal({ beta_schedule: 'exp' }, 'heun')).toBeNull();
    expect(refusal({ prediction_type: 'sample' }, 'pndm')).toMatchObject(unsupported('prediction_type', 'sample'));
    expect(refusal({ prediction_type: 'flow_prediction' }, 'lcm')).toMatchObject({ code: 'model.unsupportedSetting' });
    expect(refusal({ algorithm_type: 'dpmsolver' }, 'dpmpp-2m')).toMatchObject({
      data: { field: 'final_sigmas_type', found: 'zero with algorithm_type dpmsolver' },
    });
    expect(refusal({ use_beta_sigmas: true, use_karras_sigmas: true }, 'euler')).toMatchObject({
      data: { field: 'use_beta_sigmas' },
    });
    expect(refusal({}, 'pndm', 3)).toMatchObject({ data: { field: 'skip_prk_steps' } });
    expect(refusal({}, 'lcm', 51)).toMatchObject({ code: 'input.invalid' });
    expect(refusal({ num_train_timesteps: 10 }, 'ddim', 11)).toMatchObject({ code: 'input.invalid' });
  });

  it('reads the infinities that Python writes', () => {
    const text = '{"_class_name": "DPMSolverMultistepScheduler", "note": "-Infinity", "lambda_min_clipped": -Infinity}';
    expect(readSchedulerConfig(text)).toMatchObject({ lambda_min_clipped: Number.NEGATIVE_INFINITY });
    expect(() => readSchedulerConfig('{"steps_offset": ')).toThrow(SyntaxError);
  });

  it('starts from a picture in the middle of the schedule', () => {
    const config = readSchedulerConfig('{"skip_prk_steps": true}');
    const start = (name: SchedulerName, steps: number, strength: number) =>
      createScheduler(name, config, { steps, strength }).startIndex;
    expect(start('euler', 10, 0.6)).toBe(4);
    expect(start('heun', 10, 0.6)).toBe(8);
    expect(start('pndm', 10, 1)).toBe(0);
    expect(() => start('ddim', 3, 0.3)).toThrow('leaves none of 3 steps');
    const scheduler = createScheduler('euler', config, { steps: 10, strength: 0.6 });
    const clean = new Float32Array([1, 2]);
    const weak = scheduler.addNoise(clean, new Float32Array([1, -1]), 9);
    const strong = scheduler.addNoise(clean, new Float32Array([1, -1]));
    expect(Math.abs((strong[0] ?? 0) - 1)).toBeGreaterThan(Math.abs((weak[0] ?? 0) - 1));
  });

  it('takes Karras levels and fresh noise by name, whatever the configuration says', () => {
    const config = readSchedulerConfig('{"_class_name": "PNDMScheduler"}');
    const plain = createScheduler('dpmpp-2m', config, { steps: 8 });
    const karras = createScheduler('dpmpp-2m-karras', config, { steps: 8 });
    expect(karras.timesteps).not.toEqual(plain.timesteps);
    const one = new Float32Array([0.5]);
    let draws = 0;
    const drawNoise = () => {
      draws += 1;
      return one;
    };
    plain.step(0, one, one, { drawNoise });
    expect(draws).toBe(0);
    createScheduler('dpmpp-2m-sde-karras', config, { steps: 8 }).step(0, one, one, { drawNoise });
    expect(draws).toBe(1);
    expect(named({ use_karras_sigmas: true })).toBe('dpmpp-2m-karras');
    expect(named({ algorithm_type: 'sde-dpmsolver++' })).toBe('dpmpp-2m-sde');
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

function refusal(changes: Record<string, unknown>, name: SchedulerName, steps = 4) {
  try {
    createScheduler(name, readSchedulerConfig(JSON.stringify(changes)), { steps });
  } catch (error) {
    return error instanceof StudioError ? error.toRecord() : error;
  }
  return null;
}

function unsupported(field: string, found: string) {
  return { code: 'model.unsupportedSetting', data: { file: 'scheduler/scheduler_config.json', field, found } };
}

function named(changes: object) {
  return nameScheduler(schedulerConfigSchema.parse({ _class_name: 'DPMSolverMultistepScheduler', ...changes }));
}

function create(expected: Case): Scheduler {
  const config = schedulerConfigSchema.parse({ ...expected.config, _class_name: expected.class });
  const name = nameScheduler(config);
  if (name === null) throw new Error(`no name for ${expected.class}`);
  return createScheduler(name, config, {
    steps: expected.steps,
    eta: expected.kw.eta,
    shiftExponent: expected.mu ?? undefined,
  });
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

function maxDifference(actual: readonly number[], wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN))));
}

/** Largest difference over the largest value, never dividing by less than 1. */
function relativeDifference(actual: readonly number[], wanted: readonly number[]): number {
  return maxDifference(actual, wanted) / Math.max(1, ...wanted.map(Math.abs));
}
