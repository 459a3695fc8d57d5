import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageJob, ModelInfo } from '../../electron/contract/engine-protocol.ts';
import type { Plan } from '../../electron/contract/plan.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import type { HostStudio } from '../../electron/hosts/open-host-studio.ts';
import { buildImageJob } from '../../electron/studio/production/image-request.ts';
import { startBatch } from '../../electron/studio/queue/control-batch.ts';
import { watchBatch } from '../../electron/studio/queue/watch-batch.ts';
import { fakeEntries, fakeModels, makeProofPlan } from '../proof/fake-studio.ts';
import type { BenchOptions } from './bench.ts';

/** The engine alone is measured before and after the batch, so that a machine that gets slower or faster meanwhile does not decide. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const progress = (text: string) => options.progress(text);
  const images = small ? 5 : 30;
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-batch-'));
  const opened = await openHostStudio({
    libraryFolder: folder,
    withExamples: false,
    ...(small ? { engineEntries: fakeEntries(200), modelStore: fakeModels() } : {}),
  });
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
    const whole = await runBatch(opened, plan);
    progress(`batch: ${whole.toFixed(2)} s for ${images} images`);
    const after = await runEngine(opened, jobs.slice(half));
    progress(`engine alone: ${after.toFixed(2)} s for ${jobs.length - half} images`);
    return {
      ofEngineLimit: (before + after) / whole,
      imagesPerMinute: (images / whole) * 60,
      images,
      secondsPerImageAlone: (before + after) / images,
      model: model.name,
    };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function listJobs({ studio: { context } }: HostStudio, plan: Plan, model: ModelInfo): ImageJob[] {
  const { kit } = context.library.brands.version(plan.brandVersionId);
  return context.library.plans.cells(plan.id).map(({ conceptId, formatId, seed }) => {
    const { content } = context.library.deliverables.get(conceptId);
    if (content.kind !== 'concept') throw new Error('the plan is not made of concepts');
    return buildImageJob({ imagePrompt: content.concept.imagePrompt, kit, formatId, seed, model });
  });
}

/** Seconds. The next job waits in the engine's own queue, as in a batch. */
async function runEngine({ engines }: HostStudio, jobs: readonly ImageJob[]): Promise<number> {
  const beganAtMs = performance.now();
  await Promise.all(jobs.map((job) => engines.image.run(job)));
  return (performance.now() - beganAtMs) / 1000;
}

async function runBatch({ studio: { context } }: HostStudio, plan: Plan): Promise<number> {
  const beganAtMs = performance.now();
  const { id } = startBatch(context, plan.id, null);
  let failed = 0;
  for await (const state of watchBatch(context, id, undefined)) failed = state.failed;
  if (failed > 0)
    throw new Error(`${failed} images failed: ${context.library.batches.failures(id)[0]?.error.message ?? ''}`);
  return (performance.now() - beganAtMs) / 1000;
}
