import { readPipelineClass } from './image-model.ts';
import { readSchedulerFile } from './model-config.ts';
import { createScheduler } from './schedulers/create-scheduler.ts';
import { nameScheduler, STAND_IN_SCHEDULER } from './schedulers/scheduler-config.ts';

/** Enough for every algorithm to lay out its schedule. */
const TRIAL_STEPS = 4;

/**
 * Where pictures of a model will not be made as its folder asks: sentences for whoever imports it.
 * @throws model.wrongKind for a pipeline that nothing here runs, model.unsupportedSetting for a schedule that cannot be followed
 */
export async function listDepartures(model: string, folder: string): Promise<string[]> {
  await readPipelineClass(model, folder);
  const config = await readSchedulerFile(model, folder);
  const name = nameScheduler(config);
  createScheduler(name ?? STAND_IN_SCHEDULER, config, { steps: TRIAL_STEPS, latentPixels: 64 * 64 });
  if (name !== null) return [];
  const asked = config._class_name === undefined ? 'no scheduler' : `the scheduler ${config._class_name.slice(0, 100)}`;
  return [
    `Its scheduler_config.json names ${asked}${config._class_name === undefined ? '' : ', which this build does not have'}; pictures are made with Euler unless another one is chosen.`,
  ];
}
