import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BatchId } from '../../electron/contract/identifiers.ts';
import type { HostStudio } from '../../electron/hosts/open-host-studio.ts';
import { retryFailedJobs } from '../../electron/studio/jobs/control-run.ts';
import { pause } from '../../electron/studio/streams/watch-value.ts';
import { countOutcome, isAlive, openFakeStudio, percentile, startProofBatch } from '../proof/fake-studio.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const IMAGE_MS = 15;
const POLL_MS = 4;
/** An engine whose host is gone must be gone after this time. */
const ORPHAN_MS = 3_000;
const full = { images: 1100, engineKills: 800, hostKills: 200 };
const small = { images: 15, engineKills: 5, hostKills: 2 };

/** Kills the image engine, then the whole host, again and again while a batch runs. Every image must be there once in the end. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small: isSmall } = options;
  const progress = (text: string) => options.progress(text);
  const size = isSmall ? small : full;
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-kills-'));
  try {
    const engine = await killEngines(folder, size, progress);
    const host = await killHosts(folder, size.hostKills, progress);
    const outcome = await finish(folder, engine.batchId);
    return {
      kills: engine.restartsMs.length + host.kills,
      images: size.images,
      ...outcome,
      restartP95Ms: percentile(engine.restartsMs, 0.95),
      restartP50Ms: percentile(engine.restartsMs, 0.5),
      engineKills: engine.restartsMs.length,
      hostKills: host.kills,
      orphans: host.orphans,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type EngineKills = { readonly batchId: BatchId; readonly restartsMs: number[] };

async function killEngines(
  folder: string,
  { images, engineKills }: typeof full,
  progress: (text: string) => void,
): Promise<EngineKills> {
  const opened = await openFakeStudio(folder, IMAGE_MS);
  const { context } = opened.studio;
  const batchId = await startProofBatch(context, images);
  const restartsMs: number[] = [];
  try {
    while (restartsMs.length < engineKills) {
      const doneBefore = context.library.batches.get(batchId).done;
      // One that ended with failures is not at its end: what was set aside is tried again.
      const isFinished = () => {
        const { state, failed } = context.library.batches.get(batchId);
        return state === 'finished' && failed === 0;
      };
      await until(
        () => context.library.batches.get(batchId).done > doneBefore || isFinished(),
        () => helpQueue(opened, batchId),
      );
      if (isFinished()) break;
      await pause(Math.random() * 2 * IMAGE_MS);
      const restartMs = await killOnce(opened, batchId);
      if (restartMs !== null) restartsMs.push(restartMs);
      if (restartsMs.length % 10 === 0)
        progress(`${restartsMs.length} engine kills, ${context.library.batches.get(batchId).done} images`);
    }
  } finally {
    await opened.close();
  }
  return { batchId, restartsMs };
}

/** Milliseconds until another process works on a picture. Null when there was nothing to kill. */
async function killOnce(opened: HostStudio, batchId: BatchId): Promise<number | null> {
  const victim = opened.engines.processId('image');
  if (victim === null) return null;
  const beganAtMs = performance.now();
  process.kill(victim, 'SIGKILL');
  const isBack = () => {
    const processId = opened.engines.processId('image');
    return (
      processId !== null &&
      processId !== victim &&
      opened.engines.status().some(({ kind, state }) => kind === 'image' && state === 'working')
    );
  };
  await until(
    () => isBack() || opened.studio.context.library.batches.get(batchId).state === 'finished',
    () => helpQueue(opened, batchId),
  );
  return performance.now() - beganAtMs;
}

/** What a person would do: restart an engine whose breaker opened, and try jobs again that were set aside. */
async function helpQueue({ engines, studio: { context } }: HostStudio, batchId: BatchId): Promise<void> {
  if (context.gates.sentence() !== null) {
    await engines.restart('image');
    context.gates.open();
  }
  const { state, failed } = context.library.batches.get(batchId);
  if (state === 'finished' && failed > 0) retryFailedJobs(context, batchId);
}

async function until(isTrue: () => boolean, help: () => Promise<void>): Promise<void> {
  while (!isTrue()) {
    await help();
    await pause(POLL_MS);
  }
}

async function killHosts(
  folder: string,
  wanted: number,
  progress: (text: string) => void,
): Promise<{ kills: number; orphans: number }> {
  const engines: number[] = [];
  let kills = 0;
  while (kills < wanted) {
    const host = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(root, 'scripts', 'proof', 'kill-host.ts'),
        folder,
        String(IMAGE_MS),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = new Promise<void>((resolve) => host.once('exit', () => resolve()));
    let first: number | null = null;
    let isFinished = false;
    for await (const line of createInterface({ input: host.stdout })) {
      const [word, value] = line.split(' ');
      if (word === 'engine') engines.push(Number(value));
      if (word === 'finished') isFinished = true;
      if (word !== 'done') continue;
      first ??= Number(value);
      // At least one image of progress for each life, so that the proof comes to an end.
      if (Number(value) <= first) continue;
      await pause(Math.random() * 2 * IMAGE_MS);
      host.kill('SIGKILL');
      break;
    }
    await exited;
    if (isFinished) break;
    kills += 1;
    progress(`${kills} host kills`);
  }
  await pause(ORPHAN_MS);
  return { kills, orphans: engines.filter(isAlive).length };
}

async function finish(folder: string, batchId: BatchId): Promise<{ lost: number; doubled: number; damage: number }> {
  const opened = await openFakeStudio(folder, IMAGE_MS);
  const { context } = opened.studio;
  try {
    await until(
      () => {
        const { state, failed } = context.library.batches.get(batchId);
        return state === 'finished' && failed === 0;
      },
      () => helpQueue(opened, batchId),
    );
    const { findings } = await context.library.fsck({ read: 'all' });
    return { ...countOutcome(context, batchId), damage: findings.length };
  } finally {
    await opened.close();
  }
}
