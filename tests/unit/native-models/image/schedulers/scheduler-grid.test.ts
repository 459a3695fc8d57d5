import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  nameScheduler,
  schedulerConfigSchema,
} from '../../../../../native-models/image/schedulers/scheduler-config.ts';
import { createScheduler } from '../../../../../native-models/image/schedulers/create-scheduler.ts';
import { type Scheduler } from '../../../../../native-models/image/schedulers/scheduler.ts';
import { drawLcg } from '../../../../support/draw-lcg.ts';

type Case = {
  class: string;
  config: Record<string, unknown>;
  steps: number;
  strength?: number;
  distilledShare?: number;
  eta?: number;
  mu?: number;
  timesteps: number[];
  initNoiseSigma: number;
  final: number[];
  draws: number;
};

/** Made by tests/support/reference/make_scheduler_cases.py, whose head says how. */
const { cases } = JSON.parse(
  readFileSync(new URL('../../../../support/fixtures/scheduler-grid.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

describe('createScheduler under many settings', () => {
  const classes = [...new Set(cases.map((entry) => entry.class))];
  expect(classes.length).toBe(10);
  for (const name of classes) {
    const ofClass = cases.filter((entry) => entry.class === name);
    it(`follows ${name} of the reference in ${ofClass.length} cases`, () => {
      expect(ofClass.length).toBeGreaterThanOrEqual(25);
      const wrong = ofClass.flatMap((entry) => {
        const fault = compare(entry);
        return fault === null ? [] : [`${fault}: ${JSON.stringify({ ...entry, timesteps: [], final: [] })}`];
      });
      expect(wrong).toEqual([]);
    });
  }
});

/** What differs from the reference, or null. */
function compare(entry: Case): string | null {
  const config = schedulerConfigSchema.parse({ ...entry.config, _class_name: entry.class });
  const name = nameScheduler(config);
  if (name === null) return 'no name';
  const scheduler = createScheduler(name, config, {
    steps: entry.steps,
    strength: entry.strength,
    distilledShare: entry.distilledShare,
    eta: entry.eta,
    shiftExponent: entry.mu,
  });
  if (scheduler.timesteps.length !== entry.timesteps.length) return `${scheduler.timesteps.length} timesteps`;
  if (relativeDifference(scheduler.timesteps, entry.timesteps) > 1e-5)
    return `timesteps ${scheduler.timesteps.join(' ')}`;
  if (Math.abs(scheduler.initNoiseSigma / entry.initNoiseSigma - 1) > 1e-6) return 'first noise level';
  const { final, draws } = run(scheduler, entry);
  if (draws !== entry.draws) return `${draws} draws`;
  const difference = relativeDifference(final, entry.final);
  return difference <= 1e-5 ? null : `off by ${difference.toExponential(1)}`;
}

function run(scheduler: Scheduler, entry: Case) {
  const count = entry.final.length;
  const isFlow = entry.class.startsWith('FlowMatch');
  let sample: Float32Array =
    entry.strength === undefined
      ? drawLcg(42, count).map((value) => (isFlow ? value : value * scheduler.initNoiseSigma))
      : scheduler.addNoise(drawLcg(7, count), drawLcg(8, count));
  let draws = 0;
  const drawNoise = () => {
    draws += 1;
    return drawLcg(1000 + draws, count);
  };
  for (let index = scheduler.startIndex; index < scheduler.timesteps.length; index += 1) {
    const input = scheduler.scaleModelInput(index, sample);
    const time = (scheduler.timesteps[index] ?? 0) / 1000;
    const output = input.map((x) => 0.6 * x + 0.2 * Math.sin(3 * x + time));
    sample = scheduler.step(index, output, sample, { drawNoise }).next;
  }
  return { final: [...sample], draws };
}

/** Largest difference over the largest value, never dividing by less than 1. */
function relativeDifference(actual: readonly number[], wanted: readonly number[]): number {
  const largest = Math.max(...wanted.map((value, index) => Math.abs(value - (actual[index] ?? Number.NaN))));
  return largest / Math.max(1, ...wanted.map(Math.abs));
}
