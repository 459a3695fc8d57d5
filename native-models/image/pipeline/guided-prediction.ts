import type { ImageModel } from '../image-model.ts';
import type { NetworkInput } from '../onnx-network.ts';
import type { Conditioning, DenoiserRow } from './families/family.ts';
import type { PreparedRun } from './prepare.ts';

export type Predict = (input: Float32Array, timestep: number) => Promise<Float32Array>;

export type GuidanceSettings = {
  readonly guidance: number;
  /** See `guidanceRescale` of the job. */
  readonly rescale: number;
};

/** The network's answer with guidance: negative + guidance * (prompt - negative), Ho and Salimans 2022. */
export function createPredictor(
  model: ImageModel,
  run: PreparedRun,
  { prompt, negative }: Conditioning,
  settings: GuidanceSettings,
): Predict {
  const { shape } = run;
  const extend = createExtender(run);
  const ask = createQuestion(model, shape.height, shape.width);
  if (negative === null) return (input, timestep) => ask(1, extend(input), prompt, timestep);
  if (model.denoiser.fixedSize('sample', 0) === 1 || model.isThrifty) {
    return async (input, timestep) => {
      const sample = extend(input);
      const without = await ask(1, sample, negative, timestep);
      return combine(without, await ask(1, sample, prompt, timestep), settings);
    };
  }
  const rows = stackRows(negative, prompt);
  return async (input, timestep) => {
    const sample = extend(input);
    const doubled = new Float32Array(sample.length * 2);
    doubled.set(sample, 0);
    doubled.set(sample, sample.length);
    const both = await ask(2, doubled, rows, timestep);
    return combine(both.subarray(0, input.length), both.subarray(input.length), settings);
  };
}

/** One call of the network with `batch` rows. Some exports fix how many timesteps they want, others want one without a dimension. */
function createQuestion({ denoiser, denoiserChannels }: ImageModel, height: number, width: number) {
  const isScalar = denoiser.rank('timestep') === 0;
  return async (batch: number, sample: Float32Array, row: DenoiserRow, timestep: number): Promise<Float32Array> => {
    const times = isScalar ? 1 : (denoiser.fixedSize('timestep', 0) ?? 1);
    const { data } = await denoiser.run(
      {
        ...row,
        sample: { data: sample, dims: [batch, denoiserChannels, height, width] },
        timestep: { data: Array.from({ length: times }, () => timestep), dims: isScalar ? [] : [times] },
      },
      'out_sample',
    );
    return data;
  };
}

/** Puts the mask and what lies around it behind the sample, for networks that were taught to fill in. */
function createExtender({ source, latents }: PreparedRun): (input: Float32Array) => Float32Array {
  if (source?.maskedLatents == null || source.mask === null) return (input) => input;
  const { mask, maskedLatents } = source;
  const whole = new Float32Array(latents.length + mask.length + maskedLatents.data.length);
  whole.set(mask, latents.length);
  whole.set(maskedLatents.data, latents.length + mask.length);
  return (input) => {
    whole.set(input, 0);
    return whole;
  };
}

function stackRows(first: DenoiserRow, second: DenoiserRow): DenoiserRow {
  return Object.fromEntries(
    Object.entries(first).map(([name, input]) => {
      const other = second[name];
      if (other === undefined) throw new Error(`the prompts differ in the input "${name}"`);
      return [name, stack(input, other)];
    }),
  );
}

function stack(first: NetworkInput, second: NetworkInput): NetworkInput {
  const data = new Float32Array(first.data.length + second.data.length);
  data.set(first.data, 0);
  data.set(second.data, first.data.length);
  return { data, dims: [2, ...first.dims.slice(1)] };
}

function combine(negative: Float32Array, prompt: Float32Array, { guidance, rescale }: GuidanceSettings): Float32Array {
  const combined = new Float32Array(prompt.length);
  for (let index = 0; index < combined.length; index += 1) {
    const base = negative[index] ?? 0;
    combined[index] = base + guidance * ((prompt[index] ?? 0) - base);
  }
  if (rescale > 0) {
    // Lin et al. 2023, equation 16: strong guidance spreads the answer, which overexposes.
    const factor = rescale * (measureSpread(prompt) / measureSpread(combined)) + (1 - rescale);
    for (let index = 0; index < combined.length; index += 1) combined[index] = (combined[index] ?? 0) * factor;
  }
  return combined;
}

function measureSpread(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
