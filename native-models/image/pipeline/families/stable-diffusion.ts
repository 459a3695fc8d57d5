import type { NetworkInput } from '../../onnx-network.ts';
import { cutIntoRows, findMaxRows, joinRows, type PromptRows, type TextReader } from '../prompt-rows.ts';
import { embedGuidance } from './guidance-embedding.ts';
import { wantsNegative, type DenoiserRow, type Family } from './family.ts';

/** Stable Diffusion 1 and 2, their Turbo models and their inpainting models: one text encoder, its last hidden states. */
export const stableDiffusion: Family = {
  name: 'sd',
  classNames: ['StableDiffusionPipeline', 'StableDiffusionImg2ImgPipeline', 'StableDiffusionInpaintPipeline'],
  textEncoders: [['text_encoder', 'tokenizer']],
  usualLatentScale: 0.18215,
  spreadsStrength: false,
  async encode(model, job) {
    const [reader] = model.textReaders;
    if (reader === undefined) throw new Error('the model has no text encoder');
    const maxRows = findMaxRows(model.denoiser, reader.tokenizer);
    const cut = (text: string, minRows = 1) => cutIntoRows(reader.tokenizer, text, minRows, maxRows);
    const guided = wantsNegative(model, job);
    const negativeRows = guided ? cut(job.negativePrompt) : null;
    const promptRows = cut(job.prompt, negativeRows?.ids.length);
    const embedding = model.guidanceEmbedding === null ? null : embedGuidance(job.guidance, model.guidanceEmbedding);
    const describe = async (rows: PromptRows): Promise<DenoiserRow> => ({
      encoder_hidden_states: await readLastStates(reader, rows),
      ...(embedding && { timestep_cond: { data: embedding, dims: [1, embedding.length] } }),
    });
    return {
      prompt: await describe(promptRows),
      negative: negativeRows && (await describe(cut(job.negativePrompt, promptRows.ids.length))),
    };
  },
};

async function readLastStates({ network }: TextReader, rows: PromptRows): Promise<NetworkInput> {
  const states: NetworkInput[] = [];
  for (const ids of rows.ids)
    states.push(await network.run({ input_ids: { data: ids, dims: [1, ids.length] } }, 'last_hidden_state'));
  return joinRows(states, rows);
}
