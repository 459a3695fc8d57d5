import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceName } from '../../electron/contract/devices.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import { readClipTokenizer } from './clip-tokenizer.ts';
import { checkOnnxFile } from './external-data.ts';
import {
  autoencoderConfigSchema,
  denoiserConfigSchema,
  hintsSchema,
  modelIndexSchema,
  readConfig,
  readSchedulerFile,
  type AutoencoderConfig,
  type ModelHints,
} from './model-config.ts';
import { openNetwork, type OnnxNetwork } from './onnx-network.ts';
import type { Family, PromptModel } from './pipeline/families/family.ts';
import { findFamily } from './pipeline/families/find-family.ts';
import type { TextReader } from './pipeline/prompt-rows.ts';
import type { SchedulerConfig } from './schedulers/scheduler-config.ts';

/** Where a decoder in 32-bit floats may lie beside one in 16 bits. */
const FULL_DECODERS = ['vae_decoder/model_fp32.onnx', 'vae_decoder_fp32/model.onnx'];
const ENCODER = 'vae_encoder/model.onnx';

/** Read from a folder in the diffusers-ONNX layout; nothing here is assumed that a file can say. */
export type ImageModel = PromptModel & {
  /** Class of the pipeline that the model was published for. */
  readonly className: string;
  readonly family: Family;
  readonly decoder: OnnxNetwork;
  /** Opened when first asked for. Rejects with `model.fileMissing` for a model that cannot start from pictures. */
  readonly openEncoder: () => Promise<OnnxNetwork>;
  /** A decoder that does not overflow, or null where the model has none. Opened when first asked for. */
  readonly openFullDecoder: () => Promise<OnnxNetwork | null>;
  readonly schedulerConfig: SchedulerConfig;
  readonly hints: ModelHints;
  readonly autoencoder: AutoencoderConfig;
  readonly latentChannels: number;
  /** Channels of the denoiser's input: those of the latents, or twice them and a mask. */
  readonly denoiserChannels: number;
  /** Pixels per latent cell along one edge. */
  readonly cellPixels: number;
  /** Latents are stored as (value - shift) * scale. */
  readonly latentScale: number;
  /** Edge of the pictures that the network was trained on, in pixels. */
  readonly trainedEdge: number;
  /** Levels at which the denoiser halves its input. */
  readonly denoiserHalvings: number;
  /** Less memory at the price of time: one row of the batch after the other, autoencoders always in tiles. */
  readonly isThrifty: boolean;
  /** Bytes of working memory above which pictures are decoded and encoded in tiles. */
  readonly wholePictureBytes: number;
  close(): Promise<void>;
};

export type OpenImageModelOptions = {
  readonly name: string;
  readonly folder: string;
  readonly threads: number;
  /** The processor unless given. */
  readonly device?: DeviceName | undefined;
  readonly isThrifty?: boolean | undefined;
  readonly announceBusy: (forMs: number) => void;
  /** Told about each run of a network, by its file, in times of performance.now. */
  readonly onRun?: ((file: string, startedAtMs: number, endedAtMs: number) => void) | undefined;
  readonly wholePictureBytes?: number;
};

const USUAL_WHOLE_PICTURE_BYTES = 2 * 1024 ** 3;

/** Checks every file before the native loader sees it. Rejects with `model.*` naming the file at fault. */
export async function openImageModel(options: OpenImageModelOptions): Promise<ImageModel> {
  const { name, folder } = options;
  const { index, family } = await readPipelineClass(name, folder);
  const schedulerConfig = await readSchedulerFile(name, folder);
  const autoencoder = await readConfig(name, folder, 'vae_decoder/config.json', autoencoderConfigSchema, true);
  const denoiserConfig = await readConfig(name, folder, 'unet/config.json', denoiserConfigSchema, true);
  const hints = await readConfig(name, folder, 'housestyle.json', hintsSchema, true);

  const parts = new OpenParts(options);
  try {
    const textReaders: TextReader[] = [];
    for (const [encoder, tokenizer] of family.textEncoders) {
      textReaders.push({
        tokenizer: await readClipTokenizer(name, folder, tokenizer),
        network: await parts.open(`${encoder}/model.onnx`),
      });
    }
    const denoiser = await parts.open('unet/model.onnx');
    const decoder = await parts.open('vae_decoder/model.onnx');
    const cellPixels = 2 ** (autoencoder.block_out_channels.length - 1);
    const denoiserChannels = denoiser.fixedSize('sample', 1) ?? denoiserConfig.in_channels ?? 4;
    const fullDecoder = FULL_DECODERS.find((file) => existsSync(join(folder, file)));
    return {
      name,
      className: index._class_name,
      family,
      textReaders,
      denoiser,
      decoder,
      openEncoder: () => parts.open(ENCODER),
      openFullDecoder: async () => (fullDecoder === undefined ? null : parts.open(fullDecoder)),
      schedulerConfig,
      hints,
      autoencoder,
      cellPixels,
      close: () => parts.close(),
      latentChannels:
        decoder.fixedSize('latent_sample', 1) ?? autoencoder.latent_channels ?? denoiserConfig.out_channels ?? 4,
      denoiserChannels,
      latentScale: autoencoder.scaling_factor ?? family.usualLatentScale,
      trainedEdge: (denoiserConfig.sample_size ?? 64) * cellPixels,
      denoiserHalvings: (denoiserConfig.block_out_channels?.length ?? 4) - 1,
      guidanceEmbedding: denoiser.hasInput('timestep_cond')
        ? (denoiser.fixedSize('timestep_cond', 1) ?? denoiserConfig.time_cond_proj_dim ?? 256)
        : null,
      zeroesEmptyPrompt: index.force_zeros_for_empty_prompt ?? family.name === 'sdxl',
      isThrifty: options.isThrifty === true,
      wholePictureBytes: options.isThrifty ? 0 : (options.wholePictureBytes ?? USUAL_WHOLE_PICTURE_BYTES),
    };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** What the model says it is. @throws model.wrongKind for a pipeline that nothing here runs */
export async function readPipelineClass(name: string, folder: string) {
  const index = await readConfig(name, folder, 'model_index.json', modelIndexSchema);
  const family = findFamily(index._class_name);
  if (family === null) throw refuseClass(name, index._class_name);
  return { index, family };
}

/** The model's graphs by file, each opened once and closed together. */
class OpenParts {
  readonly #options: OpenImageModelOptions;
  readonly #opened = new Map<string, Promise<OnnxNetwork>>();

  constructor(options: OpenImageModelOptions) {
    this.#options = options;
  }

  open(file: string): Promise<OnnxNetwork> {
    const known = this.#opened.get(file);
    if (known !== undefined) return known;
    const opening = this.#openFile(file);
    this.#opened.set(file, opening);
    opening.catch(() => this.#opened.delete(file));
    return opening;
  }

  async #openFile(file: string): Promise<OnnxNetwork> {
    const { name, folder, threads, device, isThrifty, announceBusy, onRun } = this.#options;
    const path = join(folder, file);
    await checkOnnxFile(name, path, file);
    return openNetwork(name, file, {
      path,
      threads,
      device,
      isThrifty,
      announceBusy,
      onRun: (startedAtMs, endedAtMs) => onRun?.(file, startedAtMs, endedAtMs),
    });
  }

  async close(): Promise<void> {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const part of await Promise.allSettled(opened)) if (part.status === 'fulfilled') await part.value.close();
  }
}

function refuseClass(model: string, found: string): StudioError {
  const wanted = 'a Stable Diffusion (1, 2, XL, Turbo, inpainting) or latent consistency pipeline';
  return new StudioError('model.wrongKind', `"${model}" is a ${found}; the image engine runs ${wanted}.`, {
    model,
    found,
    wanted,
  });
}
