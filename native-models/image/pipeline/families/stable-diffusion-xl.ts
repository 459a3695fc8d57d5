import { StudioError } from '../../../../electron/contract/errors.ts';
import type { NetworkInput } from '../../onnx-network.ts';
import { cutIntoRows, findMaxRows, joinRows, joinWidths, type PromptRows, type TextReader } from '../prompt-rows.ts';
import { wantsNegative, type DenoiserRow, type Family, type PromptModel } from './family.ts';
import { embedGuidance } from './guidance-embedding.ts';

/**
 * Stable Diffusion XL and its Turbo models (Podell et al. 2023): states of two encoders one layer before the last, side by side; a
 * pooled vector of the second one; and the size that the picture pretends to have been cut from.
 */
export const stableDiffusionXl: Family = {
  name: 'sdxl',
  classNames: ['StableDiffusionXLPipeline', 'StableDiffusionXLImg2ImgPipeline', 'StableDiffusionXLInpaintPipeline'],
  textEncoders: [
    ['text_encoder', 'tokenizer'],
    ['text_encoder_2', 'tokenizer_2'],
  ],
  usualLatentScale: 0.13025,
  spreadsStrength: false,
  async encode(model, job) {
    const timeIds = { data: [job.height, job.width, 0, 0, job.height, job.width], dims: [1, 6] };
    const embedding = model.guidanceEmbedding === null ? null : embedGuidance(job.guidance, model.guidanceEmbedding);
    const extras = {
      time_ids: timeIds,
      ...(embedding && { timestep_cond: { data: embedding, dims: [1, embedding.length] } }),
    };
    const negativeLength = wantsNegative(model, job) ? countRows(model, job.negativePrompt) : null;
    const rows = Math.max(countRows(model, job.prompt), negativeLength ?? 1);
    const prompt = { ...(await describe(model, job.prompt, rows)), ...extras };
    if (negativeLength === null) return { prompt, negative: null };
    const negative =
      job.negativePrompt === '' && model.zeroesEmptyPrompt
        ? silence(prompt)
        : await describe(model, job.negativePrompt, rows);
    return { prompt, negative: { ...negative, ...extras } };
  },
};

function countRows(model: PromptModel, text: string): number {
  return Math.max(
    ...model.textReaders.map(
      ({ tokenizer }) => cutIntoRows(tokenizer, text, 1, findMaxRows(model.denoiser, tokenizer)).ids.length,
    ),
  );
}

async function describe(model: PromptModel, text: string, rowCount: number): Promise<DenoiserRow> {
  const columns: NetworkInput[] = [];
  let pooled: NetworkInput | null = null;
  for (const reader of model.textReaders) {
    const rows = cutIntoRows(reader.tokenizer, text, rowCount, rowCount);
    const read = await readPenultimate(model.name, reader, rows);
    columns.push(read.states);
    pooled = read.pooled ?? pooled;
  }
  if (pooled === null) throw lacksOutput(model.name, 'text_encoder_2', 'text_embeds');
  return { encoder_hidden_states: joinWidths(columns), text_embeds: pooled };
}

/** The pooled vector is that of the first row: what a long prompt begins with stands for all of it. */
async function readPenultimate(
  model: string,
  { network }: TextReader,
  rows: PromptRows,
): Promise<{ states: NetworkInput; pooled: NetworkInput | null }> {
  const layers = network.outputNames
    .filter((name) => /^hidden_states\.\d+$/.test(name))
    .toSorted((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  const penultimate = layers.at(-2);
  if (penultimate === undefined) throw lacksOutput(model, 'text_encoder', 'hidden_states');
  const wanted = network.outputNames.includes('text_embeds') ? [penultimate, 'text_embeds'] : [penultimate];
  const states: NetworkInput[] = [];
  let pooled: NetworkInput | null = null;
  for (const ids of rows.ids) {
    const [layer, vector] = await network.runFor({ input_ids: { data: ids, dims: [1, ids.length] } }, wanted);
    if (layer !== undefined) states.push(layer);
    pooled ??= vector ?? null;
  }
  return { states: joinRows(states, rows), pooled };
}

/** The models of this family were taught that no negative prompt means zeros. */
function silence(row: DenoiserRow): DenoiserRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, { data, dims }]) => [name, { data: new Float32Array(data.length), dims }]),
  );
}

function lacksOutput(model: string, part: string, output: string): StudioError {
  const file = `${part}/model.onnx`;
  const reason = `its graph has no output "${output}", which this family needs; export it again with all hidden states`;
  return new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}
