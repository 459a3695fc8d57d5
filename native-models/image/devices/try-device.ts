import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import type { DeviceName, DeviceReport } from '../../../electron/contract/devices.ts';
import { withoutFolders } from '../../host/engine-errors.ts';
import { makeF16Tensor, toFloat32 } from '../half-floats.ts';
import { describeProviders } from '../providers.ts';
import { writeTrialModel, type TrialType } from './trial-model.ts';

/** As the runtime's profile names them. */
const PROFILE_NAMES: Record<DeviceName, string> = {
  cpu: 'CPUExecutionProvider',
  cuda: 'CUDAExecutionProvider',
  webgpu: 'WebGpuExecutionProvider',
  dml: 'DmlExecutionProvider',
  coreml: 'CoreMLExecutionProvider',
};
/** Large enough for a graphics card to win over the way to it and back. */
const EDGE = 512;
const ROUNDS = 3;
/** A round this long has shown enough. */
const SLOW_MS = 500;
/** Each entry of the product of all-ones and all-halves. */
const EXPECTED = EDGE / 2;

const profileSchema = z.array(z.object({ args: z.object({ provider: z.string().optional() }).optional() }));

/**
 * Runs a network of one operation on a device and reads from the runtime's own profile who ran it: asking is not enough, because the
 * runtime drops providers that it does not have and goes on with the processor. May end the process, where a driver is broken.
 */
export async function tryDevice(device: DeviceName, threads: number): Promise<DeviceReport> {
  const blank = { device, runsFloat16: false, trialMs: null, totalMiB: null, freeMiB: null };
  try {
    const single = await runTrial(device, threads, 'float32');
    if (!single.providers.has(PROFILE_NAMES[device])) {
      const problem = `the runtime took ${[...single.providers].join(', ') || 'nothing'} instead`;
      return { ...blank, isProven: false, problem };
    }
    if (Math.abs(single.value / EXPECTED - 1) > 1e-3)
      return { ...blank, isProven: false, problem: `it computed ${single.value} where ${EXPECTED} is right` };
    return {
      ...blank,
      isProven: true,
      problem: null,
      trialMs: single.bestMs,
      runsFloat16: await runsFloat16(device, threads),
    };
  } catch (error) {
    return { ...blank, isProven: false, problem: describe(error) };
  }
}

async function runsFloat16(device: DeviceName, threads: number): Promise<boolean> {
  try {
    const half = await runTrial(device, threads, 'float16');
    return half.providers.has(PROFILE_NAMES[device]) && Math.abs(half.value / EXPECTED - 1) < 1e-2;
  } catch {
    // A device without 16-bit floats says so by failing; it runs 32-bit models all the same.
    return false;
  }
}

type Trial = { readonly providers: ReadonlySet<string>; readonly bestMs: number; readonly value: number };

async function runTrial(device: DeviceName, threads: number, type: TrialType): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-trial-'));
  try {
    const session = await InferenceSession.create(writeTrialModel(EDGE, type), {
      ...describeProviders(device),
      intraOpNumThreads: threads,
      logSeverityLevel: 4,
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
    });
    const make = (value: number): Tensor => {
      const values = new Float32Array(EDGE * EDGE).fill(value);
      return type === 'float16' ? makeF16Tensor(values, [EDGE, EDGE]) : new Tensor('float32', values, [EDGE, EDGE]);
    };
    const feeds = { a: make(1), b: make(0.5) };
    let [bestMs, value] = [Number.POSITIVE_INFINITY, Number.NaN];
    // The first round compiles kernels and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const startedAtMs = performance.now();
      const { c } = await session.run(feeds);
      if (c !== undefined) value = toFloat32(c).at(-1) ?? Number.NaN;
      const tookMs = performance.now() - startedAtMs;
      if (round > 0) bestMs = Math.min(bestMs, tookMs);
      if (round > 0 && tookMs > SLOW_MS) break;
    }
    session.endProfiling();
    await session.release();
    return { providers: readProviders(folder), bestMs, value };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readProviders(folder: string): Set<string> {
  const providers = new Set<string>();
  for (const name of readdirSync(folder)) {
    const events = profileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    for (const { args } of events) if (args?.provider) providers.add(args.provider);
  }
  return providers;
}

function describe(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  // The runtime puts its source line and the failed check before the sentence that says something.
  const sentence = reason.replaceAll(/\s+/g, ' ').replace(/^.*\bwas false\. /, '');
  return withoutFolders(sentence.trim()).slice(0, 300);
}
