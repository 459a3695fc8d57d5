import { StudioError } from '../../../electron/contract/errors.ts';
import { at } from './noise-levels.ts';
import { refuseSetting, type SchedulerConfig } from './scheduler-config.ts';
import type { SchedulerRun } from './scheduler.ts';

/** Evenly chosen among the levels that a consistency model was distilled on, noisiest first; whole training steps. */
export function spaceDistilled(config: SchedulerConfig, { steps, distilledShare = 1 }: SchedulerRun): number[] {
  const { num_train_timesteps: trainSteps, original_inference_steps: original } = config;
  if (original > trainSteps)
    refuseSetting('original_inference_steps', original, [`at most num_train_timesteps, ${trainSteps}`]);
  const count = Math.floor(original * distilledShare);
  if (steps > count) {
    const message = `This model was distilled for at most ${original} steps, of which this run may use ${count}.`;
    throw new StudioError('input.invalid', message, { issues: [{ path: 'steps', message }] });
  }
  const stride = Math.floor(trainSteps / original);
  const distilled = Array.from({ length: count }, (_, index) => (count - index) * stride - 1);
  return Array.from({ length: steps }, (_, index) => at(distilled, Math.floor(index * (count / steps))));
}
