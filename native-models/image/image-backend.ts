import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { EngineJob, EngineResult, LoadRequest, ModelInfo } from '../../electron/contract/engine-protocol.ts';
import type { EngineBackend, WorkContext } from '../host/serve-engine.ts';
import { openImageModel, type ImageModel } from './image-model.ts';
import { PictureMaker } from './make-picture.ts';
import { PictureTrace } from './picture-trace.ts';
import { findWeights } from './weights/find-weights.ts';
import { nameScheduler, STAND_IN_SCHEDULER } from './schedulers/scheduler-config.ts';

/** Raised whenever the pixels of a recipe change: schedulers, guidance, noise, rounding. */
const PIPELINE_VERSION = 3;
const USUAL_STEPS = 25;
const USUAL_GUIDANCE = 7.5;

export function createImageBackend(): EngineBackend {
  const build = `pipeline ${PIPELINE_VERSION}, onnxruntime ${readRuntimeVersion()}, node ${process.versions.node}, ${process.platform}-${process.arch}`;
  let maker: PictureMaker | null = null;
  let merged: NonNullable<ModelInfo['loras']> = [];
  let trace = new PictureTrace();

  async function unload(): Promise<void> {
    const old = maker;
    maker = null;
    await old?.model.close();
  }

  return {
    build,
    async load(request: LoadRequest, context: WorkContext): Promise<ModelInfo> {
      await unload();
      const { folder, loras } = await findWeights(request, context);
      const model = await openImageModel({
        name: request.name,
        folder,
        threads: request.threads,
        device: request.device,
        isThrifty: request.isThrifty === true,
        announceBusy: (forMs) => context.announceBusy(forMs),
        onRun: (file, startedAtMs, endedAtMs) => trace.add('run', file, startedAtMs, endedAtMs),
      });
      maker = new PictureMaker(model);
      merged = loras;
      return { ...(await describeImageModel(request, maker, build)), loras };
    },
    async run(job: EngineJob, context: WorkContext): Promise<EngineResult> {
      if (job.kind !== 'image' || maker === null) throw new Error('no image model is loaded');
      if (!isDeepStrictEqual(job.loras.map(nameUse), merged.map(nameUse)))
        throw new Error('the model is loaded with other LoRAs than the job wants');
      trace = new PictureTrace();
      const result = await maker.make(job, {
        signal: context.signal,
        reportProgress: (step, steps, preview) => {
          trace.endStep(step, steps);
          context.reportProgress(step, steps, preview);
        },
      });
      return { ...result, trace: trace.finish(result.seconds) };
    },
    unload,
  };
}

const nameUse = ({ name, weight }: { name: string; weight: number }) => ({ name, weight });

async function describeImageModel(request: LoadRequest, maker: PictureMaker, build: string): Promise<ModelInfo> {
  const { model } = maker;
  const { recommended } = model.hints;
  const isDistilled = model.guidanceEmbedding !== null;
  return {
    name: request.name,
    hash: request.hash,
    family: model.className,
    sizeBytes: await sumWeights(request.path),
    device: request.device,
    engineBuild: nameBuild(build, request),
    image: {
      steps: recommended?.steps ?? (isDistilled ? 4 : USUAL_STEPS),
      guidance: recommended?.guidance ?? USUAL_GUIDANCE,
      scheduler: nameScheduler(model.schedulerConfig) ?? STAND_IN_SCHEDULER,
      sizes: recommended?.sizes ?? suggestSizes(model),
      sizeMultiple: maker.sizeMultiple,
    },
    contextTokens: null,
  };
}

/** Device and thrift decide the last bits of a picture, so recipes name them where they are not the usual ones. */
function nameBuild(build: string, { device, isThrifty }: LoadRequest): string {
  return [build, ...(device === 'cpu' ? [] : [device]), ...(isThrifty ? ['thrifty'] : [])].join(', ');
}

/** The size it was trained on, and the same number of pixels upright and lying. */
function suggestSizes(model: ImageModel): [number, number][] {
  const edge = model.trainedEdge;
  const [long, short] = [Math.round((edge * 1.25) / 64) * 64, Math.round((edge * 0.8) / 64) * 64];
  return [
    [edge, edge],
    [short, long],
    [long, short],
  ];
}

async function sumWeights(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(json|txt|md|png)$/.test(entry.name))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function readRuntimeVersion(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('onnxruntime-node');
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
