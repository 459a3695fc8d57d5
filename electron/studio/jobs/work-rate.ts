/** How many of the newest images count. */
const WINDOW = 40;
/** Below this many measured images there is no forecast. */
const LEAST_SAMPLES = 3;
/** Standard deviations from the middle to the tenth and ninetieth percentile of a normal distribution. */
const DECILE = 1.2816;

export type Remaining = { readonly low: number; readonly middle: number; readonly high: number };

export type WorkRate = {
  /** Something was finished that took this long, in seconds of the engine's time between two results. */
  add(seconds: number): void;
  /** Mean seconds per image, or null before enough was measured. */
  secondsPerImage(): number | null;
  /** What was measured, newest last, to begin with at the next start. */
  samples(): readonly number[];
  /** Seconds for so many images: middle, and the tenth and ninetieth percentile. */
  remaining(images: number): Remaining | null;
};

/** Measures how fast images come and says how long the rest takes. */
export function createWorkRate(earlier: readonly number[] = []): WorkRate {
  const samples: number[] = earlier.slice(-WINDOW);

  const mean = () => samples.reduce((sum, seconds) => sum + seconds, 0) / samples.length;

  return {
    add(seconds) {
      samples.push(seconds);
      if (samples.length > WINDOW) samples.shift();
    },
    samples: () => samples,
    secondsPerImage: () => (samples.length < LEAST_SAMPLES ? null : mean()),
    remaining(images) {
      if (samples.length < LEAST_SAMPLES) return null;
      const middle = images * mean();
      const variance = samples.reduce((sum, seconds) => sum + (seconds - mean()) ** 2, 0) / (samples.length - 1);
      // The images differ from each other, and the mean itself is only known from a few of them.
      const deviation = Math.sqrt(variance * (images + images ** 2 / samples.length));
      return { low: Math.max(0, middle - DECILE * deviation), middle, high: middle + DECILE * deviation };
    },
  };
}
