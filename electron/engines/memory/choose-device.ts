import type { DeviceChoice } from './device-choice.ts';
import { deviceReportsSchema, type DeviceName, type DeviceReport } from '../../contract/devices.ts';
import { runForOutput } from '../process/run-for-output.ts';
import type { EngineEntry } from '../engine-client.ts';

const TITLES: Record<DeviceName, string> = {
  cpu: 'the processor',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  dml: 'DirectML',
  coreml: 'Core ML',
};
/** Two minutes: one trial may take a minute where a software driver compiles. */
const LIMIT_MS = 150_000;

/** Picks the fastest device that was proven to work. Software drivers pass every trial and lose by the clock. */
export function chooseDevice(reports: readonly DeviceReport[]): DeviceChoice {
  const proven = reports.filter((report) => report.isProven && report.trialMs !== null);
  const best = proven.toSorted((a, b) => (a.trialMs ?? 0) - (b.trialMs ?? 0))[0];
  const device = best?.device ?? 'cpu';
  const others = reports.filter((report) => report.device !== device);
  const why = others.map((report) => describeOther(report, best?.trialMs ?? null));
  const own = best?.trialMs == null ? '' : `, trial in ${formatMs(best.trialMs)}`;
  const rest = why.length === 0 ? 'nothing else is there' : why.join('; ');
  return { device, reason: `Runs on ${TITLES[device]}${own}: ${rest}.`.slice(0, 600), reports };
}

function describeOther({ device, isProven, trialMs, problem }: DeviceReport, bestMs: number | null): string {
  if (isProven && trialMs !== null && bestMs !== null) return `${TITLES[device]} is slower, ${formatMs(trialMs)}`;
  return `${TITLES[device]} cannot be used: ${(problem ?? 'no reason given').replace(/\.$/, '')}`;
}

function formatMs(durationMs: number): string {
  return `${durationMs < 10 ? durationMs.toFixed(1) : Math.round(durationMs)} ms`;
}

/** Has the devices tried by a process of their own. Never rejects: without an answer there is the processor, and the reason says so. */
export async function tryDevices(nodePath: string, entry: EngineEntry): Promise<DeviceChoice> {
  try {
    const output = await runForOutput(nodePath, [entry.script, ...entry.args], LIMIT_MS);
    return chooseDevice(deviceReportsSchema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? '')));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const reason = `Runs on the processor: the trial of the other devices failed (${problem}).`;
    return { device: 'cpu', reason: reason.slice(0, 600), reports: [] };
  }
}
