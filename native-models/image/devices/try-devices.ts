import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { listSupportedBackends } from 'onnxruntime-node';
import {
  deviceNameSchema,
  deviceReportSchema,
  type DeviceName,
  type DeviceReport,
} from '../../../electron/contract/devices.ts';
import { tryDevice } from './try-device.ts';

const run = promisify(execFile);
/** Software drivers need a while to compile their first kernels; a driver that hangs must not hold up the studio for longer. */
const TRIAL_LIMIT_MS = 60_000;
const BYTES_LIMIT = 1024 * 1024;

/** Process entry behind `engine.ts devices [name]`: tries all devices, each in a process of its own, or the named one in this one. Prints one line of JSON. */
export async function printDevices(name: string | undefined, threads: number): Promise<void> {
  const device = name === undefined ? null : deviceNameSchema.parse(name);
  const result = device === null ? await tryDevices(threads) : await tryDevice(device, threads);
  // Runtimes print warnings of their own: the result is the last line.
  process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit(0));
}

async function tryDevices(threads: number): Promise<DeviceReport[]> {
  const candidates = listSupportedBackends()
    .map(({ name }) => deviceNameSchema.safeParse(name))
    .flatMap(({ data }) => (data === undefined || data === 'cpu' ? [] : [data]));
  const reports: DeviceReport[] = [];
  // One after the other: two at once would slow each other down, and their times decide.
  for (const device of candidates) reports.push(await tryApart(device, threads));
  if (reports.some(({ isProven }) => isProven)) reports.push(await tryDevice('cpu', threads));
  return reports;
}

/** A broken driver takes down only the process that tried it. */
async function tryApart(device: DeviceName, threads: number): Promise<DeviceReport> {
  const script = process.argv[1] ?? '';
  try {
    const { stdout } = await run(process.execPath, [...process.execArgv, script, 'devices', device, String(threads)], {
      timeout: TRIAL_LIMIT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: BYTES_LIMIT,
    });
    const report = deviceReportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    return report.isProven && device === 'cuda' ? { ...report, ...(await readCardMemory()) } : report;
  } catch (error) {
    return {
      device,
      isProven: false,
      runsFloat16: false,
      trialMs: null,
      problem: describeEnd(error),
      totalMiB: null,
      freeMiB: null,
    };
  }
}

function describeEnd(error: unknown): string {
  const { killed, signal, code } = Object(error) as { killed?: boolean; signal?: string; code?: number | string };
  if (killed) return `its driver did not answer within ${TRIAL_LIMIT_MS / 1000} seconds`;
  return `its driver ended the trial (${signal ?? `code ${code ?? 'unknown'}`})`;
}

/** From the driver's own tool, which comes with it; nulls where it does not answer. */
async function readCardMemory(): Promise<Pick<DeviceReport, 'totalMiB' | 'freeMiB'>> {
  try {
    const query = ['--query-gpu=memory.total,memory.free', '--format=csv,noheader,nounits', '--id=0'];
    const { stdout } = await run('nvidia-smi', query, { timeout: 5000 });
    const [totalMiB, freeMiB] = stdout.split(',').map(Number);
    if (totalMiB === undefined || freeMiB === undefined || !(totalMiB > 0) || !(freeMiB >= 0))
      return { totalMiB: null, freeMiB: null };
    return { totalMiB, freeMiB };
  } catch {
    return { totalMiB: null, freeMiB: null };
  }
}
