import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../electron/contract/errors.ts';
import { readClipTokenizer, type ClipTokenizer } from './clip-tokenizer.ts';
import { checkOnnxFile } from './external-data.ts';
import { openNetwork, type OnnxNetwork } from './onnx-network.ts';
import { readSchedulerConfig, type SchedulerConfig } from './schedulers/scheduler-config.ts';

const modelIndexSchema = z.object({ _class_name: z.string() });
const decoderConfigSchema = z.object({
  scaling_factor: z.number().positive().default(0.18215),
  shift_factor: z.number().nullish(),
  latent_channels: z.int().positive().default(4),
  block_out_channels: z.array(z.int()).min(1).default([128, 256, 512, 512]),
});
const denoiserConfigSchema = z.object({
  in_channels: z.int().positive().optional(),
  sample_size: z
    .union([
      z.int().positive(),
      z
        .array(z.int().positive())
        .min(1)
        .transform((sizes) => sizes[0] ?? 64),
    ])
    .optional(),
  block_out_channels: z.array(z.int()).optional(),
  time_cond_proj_dim: z.int().nullish(),
});
const hintsSchema = z.object({
  latentToRgb: z
    .object({ weight: z.array(z.array(z.number())).length(3), bias: z.array(z.number()).length(3) })
    .optional(),
  recommended: z
    .object({
      steps: z.int().min(1).optional(),
      guidance: z.number().optional(),
      sizes: z
        .array(z.tuple([z.int().positive(), z.int().positive()]))
        .min(1)
        .optional(),
    })
    .optional(),
  sizeMultiple: z.int().positive().optional(),
});
export type ModelHints = z.infer<typeof hintsSchema>;

/** The pipelines that this folder of code can run; other classes need inputs that it does not make. */
const KNOWN_CLASSES = [
  'StableDiffusionPipeline',
  'OnnxStableDiffusionPipeline',
  'ORTStableDiffusionPipeline',
  'LatentConsistencyModelPipeline',
  'ORTLatentConsistencyModelPipeline',
];

/** Read from a folder in the diffusers-ONNX layout; nothing here is assumed that a file can say. */
export type ImageModel = {
  readonly name: string;
  readonly family: string;
  readonly tokenizer: ClipTokenizer;
  readonly textEncoder: OnnxNetwork;
  readonly denoiser: OnnxNetwork;
  readonly decoder: OnnxNetwork;
  readonly schedulerConfig: SchedulerConfig;
  readonly hints: ModelHints;
  readonly latentChannels: number;
  /** Pixels per latent cell along one edge. */
  readonly cellPixels: number;
  /** Latents are stored as (value - shift) * scale. */
  readonly latentScale: number;
  readonly latentShift: number;
  /** Edge of the pictures that the network was trained on, in pixels. */
  readonly trainedEdge: number;
  /** Levels at which the denoiser halves its input. */
  readonly denoiserHalvings: number;
  /** Length of the guidance embedding of distilled models; null for the others. */
  readonly guidanceEmbedding: number | null;
  close(): Promise<void>;
};

export type OpenImageModelOptions = {
  readonly name: string;
  readonly folder: string;
  readonly threads: number;
  readonly announceBusy: (forMs: number) => void;
};

/** Checks every file before the native loader sees it. Rejects with `model.*` naming the file at fault. */
export async function openImageModel(options: OpenImageModelOptions): Promise<ImageModel> {
  const { name, folder } = options;
  const index = await readConfig(name, folder, 'model_index.json', modelIndexSchema);
  if (!KNOWN_CLASSES.includes(index._class_name)) {
    const wanted = 'a Stable Diffusion or latent consistency pipeline';
    throw new StudioError('model.wrongKind', `"${name}" is a ${index._class_name}; the image engine runs ${wanted}.`, {
      model: name,
      found: index._class_name,
      wanted,
    });
  }
  const schedulerConfig = await readScheduler(name, folder);
  const decoderConfig = await readConfig(name, folder, 'vae_decoder/config.json', decoderConfigSchema, true);
  const denoiserConfig = await readConfig(name, folder, 'unet/config.json', denoiserConfigSchema, true);
  const hints = await readConfig(name, folder, 'housestyle.json', hintsSchema, true);
  const tokenizer = await readClipTokenizer(name, join(folder, 'tokenizer'));

  const opened: OnnxNetwork[] = [];
  const close = async () => {
    for (const network of opened.splice(0)) await network.close();
  };
  try {
    for (const part of ['text_encoder', 'unet', 'vae_decoder']) {
      const file = `${part}/model.onnx`;
      await checkOnnxFile(name, join(folder, file), file);
      opened.push(
        await openNetwork(name, file, {
          path: join(folder, file),
          threads: options.threads,
          announceBusy: options.announceBusy,
        }),
      );
    }
    const [textEncoder, denoiser, decoder] = opened;
    if (textEncoder === undefined || denoiser === undefined || decoder === undefined)
      throw new Error('a network was not opened');
    const cellPixels = 2 ** (decoderConfig.block_out_channels.length - 1);
    return {
      name,
      family: index._class_name,
      tokenizer,
      textEncoder,
      denoiser,
      decoder,
      schedulerConfig,
      hints,
      cellPixels,
      close,
      latentChannels: denoiserConfig.in_channels ?? decoderConfig.latent_channels,
      latentScale: decoderConfig.scaling_factor,
      latentShift: decoderConfig.shift_factor ?? 0,
      trainedEdge: (denoiserConfig.sample_size ?? 64) * cellPixels,
      denoiserHalvings: (denoiserConfig.block_out_channels?.length ?? 4) - 1,
      guidanceEmbedding: denoiser.hasInput('timestep_cond') ? (denoiserConfig.time_cond_proj_dim ?? 256) : null,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A JSON file of the model by its schema. An optional one that is absent gives the schema's defaults; a damaged one never does. */
async function readConfig<T>(
  model: string,
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  isOptional = false,
): Promise<T> {
  const path = join(folder, file);
  if (!existsSync(path)) {
    if (isOptional) return schema.parse({});
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
  }
  const parsed = schema.safeParse(parseJson<unknown>(model, file, await readFile(path, 'utf8'), JSON.parse));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const reason = `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'not understood'}`;
  throw new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}

async function readScheduler(model: string, folder: string): Promise<SchedulerConfig> {
  const file = 'scheduler/scheduler_config.json';
  const path = join(folder, file);
  if (!existsSync(path))
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
  return parseJson(model, file, await readFile(path, 'utf8'), readSchedulerConfig);
}

function parseJson<T>(model: string, file: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const reason = 'it is not JSON';
    throw new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
      model,
      file,
      reason,
    });
  }
}
