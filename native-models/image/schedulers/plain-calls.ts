import { at } from './noise-levels.ts';
import { blend } from './predict-clean.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * The parts that all schedulers share whose samples keep a variance of 1, `x = sqrt(alpha) clean + sqrt(1 - alpha) noise`, with `alphas` (the cumulative products)
 * by training step: the network sees the sample as it is, and a run begins with plain noise.
 */
export function createPlainCalls(
  alphas: Float32Array,
  timesteps: readonly number[],
  startIndex: number,
): Omit<Scheduler, 'step'> {
  return {
    timesteps,
    startIndex,
    initNoiseSigma: 1,
    scaleModelInput: (_index, sample) => sample,
    addNoise(clean, noise, index = startIndex) {
      const alpha = at(alphas, at(timesteps, index));
      return blend(Math.sqrt(alpha), clean, Math.sqrt(1 - alpha), noise);
    },
  };
}
