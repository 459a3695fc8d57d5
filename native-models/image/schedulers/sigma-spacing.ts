import { betaQuantile } from './beta-quantile.ts';
import { at, spaceLinearly } from './noise-levels.ts';
import { refuseSetting, type SchedulerConfig } from './scheduler-config.ts';

/** Both shape parameters of the beta spacing. */
const BETA_SHAPE = 0.6;
const KARRAS_RHO = 7;

export type SigmaSpacing = 'karras' | 'exponential' | 'beta' | null;

/** Which spacing of noise levels the configuration asks for; at most one. */
export function chooseSigmaSpacing(config: SchedulerConfig): SigmaSpacing {
  const wanted = (['karras', 'exponential', 'beta'] as const).filter((name) => config[`use_${name}_sigmas`]);
  if (wanted.length > 1) {
    refuseSetting(`use_${wanted[1]}_sigmas`, `true beside use_${wanted[0]}_sigmas`, ['one of the three']);
  }
  return wanted[0] ?? null;
}

/**
 * `count` noise levels between the largest and the smallest, largest first. Karras et al. 2022, equation 5, rho 7; evenly in the
 * logarithm; or at the quantiles of a beta distribution (Lee et al. 2024, "Beta Sampling is All You Need").
 * `sigma_min` and `sigma_max` of the configuration go before the given ends.
 */
export function respaceSigmas(
  kind: 'karras' | 'exponential' | 'beta',
  config: SchedulerConfig,
  ends: { readonly largest: number; readonly smallest: number },
  count: number,
): number[] {
  const smallest = config.sigma_min ?? ends.smallest;
  const largest = config.sigma_max ?? ends.largest;
  switch (kind) {
    case 'karras': {
      const [low, high] = [smallest ** (1 / KARRAS_RHO), largest ** (1 / KARRAS_RHO)];
      return spaceLinearly(0, 1, count).map((ramp) => (high + ramp * (low - high)) ** KARRAS_RHO);
    }
    case 'exponential':
      return spaceLinearly(Math.log(largest), Math.log(smallest), count).map(Math.exp);
    case 'beta':
      return spaceLinearly(0, 1, count).map(
        (ramp) => smallest + betaQuantile(1 - ramp, BETA_SHAPE, BETA_SHAPE) * (largest - smallest),
      );
  }
}

/** Finds the fractional training step of a noise level: linear between the logarithms of `sigmas` (ascending, single precision). */
export function createTimestepFinder(sigmas: Float32Array): (sigma: number) => number {
  const logs = sigmas.map(Math.log);
  return (sigma) => {
    const wanted = Math.log(Math.max(sigma, 1e-10));
    let low = 0;
    while (low < logs.length - 2 && at(logs, low + 1) <= wanted) low += 1;
    const [below, above] = [at(logs, low), at(logs, low + 1)];
    const weight = Math.min(Math.max((below - wanted) / (below - above), 0), 1);
    return (1 - weight) * low + weight * (low + 1);
  };
}
