import type { Scheduler, SchedulerRun } from './scheduler.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import type { SchedulerName } from '../../../electron/contract/recipe.ts';
import { createDdim } from './ddim.ts';
import { createDpmSolverMultistep } from './dpm-solver-multistep.ts';
import { createEulerAncestral } from './euler-ancestral.ts';
import { createEuler } from './euler.ts';
import { createFlowMatchEuler } from './flow-match-euler.ts';
import { createHeun } from './heun.ts';
import { createLcm } from './lcm.ts';
import { createPndm } from './pndm.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import { createTcd } from './tcd.ts';
import { createUniPc } from './unipc.ts';

/**
 * Throws `model.unsupportedSetting` when the configuration asks for something that this algorithm does not have here, and
 * `input.invalid` for a number of steps or a strength that leaves nothing to do.
 */
export function createScheduler(name: SchedulerName, config: SchedulerConfig, run: SchedulerRun): Scheduler {
  if (run.steps > config.num_train_timesteps)
    refuseInput(
      'steps',
      `This model was trained on ${config.num_train_timesteps} noise levels, so it has no more steps.`,
    );
  const scheduler = createByName(name, config, run);
  if (scheduler.startIndex >= scheduler.timesteps.length)
    refuseInput(
      'strength',
      `A strength of ${run.strength} leaves none of ${run.steps} steps to run; raise one of them.`,
    );
  return scheduler;
}

function createByName(name: SchedulerName, config: SchedulerConfig, run: SchedulerRun): Scheduler {
  switch (name) {
    case 'ddim':
      return createDdim(config, run);
    case 'euler':
      return createEuler(config, run);
    case 'euler-ancestral':
      return createEulerAncestral(config, run);
    case 'dpmpp-2m':
      return createDpmSolverMultistep(config, run);
    case 'dpmpp-2m-karras':
      return createDpmSolverMultistep(withKarras(config), run);
    case 'dpmpp-2m-sde':
      return createDpmSolverMultistep({ ...config, algorithm_type: 'sde-dpmsolver++' }, run);
    case 'dpmpp-2m-sde-karras':
      return createDpmSolverMultistep({ ...withKarras(config), algorithm_type: 'sde-dpmsolver++' }, run);
    case 'unipc':
      return createUniPc(config, run);
    case 'pndm':
      return createPndm(config, run);
    case 'heun':
      return createHeun(config, run);
    case 'lcm':
      return createLcm(config, run);
    case 'tcd':
      return createTcd(config, run);
    case 'flow-match-euler':
      return createFlowMatchEuler(config, run);
  }
}

function withKarras(config: SchedulerConfig): SchedulerConfig {
  return {
    ...config,
    use_karras_sigmas: true,
    use_exponential_sigmas: false,
    use_beta_sigmas: false,
    use_lu_lambdas: false,
  };
}

function refuseInput(path: string, message: string): never {
  throw new StudioError('input.invalid', message, { issues: [{ path, message }] });
}
