import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';
import type { EngineJob, EngineResult, LoadRequest, ModelInfo } from '../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import type { EngineBackend, WorkContext } from '../host/serve-engine.ts';
import { GgufFault, readGgufHeader, type GgufHeader } from './gguf-header.ts';
import { openTextModel, type TextModel } from './text-model.ts';

/** Loading reads the whole file; a slow disk and a large model take minutes. */
const LOAD_MS = 600_000;
/** Starting the runtime tests its binary in a process of its own. */
const START_MS = 60_000;

export function createTextBackend(): EngineBackend {
  const build = `node-llama-cpp ${readPackageVersion()}, node ${process.versions.node}, ${process.platform}-${process.arch}`;
  let llama: Llama | null = null;
  let model: TextModel | null = null;

  async function unload(): Promise<void> {
    const old = model;
    model = null;
    await old?.close();
  }

  return {
    build,
    async load(request: LoadRequest, context: WorkContext): Promise<ModelInfo> {
      await unload();
      const header = checkHeader(request);
      context.announceBusy(START_MS);
      llama ??= await startRuntime(request);
      context.announceBusy(LOAD_MS);
      model = await openTextModel(llama, request, header);
      return {
        name: request.name,
        hash: request.hash,
        family: header.architecture.slice(0, 100),
        sizeBytes: header.sizeBytes,
        device: llama.gpu === false ? 'cpu' : llama.gpu,
        engineBuild: `${build}, llama.cpp ${llama.llamaCppRelease.release}`.slice(0, 200),
        image: null,
        contextTokens: model.contextTokens,
      };
    },
    async run(job: EngineJob, context: WorkContext): Promise<EngineResult> {
      if (job.kind !== 'text' || model === null) throw new Error('no text model is loaded');
      return model.write(job, context);
    },
    unload,
  };
}

/** The thread limit is part of the runtime, so it is the one of the first load. */
function startRuntime(request: LoadRequest): Promise<Llama> {
  return getLlama({
    gpu: request.device === 'cuda' ? 'cuda' : false,
    build: 'never',
    skipDownload: true,
    maxThreads: request.threads,
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => console.error(message),
  });
}

/** The native loader never sees a file that fails this. */
function checkHeader(request: LoadRequest): GgufHeader {
  const file = request.path.split(/[\\/]/).at(-1) ?? '';
  try {
    return readGgufHeader(request.path);
  } catch (error) {
    if (error instanceof GgufFault) {
      throw new StudioError(
        'model.damaged',
        `${file} of the model "${request.name}" cannot be used: ${error.message}.`,
        { model: request.name, file, reason: error.message },
      );
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new StudioError('model.fileMissing', `The model "${request.name}" lacks ${file}.`, {
        model: request.name,
        file,
      });
    }
    throw error;
  }
}

function readPackageVersion(): string {
  const entry = createRequire(import.meta.url).resolve('node-llama-cpp');
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
