import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageJob, ModelInfo } from '../../electron/contract/engine-protocol.ts';
import type { Plan } from '../../electron/contract/plan.ts';
import { defaultThreads } from '../../electron/hosts/host-defaults.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import type { HostStudioOptions } from '../../electron/hosts/host-studio-options.ts';
import type { HostStudio } from '../../electron/hosts/open-host-studio.ts';
import { buildImageJob } from '../../electron/studio/plan/image-request.ts';
import { startBatch } from '../../electron/studio/plan/control-batch.ts';
import { watchBatch } from '../../electron/studio/plan/watch-batch.ts';
import { fakeEntries, fakeModels, makeProofPlan } from '../proof/fake-studio.ts';
import type { BenchOptions } from './bench.ts';

const full = { images: 30, imagesOnDevice: 10, deviceMs: 1500 };
const small = { images: 5, imagesOnDevice: 5, deviceMs: 20 };
const SMALL_IMAGE_MS = 200;

/**
 * A whole batch, with the pictures that its checks had made again, over its engine alone, both with the same engine process and its threads (half of the processor's, `threads`; the rest is left
 * for type, report and files). The engine alone is measured before and after the batch, so that a machine that gets slower or faster meanwhile
 * does not decide. `...ProcessorSeconds` say what an image costs, whatever else the machine does. `ofDeviceLimit` is the same comparison with a
 * stand-in for a larger model on a device of its own, which takes `deviceSecondsPerImage` and none of the processor's time.
 */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const size = options.small ? small : full;
  const progress = (text: string) => options.progress(text);
  const compared = await compare(
    size.images,
    options.small ? { engineEntries: fakeEntries(SMALL_IMAGE_MS), modelStore: fakeModels() } : {},
    progress,
  );
  const onDevice = await compare(
    size.imagesOnDevice,
    { engineEntries: fakeEntries(size.deviceMs), modelStore: fakeModels() },
    progress,
  );
  return {
    ...compared,
    ofDeviceLimit: onDevice.ofEngineLimit,
    deviceSecondsPerImage: onDevice.secondsPerImageAlone,
    threads: defaultThreads(),
    cores: availableParallelism(),
    load: loadavg()[0] ?? 0,
  };
}

async function compare(images: number, engines: Partial<HostStudioOptions>, progress: (text: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-batch-'));
  const opened = await openHostStudio({ libraryFolder: folder, withExamples: false, ...engines });
  try {
    const { context } = opened.studio;
    const model = await opened.engines.image.ensureLoaded();
    // Fonts, the composing thread and the model are warm before anything is measured.
    await runBatch(opened, await makeProofPlan(context, 5));
    const plan = await makeProofPlan(context, images);
    const jobs = listJobs(opened, plan, model);
    const half = Math.ceil(jobs.length / 2);
    const before = await runEngine(opened, jobs.slice(0, half));
    progress(`engine alone: ${before.toFixed(2)} s for ${half} images`);
    const began = readProcessorSeconds(opened);
    const whole = await runBatch(opened, plan);
    const ended = readProcessorSeconds(opened);
    const made = countMade(opened, plan);
    progress(`batch: ${whole.toFixed(2)} s for ${made} images`);
    const after = await runEngine(opened, jobs.slice(half));
    progress(`engine alone: ${after.toFixed(2)} s for ${jobs.length - half} images`);
    const secondsPerImageAlone = (before + after) / images;
    return {
      ofEngineLimit: (secondsPerImageAlone * made) / whole,
      imagesPerMinute: (made / whole) * 60,
      images: made,
      cells: images,
      secondsPerImageAlone,
      studioProcessorSeconds: (ended.studio - began.studio) / made,
      engineProcessorSeconds:
        began.engine === null || ended.engine === null ? null : (ended.engine - began.engine) / made,
      model: model.name,
    };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds since the start of each process. The engine's are known on Linux only, where a tick is a hundredth. */
function readProcessorSeconds({ engines }: HostStudio): { readonly studio: number; readonly engine: number | null } {
  const { user, system } = process.cpuUsage();
  const statFile = `/proc/${engines.processId('image') ?? 0}/stat`;
  const fields = existsSync(statFile) ? readFileSync(statFile, 'utf8').split(') ')[1]?.split(' ') : undefined;
  return {
    studio: (user + system) / 1_000_000,
    engine: fields === undefined ? null : (Number(fields[11]) + Number(fields[12])) / 100,
  };
}

function listJobs({ studio: { context } }: HostStudio, plan: Plan, model: ModelInfo): ImageJob[] {
  const { kit } = context.library.brands.version(plan.brandVersionId);
  return context.library.plans.cells(plan.id).map(({ conceptId, formatId, seed }) => {
    const { content } = context.library.deliverables.get(conceptId);
    const format = context.library.formats.get(formatId);
    if (content.kind !== 'concept') throw new Error('the plan is not made of concepts');
    return buildImageJob({ imagePrompt: content.concept.imagePrompt, kit, format, seed, model });
  });
}

/** With the pictures that the closed loop made again. */
function countMade({ studio: { context } }: HostStudio, plan: Plan): number {
  return context.library.plans.cells(plan.id).reduce((sum, { takeCount }) => sum + takeCount, 0);
}

/** Seconds. The next job waits in the engine's own queue, as in a batch. */
async function runEngine({ engines }: HostStudio, jobs: readonly ImageJob[]): Promise<number> {
  const beganAtMs = performance.now();
  await Promise.all(jobs.map((job) => engines.image.run(job)));
  return (performance.now() - beganAtMs) / 1000;
}

async function runBatch({ studio: { context } }: HostStudio, plan: Plan): Promise<number> {
  const beganAtMs = performance.now();
  const { id } = startBatch(context, plan.id, null, 'owner');
  let failed = 0;
  for await (const state of watchBatch(context, id, undefined)) failed = state.failed;
  if (failed > 0)
    throw new Error(`${failed} images failed: ${context.library.batches.failures(id)[0]?.error.message ?? ''}`);
  return (performance.now() - beganAtMs) / 1000;
}
