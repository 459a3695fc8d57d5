import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  EngineJob,
  EngineResult,
  LoadRequest,
  ModelInfo,
  Raster,
} from '../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import type { EngineBackend, WorkContext } from '../host/serve-engine.ts';
import { openVisionModel, VISION_RUNTIME, type VisionModel } from './vision-model.ts';

const LOAD_MS = 120_000;
const RUN_MS = 60_000;
/** Pictures per native call: enough to keep the threads busy, few enough to cancel soon. */
const BATCH = 8;

export function createVisionBackend(): EngineBackend {
  const build = `${VISION_RUNTIME}, node ${process.versions.node}, ${process.platform}-${process.arch}`;
  let model: VisionModel | null = null;

  async function unload(): Promise<void> {
    const old = model;
    model = null;
    await old?.close();
  }

  return {
    build,
    async load(request: LoadRequest, context: WorkContext): Promise<ModelInfo> {
      await unload();
      await checkFolder(request);
      context.announceBusy(LOAD_MS);
      model = await openVisionModel(request);
      return {
        name: request.name,
        hash: request.hash,
        family: model.family,
        sizeBytes: model.sizeBytes,
        device: 'cpu',
        engineBuild: build,
        image: null,
        contextTokens: null,
      };
    },
    async run(job: EngineJob, context: WorkContext): Promise<EngineResult> {
      if (job.kind !== 'vision' || model === null) throw new Error('no vision model is loaded');
      const { embedImages, embedTexts } = model;
      const images = await inBatches(job.images, embedImages, context);
      const texts = await inBatches(job.texts, embedTexts, context);
      return { kind: 'vision', images, texts };
    },
    unload,
  };
}

async function inBatches<Input extends Raster | string>(
  inputs: readonly Input[],
  embed: (batch: Input[]) => Promise<Float32Array<ArrayBuffer>[]>,
  context: WorkContext,
): Promise<Float32Array<ArrayBuffer>[]> {
  const vectors: Float32Array<ArrayBuffer>[] = [];
  for (let start = 0; start < inputs.length; start += BATCH) {
    context.signal.throwIfAborted();
    context.announceBusy(RUN_MS);
    vectors.push(...(await embed(inputs.slice(start, start + BATCH))));
  }
  return vectors;
}

/** The library's own message for a missing file speaks of downloads; this one names the file. */
async function checkFolder({ name: model, path }: LoadRequest): Promise<void> {
  for (const file of ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    const text = await readFile(join(path, file), 'utf8').catch(() => null);
    if (text === null)
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
    if (!isJson(text))
      throw new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: it is not JSON.`, {
        model,
        file,
        reason: 'it is not JSON',
      });
  }
  for (const file of ['onnx/vision_model.onnx', 'onnx/text_model.onnx']) {
    const found = await stat(join(path, file)).catch(() => null);
    if (found === null)
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
