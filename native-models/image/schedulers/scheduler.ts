export type StepExtras = {
  /** Standard normal numbers, as many as the sample has. */
  readonly drawNoise: () => Float32Array;
  /** May change the predicted clean sample in place before the step goes on with it. */
  readonly guideClean?: ((clean: Float32Array) => void) | undefined;
};

export type StepResult = {
  readonly next: Float32Array;
  /** The clean sample as predicted at this call, guided. */
  readonly clean: Float32Array;
};

/**
 * One run of a sampling algorithm, counted in calls of the network: some algorithms (Heun, PNDM) ask it more than once a step, so
 * there may be more timesteps than steps. Used once, from `startIndex` upwards without gaps: some remember earlier calls.
 *
 *     let sample = startsFromPicture ? scheduler.addNoise(pictureLatents, noise) : noise.map((n) => n * scheduler.initNoiseSigma);
 *     for (let index = scheduler.startIndex; index < scheduler.timesteps.length; index += 1) {
 *       const output = await predict(scheduler.scaleModelInput(index, sample), scheduler.timesteps[index]);
 *       sample = scheduler.step(index, output, sample, extras).next;
 *     }
 */
export type Scheduler = {
  /** What the network is told at each of its calls, for the whole schedule, whatever the strength. */
  readonly timesteps: readonly number[];
  /** The first call of this run: 0, or further on where a strength below 1 starts from a picture. */
  readonly startIndex: number;
  /** Without a picture, the first sample is normal noise times this. */
  readonly initNoiseSigma: number;
  /** The network's input at a call; may be `sample` itself. */
  scaleModelInput(index: number, sample: Float32Array): Float32Array;
  step(index: number, modelOutput: Float32Array, sample: Float32Array, extras: StepExtras): StepResult;
  /** A clean sample with `noise` (standard normal) as strong as a call at `index` expects to find it; `startIndex` unless given. */
  addNoise(clean: Float32Array, noise: Float32Array, index?: number): Float32Array;
};

export type SchedulerRun = {
  /** Steps as the user counts them, before a strength takes its share. */
  readonly steps: number;
  /** Above 0 to 1: the share of the steps, the last ones, that runs from a picture (`get_timesteps` of diffusers). 1 unless given. */
  readonly strength?: number | undefined;
  /** For latent consistency models from a picture: the share of the distilled levels, the lower ones, that all steps are spread over. */
  readonly distilledShare?: number | undefined;
  /** Latent pixels of the picture; some flow models shift their noise by it. */
  readonly latentPixels?: number | undefined;
  /** The exponent of that shift itself (`mu`), instead of the one that follows from the size. */
  readonly shiftExponent?: number | undefined;
  /** How much of its noise a step draws anew, 0 to 1. DDIM: 0 unless given. TCD (gamma): 0.3 unless given. Others ignore it. */
  readonly eta?: number | undefined;
};
