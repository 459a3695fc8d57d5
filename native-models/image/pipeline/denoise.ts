import { StudioError } from '../../../electron/contract/errors.ts';
import type { ImageModel } from '../image-model.ts';
import type { NetworkInput } from '../onnx-network.ts';
import type { Conditioning } from './encode.ts';
import { drawStepNoise, type PreparedRun } from './prepare.ts';

export type DenoiseOptions = {
  readonly seed: number;
  readonly guidance: number;
  readonly signal: AbortSignal;
  /** Changes the predicted clean latents in place; `progress` runs from above 0 to 1 at the last step. */
  readonly guideClean: ((clean: Float32Array, progress: number) => void) | null;
  readonly onStep: (step: number, steps: number, clean: Float32Array) => void;
};

/** Third stage: noise to latents. Stops between steps when cancelled. */
export async function denoise(
  model: ImageModel,
  run: PreparedRun,
  conditioning: Conditioning,
  options: DenoiseOptions,
): Promise<Float32Array> {
  const { scheduler, shape } = run;
  const steps = scheduler.timesteps.length;
  const predict = createPredictor(model, run, conditioning, options.guidance);
  let latents = run.latents;
  for (const [index, timestep] of scheduler.timesteps.entries()) {
    options.signal.throwIfAborted();
    const output = await predict(scheduler.scaleModelInput(index, latents), timestep);
    const guide = options.guideClean;
    const result = scheduler.step(index, output, latents, {
      drawNoise: () => drawStepNoise(options.seed, index, shape.channels * shape.height * shape.width),
      guideClean: guide === null ? undefined : (clean) => guide(clean, (index + 1) / steps),
    });
    latents = result.next;
    assertFinite(latents, `step ${index + 1} of ${steps}`);
    options.onStep(index + 1, steps, result.clean);
  }
  options.signal.throwIfAborted();
  return latents;
}

type Predict = (input: Float32Array, timestep: number) => Promise<Float32Array>;

/** The network's answer with guidance: negative + guidance * (prompt - negative), Ho and Salimans 2022. */
function createPredictor(model: ImageModel, run: PreparedRun, conditioning: Conditioning, guidance: number): Predict {
  const { denoiser } = model;
  const { shape } = run;
  const { prompt, negative } = conditioning;
  const dims = [shape.channels, shape.height, shape.width];
  const timeDims = denoiser.rank('timestep') === 0 ? [] : [1];
  const timestepCond = model.guidanceEmbedding === null ? null : embedGuidance(guidance, model.guidanceEmbedding);

  const runOnce = async (
    batch: number,
    sample: Float32Array,
    hidden: NetworkInput,
    timestep: number,
  ): Promise<Float32Array> => {
    // Some exports want one timestep per row, as a named batch dimension.
    const times =
      timeDims.length === 0 || denoiser.fixedSize('timestep', 0) === 1 ? 1 : (denoiser.fixedSize('timestep', 0) ?? 1);
    const { data } = await denoiser.run(
      {
        sample: { data: sample, dims: [batch, ...dims] },
        timestep: { data: Array.from({ length: times }, () => timestep), dims: timeDims.length === 0 ? [] : [times] },
        encoder_hidden_states: hidden,
        ...(timestepCond && { timestep_cond: { data: timestepCond, dims: [1, timestepCond.length] } }),
      },
      'out_sample',
    );
    return data;
  };
  if (negative === null) return (input, timestep) => runOnce(1, input, prompt, timestep);
  if (denoiser.fixedSize('sample', 0) === 1) {
    return async (input, timestep) =>
      combine(await runOnce(1, input, negative, timestep), await runOnce(1, input, prompt, timestep), guidance);
  }
  const hidden = stackRows(negative, prompt);
  const doubled = new Float32Array(run.latents.length * 2);
  return async (input, timestep) => {
    doubled.set(input, 0);
    doubled.set(input, input.length);
    const both = await runOnce(2, doubled, hidden, timestep);
    return combine(both.subarray(0, input.length), both.subarray(input.length), guidance);
  };
}

function combine(negative: Float32Array, prompt: Float32Array, guidance: number): Float32Array {
  const combined = new Float32Array(prompt.length);
  for (let index = 0; index < combined.length; index += 1) {
    const base = negative[index] ?? 0;
    combined[index] = base + guidance * ((prompt[index] ?? 0) - base);
  }
  return combined;
}

function stackRows(first: NetworkInput, second: NetworkInput): NetworkInput {
  const data = new Float32Array(first.data.length + second.data.length);
  data.set(first.data, 0);
  data.set(second.data, first.data.length);
  return { data, dims: [2, ...first.dims.slice(1)] };
}

/** Sines then cosines of 1000 (guidance - 1), as latent consistency models were taught (Luo et al. 2023, appendix). */
export function embedGuidance(guidance: number, length: number): Float32Array {
  const half = Math.floor(length / 2);
  const embedding = new Float32Array(length);
  for (let index = 0; index < half; index += 1) {
    const angle = (guidance - 1) * 1000 * Math.exp((-Math.log(10_000) * index) / (half - 1));
    embedding[index] = Math.sin(angle);
    embedding[half + index] = Math.cos(angle);
  }
  return embedding;
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
