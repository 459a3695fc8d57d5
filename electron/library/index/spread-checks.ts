import type { CheckName } from '../../contract/compliance.ts';
import { SCORE_BUCKETS } from '../../contract/scoring.ts';
import type { CheckDistribution } from '../../contract/scoring.ts';
import { ABSENT, FAILED } from './standing-checks.ts';
import type { CheckColumn, CheckScale } from './standing-checks.ts';

/** How one check spreads; `worst` are positions of the asset index. */
export type CheckSpread = Omit<CheckDistribution, 'worst'> & { readonly worst: readonly number[] };

const WORST_SHOWN = 6;

/** Counts one check over some positions; null where none of them has it. Of equal scores the picture that was made first stands below the others. */
export function spreadCheck(name: CheckName, column: CheckColumn, positions: Int32Array): CheckSpread | null {
  const { outcome, score } = column;
  const measured = positions.filter((position) => outcome[position] !== ABSENT);
  if (measured.length === 0) return null;
  let [lowest, highest, failed] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const position of measured) {
    const value = score[position] ?? 0;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (outcome[position] === FAILED) failed += 1;
  }
  const bucketOf = (value: number) => {
    const share = highest > lowest ? (value - lowest) / (highest - lowest) : 0;
    return Math.min(SCORE_BUCKETS - 1, Math.floor(share * SCORE_BUCKETS));
  };
  const buckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
  const failedBuckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
  for (const position of measured) {
    const at = bucketOf(score[position] ?? 0);
    buckets[at] = (buckets[at] ?? 0) + 1;
    if (outcome[position] === FAILED) failedBuckets[at] = (failedBuckets[at] ?? 0) + 1;
  }
  const scale = shareScale(column, measured);
  const total = measured.length;
  const middle = findRank(Math.floor(total / 2), buckets, bucketOf, score, measured);
  const worst = findWorst(Math.min(failed, WORST_SHOWN), scale.better, score, measured);
  return { name, ...scale, total, failed, lowest, highest, middle, buckets, failedBuckets, worst };
}

/** The scale of all together: reports of several kits may have had several, and the strictest is shown. */
function shareScale({ scale, scales }: CheckColumn, measured: Int32Array): CheckScale {
  const used = new Uint8Array(scales.length);
  for (const position of measured) used[scale[position] ?? 0] = 1;
  const met = scales.filter((_, at) => used[at] === 1);
  const better = met.some((one) => one.better === 'lower') ? 'lower' : 'higher';
  const threshold = met.reduce(
    (strictest, one) => (better === 'lower' ? Math.min(strictest, one.threshold) : Math.max(strictest, one.threshold)),
    better === 'lower' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
  );
  return { better, threshold, unit: met.reduce((last, { unit }) => (unit > last ? unit : last), '') };
}

/** The score of a rank. Buckets rise with the score, so only the one that holds the rank is sorted. */
function findRank(
  rank: number,
  buckets: readonly number[],
  bucketOf: (value: number) => number,
  score: Float64Array,
  measured: Int32Array,
): number {
  let [at, below] = [0, 0];
  while (below + (buckets[at] ?? 0) <= rank) {
    below += buckets[at] ?? 0;
    at += 1;
  }
  const inside: number[] = [];
  for (const position of measured) {
    const value = score[position] ?? 0;
    if (bucketOf(value) === at) inside.push(value);
  }
  return Float64Array.from(inside).sort()[rank - below] ?? 0;
}

/** The worst first. */
function findWorst(
  count: number,
  better: 'lower' | 'higher',
  score: Float64Array,
  measured: Int32Array,
): readonly number[] {
  const worst: number[] = [];
  const isWorse = (one: number, other: number) => {
    const difference = (score[one] ?? 0) - (score[other] ?? 0);
    return better === 'lower' ? difference > 0 || (difference === 0 && one > other) : difference < 0;
  };
  for (const position of measured) {
    if (worst.length === count && (count === 0 || !isWorse(position, worst[count - 1] ?? 0))) continue;
    const at = worst.findIndex((other) => isWorse(position, other));
    worst.splice(at < 0 ? worst.length : at, 0, position);
    if (worst.length > count) worst.pop();
  }
  return worst;
}
