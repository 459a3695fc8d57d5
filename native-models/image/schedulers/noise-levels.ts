import { refuseSetting, type SchedulerConfig } from './scheduler-config.ts';

/** Stands for zero where a noise level has to stay finite; the value that the reference takes. */
const SMALLEST_ALPHA = 2 ** -24;
const f32 = Math.fround;

/** What an algorithm assumes about the training noise where the configuration is silent. */
export type NoiseDefaults = {
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: 'linear' | 'scaled_linear';
};
export const PLAIN_NOISE: NoiseDefaults = { betaStart: 0.0001, betaEnd: 0.02, betaSchedule: 'linear' };
export const LATENT_NOISE: NoiseDefaults = { betaStart: 0.00085, betaEnd: 0.012, betaSchedule: 'scaled_linear' };

export type NoiseOptions = {
  readonly defaults?: NoiseDefaults;
  /** Whether the algorithm knows `rescale_betas_zero_snr`. */
  readonly canRescale?: boolean;
  /** Whether the algorithm divides by the signal and so cannot bear none at all. */
  readonly keepsLastFinite?: boolean;
  /** Whether the algorithm knows the exponential schedule. */
  readonly knowsExponential?: boolean;
};

/**
 * Products of 1 - beta up to each training step: how much of the clean picture is left there. Rounded to 32 bits after each
 * operation, as the models were trained: near zero signal the rounding is what the level consists of.
 */
export function computeAlphasCumprod(config: SchedulerConfig, options: NoiseOptions = {}): Float32Array {
  const betas = computeBetas(config, options);
  const alphas = multiplyUp(betas.map((beta) => 1 - beta));
  if (!config.rescale_betas_zero_snr || options.canRescale === false) return alphas;
  const rescaled = multiplyUp(rescaleToZeroSnr(alphas));
  if (options.keepsLastFinite) rescaled[rescaled.length - 1] = SMALLEST_ALPHA;
  return rescaled;
}

function multiplyUp(factors: Float32Array): Float32Array {
  let product = 1;
  return factors.map((factor) => {
    product *= factor;
    return product;
  });
}

function computeBetas(config: SchedulerConfig, options: NoiseOptions): Float32Array {
  const { betaStart, betaEnd, betaSchedule } = options.defaults ?? PLAIN_NOISE;
  const schedule = config.beta_schedule ?? betaSchedule;
  const [start, end] = [config.beta_start ?? betaStart, config.beta_end ?? betaEnd];
  const count = config.num_train_timesteps;
  if (config.trained_betas) return Float32Array.from(config.trained_betas);
  switch (schedule) {
    case 'linear':
      return spaceSingles(start, end, count);
    case 'scaled_linear':
      return spaceSingles(Math.sqrt(start), Math.sqrt(end), count).map((root) => root * root);
    case 'squaredcos_cap_v2':
      return takeBetas(count, (time) => Math.cos(((time + 0.008) / 1.008) * (Math.PI / 2)) ** 2);
    case 'exp':
      if (!options.knowsExponential)
        refuseSetting('beta_schedule', 'exp', ['linear', 'scaled_linear', 'squaredcos_cap_v2']);
      return takeBetas(count, (time) => Math.exp(-12 * time));
  }
}

/** Nichol and Dhariwal 2021, equation 17: betas from the signal left at a time from 0 to 1. */
function takeBetas(count: number, signalAt: (time: number) => number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) =>
    Math.min(1 - signalAt((index + 1) / count) / signalAt(index / count), 0.999),
  );
}

/** Evenly spaced in single precision, each half counted from its own end, with one rounding for product and sum. */
function spaceSingles(start: number, end: number, count: number): Float32Array {
  const [first, last] = [f32(start), f32(end)];
  if (count === 1) return Float32Array.of(first);
  const step = f32(f32(last - first) / f32(count - 1));
  const half = Math.floor(count / 2);
  return Float32Array.from({ length: count }, (_, index) =>
    index < half ? first + step * index : last - step * (count - 1 - index),
  );
}

/** Lin et al. 2023: shifts and stretches the square roots, so that the last is 0 and the first stays. Gives 1 - beta again. */
function rescaleToZeroSnr(alphas: Float32Array): Float32Array {
  const roots = alphas.map(Math.sqrt);
  const [first, last] = [roots[0] ?? 1, roots.at(-1) ?? 0];
  const stretch = f32(first / f32(first - last));
  const kept = roots.map((root) => f32(f32(root - last) * stretch) ** 2);
  return kept.map((value, index) => f32(1 - f32(1 - (index === 0 ? value : f32(value / at(kept, index - 1))))));
}

/** Noise over signal, sqrt((1 - a) / a), per training step, in single precision. */
export function computeSigmas(alphasCumprod: Float32Array): Float32Array {
  return alphasCumprod.map((alpha) => Math.sqrt(f32(f32(1 - alpha) / alpha)));
}

/** `count` numbers from `first` to `last`, both included. */
export function spaceLinearly(first: number, last: number, count: number): number[] {
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, index) =>
    count > 1 && index === count - 1 ? last : first + (index === 0 ? 0 : index * step),
  );
}

export type Spacing = 'linspace' | 'leading' | 'trailing';

/** Training steps from the noisiest down, whole numbers: "leading" and "trailing" of Lin et al. 2023, table 2. */
export function spaceTimesteps(
  spacing: 'leading' | 'trailing',
  trainSteps: number,
  steps: number,
  offset: number,
  lastTimestep: number = trainSteps,
): number[] {
  if (spacing === 'trailing') {
    const ratio = trainSteps / steps;
    const stride = lastTimestep - ratio - lastTimestep;
    // Rounding of the ratio can let the reference count one step too many, below step 0; that one is left out here.
    const count = Math.min(Math.ceil(lastTimestep / ratio), steps);
    return Array.from({ length: count }, (_, index) => roundHalfToEven(lastTimestep + index * stride) - 1);
  }
  const ratio = Math.floor(trainSteps / steps);
  return Array.from({ length: steps }, (_, index) => (steps - 1 - index) * ratio + offset);
}

/** As NumPy rounds: 0.5 goes to 0 and 1.5 to 2. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The value at a fractional index of a table. */
export function interpolate(table: Float32Array, index: number): number {
  const low = Math.min(Math.max(Math.floor(index), 0), table.length - 1);
  const high = Math.min(low + 1, table.length - 1);
  const weight = Math.min(Math.max(index - low, 0), 1);
  return at(table, low) + (at(table, high) - at(table, low)) * weight;
}

/** Table access that says so when an index is wrong, instead of computing on with undefined. */
export function at(table: Float32Array | readonly number[], index: number): number {
  const value = table[index];
  if (value === undefined) throw new RangeError(`no noise level at index ${index}`);
  return value;
}
