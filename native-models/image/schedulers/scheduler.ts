import type { SchedulerName } from '../../../electron/contract/recipe.ts';
import { createDdim } from './ddim.ts';
import { createDpmpp2m } from './dpmpp-2m.ts';
import { createEulerAncestral } from './euler-ancestral.ts';
import { createEuler } from './euler.ts';
import { createFlowMatchEuler } from './flow-match-euler.ts';
import { createLcm } from './lcm.ts';
import type { SchedulerConfig } from './scheduler-config.ts';

export type StepExtras = {
  /** Standard normal numbers, as many as the sample has. */
  readonly drawNoise: () => Float32Array;
  /** May change the predicted clean sample in place before the step goes on with it. */
  readonly guideClean?: ((clean: Float32Array) => void) | undefined;
};

export type StepResult = {
  readonly next: Float32Array;
  /** The clean sample as predicted at this step, guided. */
  readonly clean: Float32Array;
};

/** One run of a sampling algorithm. Made for a number of steps and used once, step 0 first: some remember earlier steps. */
export type Scheduler = {
  /** What the network is told at each step. */
  readonly timesteps: readonly number[];
  /** The first sample is normal noise times this. */
  readonly initNoiseSigma: number;
  /** The network's input at a step; may be `sample` itself. */
  scaleModelInput(index: number, sample: Float32Array): Float32Array;
  step(index: number, modelOutput: Float32Array, sample: Float32Array, extras: StepExtras): StepResult;
};

export type SchedulerRun = {
  readonly steps: number;
  /** Latent pixels of the picture; some flow models shift their noise by it. */
  readonly latentPixels?: number;
};

/** @throws when the configuration asks for a setting that this algorithm does not have here. */
export function createScheduler(name: SchedulerName, config: SchedulerConfig, run: SchedulerRun): Scheduler {
  if (config.use_exponential_sigmas || config.use_beta_sigmas)
    throw new Error('exponential and beta noise levels are not supported');
  switch (name) {
    case 'ddim':
      return createDdim(config, run.steps);
    case 'euler':
      return createEuler(config, run.steps);
    case 'euler-ancestral':
      return createEulerAncestral(config, run.steps);
    case 'dpmpp-2m':
      return createDpmpp2m(config, run.steps);
    case 'lcm':
      return createLcm(config, run.steps);
    case 'flow-match-euler':
      return createFlowMatchEuler(config, run.steps, run.latentPixels);
  }
}
