import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BatchId, PlanId } from '../../electron/contract/identifiers.ts';
import type { Library } from '../../electron/library/library.ts';
import { editDeliverable } from '../../electron/studio/ideation/edit-deliverable.ts';
import { startBatch, updateWords } from '../../electron/studio/plan/control-batch.ts';
import { pause } from '../../electron/studio/streams/watch-value.ts';
import { makeProofPlan, openFakeStudio } from '../proof/fake-studio.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const IMAGE_MS = 5;

/** Lays out a large plan, kills the host in the middle of its batch, and measures how long it takes until work goes on. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const progress = (text: string) => options.progress(text);
  const cells = small ? 200 : 20_000;
  const images = small ? 5 : 60;
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-plan-'));
  try {
    const created = await create(folder, cells);
    progress(
      `${cells} cells laid out in ${Math.round(created.createMs)} ms, queued in ${Math.round(created.startMs)} ms`,
    );
    await runAndKill(folder, images);
    progress(`host killed after ${images} images`);
    const resumed = await resume(folder, cells);
    return { cells, ...created, ...resumed, ...(await changeHeadline(join(folder, 'words'), small ? 20 : 1000)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function create(folder: string, cells: number): Promise<{ createMs: number; startMs: number }> {
  const { studio, close } = await openFakeStudio(folder, IMAGE_MS);
  try {
    const { context } = studio;
    // One small plan first: the figure is about cells, not about the first use of fonts and tables.
    await makeProofPlan(context, 5);
    const beganAtMs = performance.now();
    const plan = await makeProofPlan(context, cells);
    const createdAtMs = performance.now();
    startBatch(context, plan.id, null, 'owner');
    return { createMs: createdAtMs - beganAtMs, startMs: performance.now() - createdAtMs };
  } finally {
    await close();
  }
}

async function runAndKill(folder: string, images: number): Promise<void> {
  const host = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'proof', 'kill-host.ts'), folder, String(IMAGE_MS)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  for await (const line of createInterface({ input: host.stdout })) {
    const [word, value] = line.split(' ');
    if (word === 'done' && Number(value) >= images) host.kill('SIGKILL');
  }
  await exited;
}

/** From opening the library of the dead host until a job is in hand again. */
async function resume(
  folder: string,
  cells: number,
): Promise<{ resumeMs: number; lost: number; doubled: number; done: number }> {
  const beganAtMs = performance.now();
  const { studio, close } = await openFakeStudio(folder, IMAGE_MS);
  try {
    const { context } = studio;
    while (context.runner.inHand(null).length === 0) await pause(2);
    const resumeMs = performance.now() - beganAtMs;
    const [batch] = context.library.batches.list(null, 1);
    if (!batch) throw new Error('the batch is gone');
    return { resumeMs, ...countRows(context.library, batch.id, batch.planId, cells) };
  } finally {
    await close();
  }
}

type Remade = {
  readonly remadeAfterHeadline: { art: number; compositions: number; ofConcept: number };
  remakeShare: number;
};

/** Makes a plan of two concepts, changes the headline of one, and counts the jobs that bring its pictures up to date. `remakeShare`: their time of the first batch's. */
async function changeHeadline(folder: string, cells: number): Promise<Remade & { staleMs: number }> {
  const { studio, close } = await openFakeStudio(folder, IMAGE_MS, true);
  try {
    const { context } = studio;
    const { library } = context;
    const plan = await makeProofPlan(context, cells, 2);
    const makeMs = await timeBatch(library, startBatch(context, plan.id, null, 'owner').id);
    const [conceptId] = plan.conceptIds;
    const concept = conceptId && library.deliverables.get(conceptId);
    if (!concept || concept.content.kind !== 'concept') throw new Error('the concept is gone');
    editDeliverable(context, concept.id, {
      kind: 'concept',
      concept: { ...concept.content.concept, headline: 'Said otherwise' },
    });
    const askedAtMs = performance.now();
    library.pictures.staleWords(plan.id);
    const staleMs = performance.now() - askedAtMs;
    const batch = updateWords(context, plan.id, null, 'owner');
    const remakeMs = await timeBatch(library, batch.id);
    const ends = library.runs.ends(batch.id);
    const count = (kind: string) => ends.filter((end) => end.kind === kind && end.state === 'done').length;
    const ofConcept = library.plans.cells(plan.id).filter((cell) => cell.conceptId === conceptId).length;
    return {
      remadeAfterHeadline: { art: count('picture.make'), compositions: count('picture.compose'), ofConcept },
      remakeShare: remakeMs / makeMs,
      staleMs,
    };
  } finally {
    await close();
  }
}

/** Milliseconds until the batch has ended. */
async function timeBatch(library: Library, batchId: BatchId): Promise<number> {
  const beganAtMs = performance.now();
  while (library.batches.get(batchId).finishedAtMs === null) await pause(20);
  return performance.now() - beganAtMs;
}

/** Lost: jobs that are neither done nor in line. Doubled: pictures beyond one for each finished job. */
function countRows(
  library: Library,
  batchId: BatchId,
  planId: PlanId,
  cells: number,
): { lost: number; doubled: number; done: number } {
  const { done, failed, waiting, running } = library.batches.get(batchId);
  const pictures = library.plans.cells(planId).reduce((sum, { takeCount }) => sum + takeCount, 0);
  return { lost: cells - (done + failed + waiting + running), doubled: pictures - done, done };
}
