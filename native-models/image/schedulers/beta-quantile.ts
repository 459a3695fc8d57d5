/** Coefficients of Lanczos' approximation of the gamma function, g = 7, nine terms. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const SMALLEST = 1e-300;

function logGamma(value: number): number {
  if (value < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * value)) - logGamma(1 - value);
  const shifted = value - 1;
  const base = shifted + 7.5;
  const sum = LANCZOS.reduce((total, factor, index) => (index === 0 ? factor : total + factor / (shifted + index)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Share of the beta distribution below `x` (0 to 1), by the continued fraction of DiDonato and Morris 1992, Lentz' method. */
function betaShare(x: number, alpha: number, beta: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (alpha + 1) / (alpha + beta + 2)) return 1 - betaShare(1 - x, beta, alpha);
  const logFront =
    alpha * Math.log(x) + beta * Math.log1p(-x) - logGamma(alpha) - logGamma(beta) + logGamma(alpha + beta);
  let [fraction, upper, lower] = [1, 1, 0];
  for (let index = 0; index <= 400; index += 1) {
    const half = Math.floor(index / 2);
    const numerator =
      index === 0
        ? 1
        : index % 2 === 0
          ? (half * (beta - half) * x) / ((alpha + 2 * half - 1) * (alpha + 2 * half))
          : (-(alpha + half) * (alpha + beta + half) * x) / ((alpha + 2 * half) * (alpha + 2 * half + 1));
    lower = 1 / avoidZero(1 + numerator * lower);
    upper = avoidZero(1 + numerator / upper);
    fraction *= upper * lower;
    if (Math.abs(1 - upper * lower) < 1e-15) break;
  }
  return (Math.exp(logFront) * (fraction - 1)) / alpha;
}

function avoidZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value;
}

/** The point below which a share (0 to 1) of the beta distribution lies. Halving: the curve is too steep at its ends for tangents. */
export function betaQuantile(share: number, alpha: number, beta: number): number {
  if (share <= 0) return 0;
  if (share >= 1) return 1;
  if (share > 0.5) return 1 - betaQuantile(1 - share, beta, alpha);
  let [low, high] = [0, 1];
  for (let round = 0; round < 200 && high - low > low * 1e-16; round += 1) {
    const middle = (low + high) / 2;
    if (betaShare(middle, alpha, beta) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
