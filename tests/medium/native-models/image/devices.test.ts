import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { deviceReportSchema, deviceReportsSchema } from '../../../../electron/contract/devices.ts';

const run = promisify(execFile);
const ENGINE = fileURLToPath(new URL('../../../../native-models/host/engine.ts', import.meta.url));
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const hasSwiftShader =
  existsSync(SWIFTSHADER) &&
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].some((path) => existsSync(join(path, 'libvulkan.so.1')));

async function tryDevices(names: string[], env: Record<string, string> = {}): Promise<unknown> {
  const { stdout } = await run(process.execPath, [ENGINE, 'devices', ...names], { env: { ...process.env, ...env } });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

describe('engine.ts devices', () => {
  it('proves the processor by the profile of a run', { timeout: 60_000 }, async () => {
    const report = deviceReportSchema.parse(await tryDevices(['cpu']));
    expect(report).toMatchObject({ device: 'cpu', isProven: true, problem: null, runsFloat16: true });
    expect(report.trialMs).toBeGreaterThan(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'sees through a runtime that drops a provider and goes on without it',
    { timeout: 60_000 },
    async () => {
      expect(deviceReportSchema.parse(await tryDevices(['dml']))).toMatchObject({
        isProven: false,
        problem: 'the runtime took CPUExecutionProvider instead',
      });
    },
  );

  it('reports every device that the runtime has', { timeout: 120_000 }, async () => {
    for (const report of deviceReportsSchema.parse(await tryDevices(['all']))) {
      expect(report.isProven).toBe(report.problem === null);
    }
  });

  it.skipIf(!hasSwiftShader)(
    `runs on WebGPU, where Chromium's SwiftShader and libvulkan are installed`,
    { timeout: 180_000 },
    async () => {
      const env = { VK_ICD_FILENAMES: SWIFTSHADER, XDG_RUNTIME_DIR: mkdtempSync(join(tmpdir(), 'housestyle-xdg-')) };
      const report = deviceReportSchema.parse(await tryDevices(['webgpu'], env));
      expect(report).toMatchObject({ device: 'webgpu', isProven: true, runsFloat16: false, problem: null });
    },
  );
});
