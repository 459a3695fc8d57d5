import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engines } from '../../../../electron/engines/engine-client.ts';
import { createFakeEngines, createFakeEntries } from '../../../support/fake-engine/create-fake-engines.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'housestyle-devices-'));
const opened: Engines[] = [];
afterEach(async () => {
  for (const engines of opened.splice(0)) await engines[Symbol.asyncDispose]();
});

/** A studio whose trial of devices prints this. */
function open(mode: string, printed: string): Engines {
  const script = join(folder, `trial-${opened.length}-${mode}.mjs`);
  writeFileSync(script, `console.log(${JSON.stringify(printed)});`);
  const entries = { ...createFakeEntries({ mode }), devices: { script, args: [] } };
  const engines = createFakeEngines({}, { entries });
  opened.push(engines);
  return engines;
}

const CARD = {
  device: 'webgpu',
  isProven: true,
  runsFloat16: false,
  trialMs: 1,
  problem: null,
  totalMiB: null,
  freeMiB: null,
};

describe('the device of an image engine', () => {
  it('comes from the trial, and model info and status say why', async () => {
    const engines = open('ok', `a warning of the runtime\n${JSON.stringify([CARD])}`);
    const info = await engines.image.ensureLoaded();
    expect(info).toMatchObject({ device: 'webgpu', deviceReason: expect.stringContaining('WebGPU, trial in 1.0 ms') });
    const status = engines.status().find(({ kind }) => kind === 'image');
    expect(status?.deviceNotes).toEqual([info.deviceReason]);
    expect((await engines.text.ensureLoaded()).device).toBe('cpu');
    // Its memory cannot be read, so it stands in the books of main memory before the load.
    expect(engines.ledgers().map(({ device }) => device)).toEqual(['cpu']);
  });

  it('is the processor, with the reason, when the trial answers nonsense', async () => {
    const engines = open('ok', 'no JSON at all');
    expect(await engines.image.ensureLoaded()).toMatchObject({
      device: 'cpu',
      deviceReason: expect.stringContaining('the trial of the other devices failed'),
    });
  });

  it('falls back to the processor when the card cannot load the model, and says so', async () => {
    const engines = open('cardless', JSON.stringify([CARD]));
    expect((await engines.image.ensureLoaded()).device).toBe('cpu');
    const result = await engines.image.run(makeImageJob());
    expect(result.notes).toEqual([expect.stringContaining('webgpu was given up for the processor')]);
    expect(engines.ledgers()[0]?.reservations.length).toBe(1);
  });

  it('makes the picture thriftily when memory runs out, and says so', async () => {
    const engines = open('tight', '[]');
    const result = await engines.image.run(makeImageJob());
    expect(result.raster.width).toBe(64);
    expect(result.notes).toEqual([expect.stringContaining('Memory ran out on cpu')]);
    expect((await engines.image.run(makeImageJob())).notes?.length).toBe(1);
  });

  it('cleans up after itself', () => rmSync(folder, { recursive: true, force: true }));
});
