import type { SchedulerConfig } from './scheduler-config.ts';

/** Stands for zero where a noise level has to stay finite; the value that diffusers takes. */
const SMALLEST_ALPHA = 2 ** -24;

/** Products of 1 - beta up to each training step: how much of the clean picture is left there. Lin et al. 2023 for the rescaling. */
export function computeAlphasCumprod(config: SchedulerConfig): Float64Array {
  const betas = computeBetas(config);
  const alphas = new Float64Array(betas.length);
  let product = 1;
  for (const [index, beta] of betas.entries()) {
    product *= 1 - beta;
    alphas[index] = product;
  }
  return config.rescale_betas_zero_snr ? rescaleToZeroSnr(alphas) : alphas;
}

function computeBetas(config: SchedulerConfig): readonly number[] {
  const { beta_schedule: schedule, beta_start: start, beta_end: end, num_train_timesteps: count } = config;
  if (config.trained_betas) return config.trained_betas;
  if (schedule === 'linear') return spaceLinearly(start, end, count);
  if (schedule === 'scaled_linear')
    return spaceLinearly(Math.sqrt(start), Math.sqrt(end), count).map((root) => root * root);
  return Array.from({ length: count }, (_, index) =>
    Math.min(1 - alphaBar((index + 1) / count) / alphaBar(index / count), 0.999),
  );
}

/** Nichol and Dhariwal 2021, equation 17; `time` runs from 0 to 1. */
function alphaBar(time: number): number {
  return Math.cos(((time + 0.008) / 1.008) * (Math.PI / 2)) ** 2;
}

/** Shifts and stretches the square roots, so that the last one is 0 and the first one stays. */
function rescaleToZeroSnr(alphas: Float64Array): Float64Array {
  const first = Math.sqrt(alphas[0] ?? 1);
  const last = Math.sqrt(alphas.at(-1) ?? 0);
  return alphas.map((alpha) => ((Math.sqrt(alpha) - last) * (first / (first - last))) ** 2);
}

/** Noise over signal, sqrt((1 - a) / a), per training step. With zero terminal signal the last one is large instead of infinite. */
export function computeSigmas(alphasCumprod: Float64Array): Float64Array {
  return alphasCumprod.map((alpha) => {
    const kept = Math.max(alpha, SMALLEST_ALPHA);
    return Math.sqrt((1 - kept) / kept);
  });
}

/** `count` numbers from `first` to `last`, both included. */
export function spaceLinearly(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? first : first + ((last - first) * index) / (count - 1),
  );
}

/** Training steps from the noisiest down, whole numbers, as "leading" and "trailing" of Lin et al. 2023, table 2. */
export function spaceTimesteps(
  spacing: 'leading' | 'trailing',
  trainSteps: number,
  steps: number,
  offset: number,
): number[] {
  if (spacing === 'trailing') {
    return Array.from({ length: steps }, (_, index) => roundHalfToEven(trainSteps - (index * trainSteps) / steps) - 1);
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
export function interpolate(table: Float64Array, index: number): number {
  const low = Math.min(Math.max(Math.floor(index), 0), table.length - 1);
  const high = Math.min(low + 1, table.length - 1);
  const weight = Math.min(Math.max(index - low, 0), 1);
  return at(table, low) * (1 - weight) + at(table, high) * weight;
}

/** Noise levels by Karras et al. 2022, equation 5, rho = 7, from the largest down. */
export function spaceKarras(smallest: number, largest: number, count: number): number[] {
  const RHO = 7;
  const [low, high] = [smallest ** (1 / RHO), largest ** (1 / RHO)];
  return spaceLinearly(0, 1, count).map((ramp) => (high + ramp * (low - high)) ** RHO);
}

/** The fractional training step with this noise level: linear between the logarithms of `sigmas` (ascending). */
export function findTimestep(sigmas: Float64Array, sigma: number): number {
  const wanted = Math.log(Math.max(sigma, 1e-10));
  let low = 0;
  while (low < sigmas.length - 2 && Math.log(at(sigmas, low + 1)) <= wanted) low += 1;
  const [below, above] = [Math.log(at(sigmas, low)), Math.log(at(sigmas, low + 1))];
  return low + Math.min(Math.max((wanted - below) / (above - below), 0), 1);
}

/** Table access that says so when an index is wrong, instead of computing on with undefined. */
export function at(table: Float64Array | readonly number[], index: number): number {
  const value = table[index];
  if (value === undefined) throw new RangeError(`no noise level at index ${index}`);
  return value;
}
