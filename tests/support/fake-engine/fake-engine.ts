import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  engineKindSchema,
  type EngineJob,
  type EngineResult,
  type LoadRequest,
  type ModelInfo,
} from '../../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import { watchParent } from '../../../native-models/host/parent-watch.ts';
import { serveEngine, type EngineBackend, type WorkContext } from '../../../native-models/host/serve-engine.ts';
import { drawFakePicture } from './fake-picture.ts';
import { writeFakeText } from './fake-text.ts';
import { embedFakeText, embedFakeRaster } from './fake-vectors.ts';

/**
 * Process entry of an engine without a model: `node fake-engine.ts <kind> [--mode m] [--image-ms n] [--text-ms n] [--load-ms n]
 * [--times n --diary file]`.
 * Modes break every run; a job whose prompt holds a marker such as "[[crash]]" breaks only itself. "cardless" loads on nothing but
 * the processor; "tight" runs out of memory unless it is told to be thrifty; "load-exit" and "load-crash" die while they load,
 * "relapse" in its first run and then while it loads. With a diary, which all processes of a kind share, the mode breaks only so many
 * times.
 */
const TROUBLES = [
  'hang',
  'exit',
  'crash',
  'oom',
  'failure',
  'garbage',
  'rubbish',
  'deaf',
  'short',
  'flood',
  'busy',
] as const;
type Trouble = (typeof TROUBLES)[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mode: { type: 'string', default: 'ok' },
    'image-ms': { type: 'string', default: '15' },
    'text-ms': { type: 'string', default: '5' },
    'load-ms': { type: 'string', default: '0' },
    times: { type: 'string' },
    diary: { type: 'string', default: '' },
  },
});
const kind = engineKindSchema.parse(positionals[0]);

let isThrifty = false;

const backend: EngineBackend = {
  build: 'fake-1',
  async load(model: LoadRequest, context: WorkContext): Promise<ModelInfo> {
    if (values.mode === 'start-hang') blockForever();
    if (values.mode === 'load-exit') process.exit(3);
    isThrifty = model.isThrifty === true;
    if ((values.mode === 'load-crash' || (values.mode === 'relapse' && countTurns() > 0)) && takesTurn())
      await makeTrouble('crash', context);
    if (values.mode === 'cardless' && model.device !== 'cpu') throw new Error('the driver has no kernel for Conv');
    await wait(Number(values['load-ms']), context.signal);
    return describeFakeModel(model);
  },
  async run(job: EngineJob, context: WorkContext): Promise<EngineResult> {
    if (values.mode === 'tight' && !isThrifty) throw new Error('bad_alloc');
    const trouble = findTrouble(job);
    if (trouble !== null) await makeTrouble(trouble, context);
    if (job.kind === 'image') return runImage(job, context, trouble);
    if (job.kind === 'text') return runText(job, context);
    return { kind: 'vision', images: job.images.map(embedFakeRaster), texts: job.texts.map(embedFakeText) };
  },
  async unload() {},
};

async function runImage(
  job: Extract<EngineJob, { kind: 'image' }>,
  context: WorkContext,
  trouble: Trouble | null,
): Promise<EngineResult> {
  const stepMs = (Number(values['image-ms']) * (values.mode === 'slow' ? 20 : 1)) / job.steps;
  for (let step = 1; step <= job.steps; step += 1) {
    await wait(stepMs, context.signal);
    const hasPreview = job.previewEvery > 0 && step % job.previewEvery === 0;
    context.reportProgress(step, job.steps, hasPreview ? drawFakePicture(job, 32, 32) : null);
  }
  const raster = drawFakePicture(job, job.width, job.height);
  if (trouble === 'short')
    return {
      kind: 'image',
      raster: { ...raster, rgb: raster.rgb.subarray(3) },
      seconds: { encode: 0, denoise: 0, decode: 0 },
    };
  return { kind: 'image', raster, seconds: { encode: 0.001, denoise: (stepMs * job.steps) / 1000, decode: 0.001 } };
}

async function runText(job: Extract<EngineJob, { kind: 'text' }>, context: WorkContext): Promise<EngineResult> {
  const startedAtMs = performance.now();
  const text = writeFakeText(job);
  const chunks = text.match(/.{1,24}/gs) ?? [];
  for (const chunk of chunks) {
    await wait(Number(values['text-ms']) / chunks.length, context.signal);
    context.sendText(chunk);
  }
  return {
    kind: 'text',
    text,
    tokens: Math.ceil(text.length / 4),
    firstTokenMs: 1,
    durationMs: performance.now() - startedAtMs,
  };
}

function findTrouble(job: EngineJob): Trouble | null {
  const text = job.kind === 'image' ? job.prompt : job.kind === 'text' ? job.user : job.texts.join(' ');
  const marked = TROUBLES.find((trouble) => text.includes(`[[${trouble}]]`));
  if (marked !== undefined) return marked;
  const mode = values.mode === 'relapse' && countTurns() === 0 ? 'crash' : values.mode;
  return TROUBLES.find((trouble) => trouble === mode && takesTurn()) ?? null;
}

function countTurns(): number {
  return existsSync(values.diary) ? readFileSync(values.diary, 'utf8').length : 0;
}

/** Whether the mode breaks this time too, written down before it does. */
function takesTurn(): boolean {
  if (values.times === undefined) return true;
  if (countTurns() >= Number(values.times)) return false;
  appendFileSync(values.diary, '.');
  return true;
}

async function makeTrouble(trouble: Trouble, context: WorkContext): Promise<void> {
  if (trouble === 'hang') blockForever();
  if (trouble === 'exit') process.exit(3);
  if (trouble === 'crash') {
    console.error('fake engine: invalid memory access in /opt/models/unet.onnx');
    process.kill(process.pid, 'SIGSEGV');
  }
  if (trouble === 'oom') {
    writeSync(2, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n');
    process.abort();
  }
  if (trouble === 'failure')
    throw new StudioError('engine.outOfMemory', 'The image engine ran out of memory.', {
      kind,
      neededMiB: 900,
      freeMiB: 100,
      holders: [],
    });
  if (trouble === 'garbage') (context.reportProgress as (...values: unknown[]) => void)('a', 'b', 'c');
  if (trouble === 'rubbish') writeSync(3, Buffer.from([8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
  if (trouble === 'flood') await flood();
  if (trouble === 'busy') await standStill(context);
  if (trouble === 'deaf') await new Promise(() => {});
}

/** 120 MB of output, as fast as the studio takes it. */
async function flood(): Promise<void> {
  for (let line = 0; line < 120_000; line += 1) {
    if (!process.stdout.write(`${line} ${'x'.repeat(1000)}\n`)) await once(process.stdout, 'drain');
  }
}

/** As a native load does: announced, begun a little later, and longer than a silent engine may be. */
async function standStill(context: WorkContext): Promise<void> {
  context.announceBusy(5000);
  await wait(1200, context.signal);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
}

function blockForever(): never {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

function describeFakeModel(model: LoadRequest): ModelInfo {
  return {
    name: model.name,
    hash: model.hash,
    family: 'fake',
    sizeBytes: 1_000_000,
    device: model.device,
    engineBuild: 'fake-1',
    image:
      kind === 'image'
        ? {
            steps: 4,
            guidance: 3,
            scheduler: 'ddim',
            sizes: [
              [256, 256],
              [320, 400],
              [256, 448],
              [448, 256],
            ],
            sizeMultiple: 8,
          }
        : null,
    contextTokens: kind === 'text' ? 2048 : null,
  };
}

watchParent();
serveEngine(kind, backend);
