import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  AutoProcessor,
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  env,
  RawImage,
  type Tensor,
} from '@huggingface/transformers';
import { z } from 'zod';
import type { LoadRequest, Raster } from '../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import { withoutFolders } from '../host/engine-errors.ts';

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.useFSCache = false;
env.useBrowserCache = false;

export const VISION_RUNTIME = `transformers.js ${env.version}`;

/** Two encoders into one space: pictures and texts that belong together lie close. */
export type VisionModel = {
  readonly family: string;
  readonly sizeBytes: number;
  /** Unit-length vectors, one per picture. */
  readonly embedImages: (images: Raster[]) => Promise<Float32Array<ArrayBuffer>[]>;
  /** Unit-length vectors, one per text; what does not fit the model's window is cut. */
  readonly embedTexts: (texts: string[]) => Promise<Float32Array<ArrayBuffer>[]>;
  close(): Promise<void>;
};

const configSchema = z.object({ model_type: z.string() });
const KNOWN_TYPES = ['clip'];

export async function openVisionModel(request: LoadRequest): Promise<VisionModel> {
  const { model_type: family } = configSchema.parse(
    JSON.parse(await readFile(join(request.path, 'config.json'), 'utf8')),
  );
  if (!KNOWN_TYPES.includes(family)) {
    const wanted = 'a CLIP model';
    throw new StudioError(
      'model.wrongKind',
      `"${request.name}" is a ${family} model; the vision engine reads ${wanted}.`,
      { model: request.name, found: family, wanted },
    );
  }
  env.localModelPath = dirname(request.path);
  const id = basename(request.path);
  const options = {
    local_files_only: true,
    dtype: 'fp32' as const,
    device: 'cpu' as const,
    session_options: { intraOpNumThreads: request.threads, interOpNumThreads: 1, logSeverityLevel: 3 as const },
  };
  const processor = await AutoProcessor.from_pretrained(id, { local_files_only: true });
  const tokenizer = await AutoTokenizer.from_pretrained(id, { local_files_only: true });
  const [vision, text] = await openEncoders(request.name, id, options);
  return {
    family,
    sizeBytes: await sumSizes(request.path, ['onnx/vision_model.onnx', 'onnx/text_model.onnx']),
    embedImages: async (images) => {
      const pictures = images.map(
        ({ width, height, rgb }) =>
          new RawImage(new Uint8ClampedArray(rgb.buffer, rgb.byteOffset, rgb.length), width, height, 3),
      );
      const inputs: { pixel_values: Tensor } = await processor(pictures);
      const { image_embeds: embeds }: { image_embeds: Tensor } = await vision({ pixel_values: inputs.pixel_values });
      return splitRows(embeds);
    },
    embedTexts: async (texts) => {
      const inputs: Record<string, Tensor> = tokenizer(texts, { padding: 'max_length', truncation: true });
      const { text_embeds: embeds }: { text_embeds: Tensor } = await text(inputs);
      return splitRows(embeds);
    },
    close: async () => {
      await vision.dispose();
      await text.dispose();
    },
  };
}

type ModelOptions = Parameters<typeof CLIPVisionModelWithProjection.from_pretrained>[1];

async function openEncoders(model: string, id: string, options: ModelOptions) {
  const open = async <T>(file: string, opened: Promise<T>): Promise<T> => {
    try {
      return await opened;
    } catch (error) {
      const reason = error instanceof Error ? withoutFolders(error.message).slice(0, 200) : 'unknown reason';
      throw new StudioError(
        'model.damaged',
        `${file} of the model "${model}" cannot be loaded.`,
        { model, file, reason },
        { cause: error },
      );
    }
  };
  return [
    await open('onnx/vision_model.onnx', CLIPVisionModelWithProjection.from_pretrained(id, options)),
    await open('onnx/text_model.onnx', CLIPTextModelWithProjection.from_pretrained(id, options)),
  ] as const;
}

function splitRows(embeds: Tensor): Float32Array<ArrayBuffer>[] {
  const [rows = 0, length = 0] = embeds.dims;
  const { data } = embeds;
  if (!(data instanceof Float32Array))
    throw new TypeError(`vectors of type ${embeds.type} where 32-bit floats were expected`);
  return Array.from({ length: rows }, (_, row) => toUnitLength(data.slice(row * length, (row + 1) * length)));
}

function toUnitLength(vector: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

async function sumSizes(folder: string, files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
