import type { SchedulerConfig } from './scheduler-config.ts';
import type { SchedulerRun } from './scheduler.ts';

const BASE_SHIFT = 0.5;
const MAX_SHIFT = 1.15;

/** Esser et al. 2024, equation 23: more noise at each level, by a factor. */
export function shiftByFactor(sigma: number, factor: number): number {
  return (factor * sigma) / (1 + (factor - 1) * sigma);
}

/** The same by an exponent, or by it as the factor itself where the configuration says "linear". */
export function shiftByExponent(sigma: number, exponent: number, kind: SchedulerConfig['time_shift_type']): number {
  const factor = kind === 'exponential' ? Math.exp(exponent) : exponent;
  return factor / (factor + (1 / sigma - 1));
}

/** More pixels hide noise better, so larger pictures get more of it. Linear between two calibrated sizes; four latent pixels count as one. */
export function chooseShiftExponent(config: SchedulerConfig, run: SchedulerRun): number {
  if (run.shiftExponent !== undefined) return run.shiftExponent;
  const [low, high] = [config.base_shift ?? BASE_SHIFT, config.max_shift ?? MAX_SHIFT];
  const slope = (high - low) / (config.max_image_seq_len - config.base_image_seq_len);
  const pixels = run.latentPixels ?? config.base_image_seq_len * 4;
  return low + slope * (pixels / 4 - config.base_image_seq_len);
}

/** Stretches levels (largest first) so that the last one becomes `terminal`. */
export function stretchToTerminal(sigmas: readonly number[], terminal: number): number[] {
  const scale = (1 - (sigmas.at(-1) ?? 0)) / (1 - terminal);
  return sigmas.map((sigma) => 1 - (1 - sigma) / scale);
}
