import type { SchedulerConfig } from './scheduler-config.ts';

/**
 * The clean sample behind a noisy one `x = alpha * clean + sigma * noise`, from what the network predicts: the noise (epsilon), the
 * velocity `alpha * noise - sigma * clean` (v, Salimans and Ho 2022, needs alpha^2 + sigma^2 = 1), or the sample itself.
 */
export function predictClean(
  kind: SchedulerConfig['prediction_type'],
  modelOutput: Float32Array,
  sample: Float32Array,
  alpha: number,
  sigma: number,
): Float32Array {
  if (kind === 'sample') return modelOutput.slice();
  const clean = new Float32Array(sample.length);
  const [fromSample, fromOutput] = kind === 'epsilon' ? [1 / alpha, -sigma / alpha] : [alpha, -sigma];
  for (let index = 0; index < clean.length; index += 1) {
    clean[index] = fromSample * (sample[index] ?? 0) + fromOutput * (modelOutput[index] ?? 0);
  }
  return clean;
}

/** a * first + b * second, as a new array. */
export function blend(a: number, first: Float32Array, b: number, second: Float32Array): Float32Array {
  const sum = new Float32Array(first.length);
  for (let index = 0; index < sum.length; index += 1) sum[index] = a * (first[index] ?? 0) + b * (second[index] ?? 0);
  return sum;
}

/** Adds factor * addend to `target` in place. */
export function addScaled(target: Float32Array, factor: number, addend: Float32Array): void {
  for (let index = 0; index < target.length; index += 1)
    target[index] = (target[index] ?? 0) + factor * (addend[index] ?? 0);
}
