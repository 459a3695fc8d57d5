import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../electron/contract/errors.ts';
import { drawStepNoise, type PreparedRun } from './prepare.ts';
import type { Predict } from './guided-prediction.ts';

export type DenoiseOptions = {
  readonly seed: number;
  readonly predict: Predict;
  readonly signal: AbortSignal;
  /** Changes the predicted clean latents in place; `progress` runs from above 0 to 1 at the last step. */
  readonly guideClean: ((clean: Float32Array, progress: number) => void) | null;
  readonly onStep: (step: number, steps: number, clean: Float32Array) => void;
};

/** Third stage: noise to latents, by the scheduler's list of calls. Stops between calls when cancelled. */
export async function denoise(run: PreparedRun, options: DenoiseOptions): Promise<Float32Array> {
  const { scheduler, shape } = run;
  const { timesteps, startIndex } = scheduler;
  const calls = timesteps.length - startIndex;
  const keep = createKeeper(run);
  let latents = run.latents;
  for (let index = startIndex; index < timesteps.length; index += 1) {
    await assertWanted(options.signal);
    const call = index - startIndex + 1;
    const output = await options.predict(scheduler.scaleModelInput(index, latents), timesteps[index] ?? 0);
    const guide = options.guideClean;
    const result = scheduler.step(index, output, latents, {
      drawNoise: () => drawStepNoise(options.seed, index, shape.channels * shape.height * shape.width),
      guideClean: guide === null ? undefined : (clean) => guide(clean, call / calls),
    });
    latents = keep(result.next, index + 1);
    assertFinite(latents, `step ${call} of ${calls}`);
    options.onStep(call, calls, result.clean);
  }
  await assertWanted(options.signal);
  return latents;
}

/** Native runs block the loop and follow each other without a turn of it: without one, a cancellation would be read a step late. */
async function assertWanted(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Puts back what a mask keeps, as noisy as the next call expects it. Networks that take the mask as an input see to it themselves. */
function createKeeper({ scheduler, noise, source }: PreparedRun): (next: Float32Array, index: number) => Float32Array {
  if (source?.mask == null || source.maskedLatents !== null) return (next) => next;
  const { mask, latents } = source;
  return (next, index) => {
    const known = index < scheduler.timesteps.length ? scheduler.addNoise(latents.data, noise, index) : latents.data;
    return next.map((value, place) => {
      const share = mask[place % mask.length] ?? 1;
      return share * value + (1 - share) * (known[place] ?? 0);
    });
  };
}

/** A value that is no number spreads to the whole picture within a step; a black picture must not pass as a result. */
export function assertFinite(values: Float32Array, where: string): void {
  for (const value of values) {
    if (Number.isFinite(value)) continue;
    const reason = `the numbers overflowed at ${where}; a model in 32-bit floats does not do this`;
    throw new StudioError('engine.failed', `The image engine could not make this picture: ${reason}.`, {
      kind: 'image',
      reason,
    });
  }
}
