import type { SchedulerConfig } from './scheduler-config.ts';

const f32 = Math.fround;

/** What a network predicts: the noise, the velocity of Salimans and Ho 2022, or the clean sample itself. */
export type Prediction = Exclude<SchedulerConfig['prediction_type'], 'flow_prediction'>;

/**
 * The clean sample behind a noisy one `x = alpha * clean + sigma * noise`, from what the network predicts: the noise (epsilon), the
 * velocity `alpha * noise - sigma * clean` (needs alpha^2 + sigma^2 = 1), or the sample itself.
 */
export function predictClean(
  kind: Prediction,
  modelOutput: Float32Array,
  sample: Float32Array,
  alpha: number,
  sigma: number,
): Float32Array {
  if (kind === 'sample') return modelOutput.slice(0, sample.length);
  return kind === 'epsilon'
    ? subtractShare(sample, sigma, modelOutput, alpha)
    : blend(alpha, sample, -sigma, modelOutput);
}

/** The noise in `sample`, from what the network predicts; see predictClean. */
export function predictNoise(
  kind: Prediction,
  modelOutput: Float32Array,
  sample: Float32Array,
  alpha: number,
  sigma: number,
): Float32Array {
  if (kind === 'epsilon') return modelOutput.slice(0, sample.length);
  return kind === 'sample'
    ? subtractShare(sample, alpha, modelOutput, sigma)
    : blend(alpha, modelOutput, sigma, sample);
}

/** The network output that would have led to this clean sample: the inverse of predictClean. */
export function invertClean(
  kind: Prediction,
  clean: Float32Array,
  sample: Float32Array,
  alpha: number,
  sigma: number,
): Float32Array {
  if (kind === 'sample') return clean;
  return kind === 'epsilon'
    ? blend(1 / sigma, sample, -alpha / sigma, clean)
    : blend(alpha / sigma, sample, -1 / sigma, clean);
}

/** (sample - share * part) / divisor, rounded to 32 bits after each operation, as models were trained. */
export function subtractShare(sample: Float32Array, share: number, part: Float32Array, divisor: number): Float32Array {
  const [share32, divisor32] = [f32(share), f32(divisor)];
  const rest = new Float32Array(sample.length);
  for (let index = 0; index < rest.length; index += 1)
    rest[index] = f32((sample[index] ?? 0) - f32(share32 * (part[index] ?? 0))) / divisor32;
  return rest;
}

/**
 * a * first + b * second, as a new array of the first's or the second's length, whichever is smaller. Rounded to 32 bits after each
 * operation: where large numbers cancel, at high noise levels, the rounding decides as much as the formula.
 */
export function blend(a: number, first: Float32Array, b: number, second: Float32Array): Float32Array {
  const [a32, b32] = [f32(a), f32(b)];
  const sum = new Float32Array(Math.min(first.length, second.length));
  for (let index = 0; index < sum.length; index += 1)
    sum[index] = f32(a32 * (first[index] ?? 0)) + f32(b32 * (second[index] ?? 0));
  return sum;
}

/** Adds factor * addend to `target` in place. */
export function addScaled(target: Float32Array, factor: number, addend: Float32Array): void {
  for (let index = 0; index < target.length; index += 1)
    target[index] = (target[index] ?? 0) + factor * (addend[index] ?? 0);
}

export type Term = readonly [factor: number, values: Float32Array];

/** The sum of factors times arrays of one length, added up in double precision. Terms with factor 0 are left out. */
export function sumTerms(length: number, terms: readonly Term[]): Float32Array {
  const used = terms.filter(([factor]) => factor !== 0);
  const sum = new Float32Array(length);
  for (let index = 0; index < length; index += 1) {
    let total = 0;
    for (const [factor, values] of used) total += factor * (values[index] ?? 0);
    sum[index] = total;
  }
  return sum;
}
