import type { ImageJob } from '../../../../electron/contract/engine-protocol.ts';
import type { NetworkInput, OnnxNetwork } from '../../onnx-network.ts';
import type { TextReader } from '../prompt-rows.ts';

/** Inputs of the denoiser, by name, that stay the same in all steps; one row each ([1, ...]). */
export type DenoiserRow = Readonly<Record<string, NetworkInput>>;

export type Conditioning = {
  readonly prompt: DenoiserRow;
  /** Of the negative prompt; null when the run needs no second opinion. Has the same names and sizes. */
  readonly negative: DenoiserRow | null;
};

/** What a prompt is read with: a part of an image model. */
export type PromptModel = {
  readonly name: string;
  readonly textReaders: readonly TextReader[];
  readonly denoiser: OnnxNetwork;
  /** Length of the guidance embedding of distilled models; null for the others. */
  readonly guidanceEmbedding: number | null;
  /** An empty negative prompt is zeros, not the encoder's answer to nothing. */
  readonly zeroesEmptyPrompt: boolean;
};

/** What tells the pipelines of one kind of model from those of another. All else is read from the model's files. */
export type Family = {
  readonly name: 'sd' | 'lcm' | 'sdxl';
  /** `_class_name` of model_index.json, without the exporter's prefix. */
  readonly classNames: readonly string[];
  /** Folders of text encoders and their tokenizers, in the order in which the denoiser expects their states. */
  readonly textEncoders: readonly (readonly [encoder: string, tokenizer: string])[];
  /** For a decoder without a configuration. */
  readonly usualLatentScale: number;
  /** From a picture, a lower strength spreads all steps over fewer noise levels instead of leaving steps out. */
  readonly spreadsStrength: boolean;
  encode(model: PromptModel, job: ImageJob): Promise<Conditioning>;
};

/** Guidance needs a second answer, without the prompt, except where it is a network's input or off. */
export function wantsNegative(model: PromptModel, job: ImageJob): boolean {
  return job.guidance > 1 && model.guidanceEmbedding === null;
}
