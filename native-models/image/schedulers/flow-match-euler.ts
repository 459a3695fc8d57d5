import { at, spaceLinearly } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import type { SchedulerConfig } from './scheduler-config.ts';
import type { Scheduler } from './scheduler.ts';

/** Lipman et al. 2022 with the shifted levels of Esser et al. 2024, equation 23. The network predicts noise minus clean. */
export function createFlowMatchEuler(
  config: SchedulerConfig,
  steps: number,
  latentPixels?: number,
  shiftExponent?: number,
): Scheduler {
  const trainSteps = config.num_train_timesteps;
  const mu = shiftExponent ?? chooseShift(config, latentPixels ?? config.base_image_seq_len);
  const shift = (sigma: number) => (config.shift * sigma) / (1 + (config.shift - 1) * sigma);
  const shiftByMu = (sigma: number) => Math.exp(mu) / (Math.exp(mu) + (1 / sigma - 1));
  // The ends are shifted once here and again below, as the reference does.
  const smallest = config.use_dynamic_shifting ? 1 / trainSteps : shift(1 / trainSteps);
  const sigmas = spaceLinearly(1, smallest, steps).map(config.use_dynamic_shifting ? shiftByMu : shift);
  const timesteps = sigmas.map((sigma) => sigma * trainSteps);
  const levels = [...sigmas, 0];
  return {
    timesteps,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    step(index, modelOutput, sample, extras) {
      const [sigma, nextSigma] = [at(levels, index), at(levels, index + 1)];
      const clean = blend(1, sample, -sigma, modelOutput);
      extras.guideClean?.(clean);
      const kept = nextSigma / sigma;
      return { next: blend(kept, sample, 1 - kept, clean), clean };
    },
  };
}

/** More pixels hide noise better, so larger pictures get more of it. Linear between two calibrated sizes; four latent pixels count as one. */
function chooseShift(config: SchedulerConfig, latentPixels: number): number {
  const slope = (config.max_shift - config.base_shift) / (config.max_image_seq_len - config.base_image_seq_len);
  return config.base_shift + slope * (latentPixels / 4 - config.base_image_seq_len);
}
