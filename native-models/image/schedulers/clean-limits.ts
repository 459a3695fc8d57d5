import type { SchedulerConfig } from './scheduler-config.ts';

/**
 * How a scheduler keeps its clean sample in range, in place: dynamic thresholding (Saharia et al. 2022: cut at a quantile of the
 * magnitudes, then scale to 1), else clipping, else null. `clipsByDefault` holds where the configuration is silent.
 */
export function createCleanLimits(
  config: SchedulerConfig,
  clipsByDefault: boolean,
): ((clean: Float32Array) => void) | null {
  if (config.thresholding)
    return (clean) => limitToQuantile(clean, config.dynamic_thresholding_ratio, config.sample_max_value);
  if (!(config.clip_sample ?? clipsByDefault)) return null;
  const range = config.clip_sample_range;
  return (clean) => {
    for (const [index, value] of clean.entries()) clean[index] = Math.min(Math.max(value, -range), range);
  };
}

/** `ratio` 0 to 1; nothing is cut below 1, nor above `largest`. */
export function limitToQuantile(clean: Float32Array, ratio: number, largest: number): void {
  const sorted = clean.map(Math.abs).sort();
  const place = ratio * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] ?? 0;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? below;
  const limit = Math.min(Math.max(below + (above - below) * (place - low), 1), largest);
  for (const [index, value] of clean.entries()) clean[index] = Math.min(Math.max(value, -limit), limit) / limit;
}
