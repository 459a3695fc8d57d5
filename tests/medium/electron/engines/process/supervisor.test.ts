import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { isStudioError, type StudioError } from '../../../../../electron/contract/errors.ts';
import type { EnginesOptions } from '../../../../../electron/engines/create-engines.ts';
import type { Engines } from '../../../../../electron/engines/engine-client.ts';
import { createFakeEngines, type FakeEngineOptions } from '../../../../support/fake-engine/create-fake-engines.ts';
import { makeImageJob, makeTextJob } from '../../../../support/fake-engine/make-jobs.ts';

/** Short, so that tests are; a heartbeat comes each second. */
const TIMES = { silenceMs: 1600, startMs: 20_000, cancelGraceMs: 400 };
const NO_BREAKER = { breakerCrashes: 100, backOffMs: [0] };
const opened: Engines[] = [];

function open(fake: FakeEngineOptions = {}, options: Partial<EnginesOptions> = {}): Engines {
  const engines = createFakeEngines(fake, { times: TIMES, limits: NO_BREAKER, ...options });
  opened.push(engines);
  return engines;
}

afterEach(async () => {
  for (const engines of opened.splice(0)) await engines[Symbol.asyncDispose]();
});

async function failureOf(promise: Promise<unknown>): Promise<StudioError> {
  const outcome = await promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
  if (!isStudioError(outcome)) throw new Error(`wanted a studio error, got ${String(outcome)}`);
  return outcome;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

async function waitUntil(isTrue: () => boolean, timeoutMs: number): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > endMs) throw new Error(`not true within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('an engine that works', () => {
  it('makes the same picture for the same job and reports each step', async () => {
    const engines = open();
    const steps: string[] = [];
    const first = await engines.image.run(makeImageJob({ previewEvery: 2 }), {
      onProgress: ({ step, preview }) => steps.push(`${step}:${preview?.width ?? '-'}`),
    });
    const second = await engines.image.run(makeImageJob());
    expect(steps).toEqual(['1:-', '2:32', '3:-', '4:32']);
    expect(Buffer.compare(first.raster.rgb, second.raster.rgb)).toBe(0);
    const other = await engines.image.run(makeImageJob({ seed: 2 }));
    expect(Buffer.compare(first.raster.rgb, other.raster.rgb)).not.toBe(0);
  });

  it('streams text that adds up to the answer', async () => {
    const engines = open();
    let streamed = '';
    const { text } = await engines.text.run(
      makeTextJob({ jsonSchema: { type: 'object', properties: { name: { type: 'string', maxLength: 40 } } } }),
      {
        onChunk: (chunk) => {
          streamed += chunk;
        },
      },
    );
    expect(streamed).toBe(text);
    expect(JSON.parse(text)).toHaveProperty('name');
  });

  it('embeds pictures and texts to unit length in the order of the job', async () => {
    const engines = open();
    const raster = { width: 4, height: 4, rgb: new Uint8Array(48).fill(90) };
    const { images, texts } = await engines.vision.run({ kind: 'vision', images: [raster], texts: ['a', 'b'] });
    expect([images.length, texts.length]).toEqual([1, 2]);
    for (const vector of [...images, ...texts]) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  it('keeps its process and model from one job to the next', async () => {
    const engines = open();
    await engines.image.run(makeImageJob());
    const processId = engines.processId('image');
    await engines.image.run(makeImageJob({ seed: 5 }));
    expect(engines.processId('image')).toBe(processId);
    expect(engines.status().find(({ kind }) => kind === 'image')).toMatchObject({
      state: 'idle',
      model: 'fake-image',
      device: 'cpu',
      restarts: 0,
      reason: null,
    });
  });

  it('shows what it does, and who holds memory, while it does it', async () => {
    const engines = open({ imageMs: 300 });
    const seen = new Set<string>();
    engines.onChange(() => seen.add(`${engines.status().find(({ kind }) => kind === 'image')?.state}`));
    const run = engines.image.run(makeImageJob(), { doing: 'Making picture 1 of 2' });
    await waitUntil(() => engines.status().some(({ state }) => state === 'working'), 5000);
    expect(engines.status().find(({ kind }) => kind === 'image')?.doing).toBe('Making picture 1 of 2');
    expect(engines.ledgers()[0]?.reservations).toMatchObject([{ holder: 'image: fake-image', kind: 'image' }]);
    await run;
    await engines.image.unload();
    expect(engines.ledgers()[0]?.reservations).toEqual([]);
    expect([...seen]).toEqual(expect.arrayContaining(['starting', 'loading', 'working']));
  });
});

describe('an engine that fails', () => {
  const troubles = [
    ['exit', 'engine.crashed'],
    ['crash', 'engine.crashed'],
    ['oom', 'engine.outOfMemory'],
    ['failure', 'engine.outOfMemory'],
    ['garbage', 'engine.badReply'],
    ['rubbish', 'engine.badReply'],
    ['short', 'engine.badReply'],
    ['hang', 'engine.hung'],
  ] as const;
  for (const [trouble, code] of troubles) {
    it(`reports ${code} for ${trouble} and makes the next picture`, async () => {
      const engines = open();
      const failure = await failureOf(engines.image.run(makeImageJob({ prompt: `[[${trouble}]]` })));
      expect(failure.code).toBe(code);
      expect(failure.data).toMatchObject({ kind: 'image' });
      expect((await engines.image.run(makeImageJob())).raster.width).toBe(64);
    });
  }

  it('may stand still as long as it announced, though a sign of life came between', async () => {
    const engines = open();
    await engines.image.ensureLoaded();
    const processId = engines.processId('image');
    expect((await engines.image.run(makeImageJob({ prompt: '[[busy]]' }))).raster.width).toBe(64);
    expect(engines.processId('image')).toBe(processId);
  });

  it('passes its last words on without folders', async () => {
    const failure = await failureOf(open().image.run(makeImageJob({ prompt: '[[crash]]' })));
    expect(failure.data).toMatchObject({
      signal: 'SIGSEGV',
      lastWords: 'fake engine: invalid memory access in unet.onnx',
    });
  });

  it('is found when the operating system stops it', async () => {
    const engines = open({ imageMs: 30_000 });
    const failure = failureOf(engines.image.run(makeImageJob()));
    await waitUntil(() => engines.status().some(({ state }) => state === 'working'), 5000);
    const processId = engines.processId('image') ?? 0;
    process.kill(processId, 'SIGSTOP');
    expect((await failure).code).toBe('engine.hung');
    await waitUntil(() => !isAlive(processId), 1000);
  });

  it('is killed from outside and comes back with its model', async () => {
    const engines = open();
    await engines.image.run(makeImageJob());
    const processId = engines.processId('image') ?? 0;
    process.kill(processId, 'SIGKILL');
    await waitUntil(
      () =>
        engines
          .status()
          .some(
            ({ kind, state, model }) =>
              kind === 'image' &&
              state === 'idle' &&
              model === 'fake-image' &&
              engines.processId('image') !== processId,
          ),
      5000,
    );
    expect(engines.status().find(({ kind }) => kind === 'image')?.restarts).toBe(1);
  });

  it('floods its output without filling the memory of the studio', async () => {
    const engines = open();
    await engines.image.run(makeImageJob());
    const before = process.memoryUsage().rss;
    await engines.image.run(makeImageJob({ prompt: '[[flood]]' }));
    // What the collector has not swept yet is allowed for; the whole flood would be 120 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
  });

  it('cannot be started where Node is missing', async () => {
    const failure = await failureOf(open({}, { nodePath: '/nowhere/node' }).image.run(makeImageJob()));
    expect(failure.code).toBe('engine.unavailable');
  });

  it('sees no variable of the environment that it does not need', async () => {
    process.env['HOUSESTYLE_TEST_SECRET'] = 'hidden';
    const script = fileURLToPath(new URL('../../../../support/fake-engine/print-environment.ts', import.meta.url));
    const failure = await failureOf(open({}, { entries: { image: { script, args: [] } } }).image.run(makeImageJob()));
    delete process.env['HOUSESTYLE_TEST_SECRET'];
    expect(failure.data).toMatchObject({ exitCode: 7, lastWords: expect.stringContaining('PATH') });
    expect(failure.data).toMatchObject({ lastWords: expect.stringContaining('ORT_DISABLE_TELEMETRY') });
    expect(JSON.stringify(failure.data)).not.toContain('HOUSESTYLE');
  });
});

describe('cancelling', () => {
  it('ends a run with the reason of the signal and keeps the process', async () => {
    const engines = open({ imageMs: 5000 });
    await engines.image.ensureLoaded();
    const processId = engines.processId('image');
    const abort = new AbortController();
    const run = engines.image.run(makeImageJob(), { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('changed my mind')), 50);
    await expect(run).rejects.toThrow('changed my mind');
    expect(engines.processId('image')).toBe(processId);
  });

  it('kills an engine that does not listen, and the next job finds a new one', async () => {
    const engines = open();
    await engines.image.ensureLoaded();
    const processId = engines.processId('image') ?? 0;
    const run = engines.image.run(makeImageJob({ prompt: '[[deaf]]' }), { signal: AbortSignal.timeout(50) });
    await expect(run).rejects.toThrow(/timeout/i);
    await waitUntil(() => !isAlive(processId), 2000);
    await engines.image.run(makeImageJob());
    expect(engines.processId('image')).not.toBe(processId);
  });

  it('takes a waiting job out of the queue at once', async () => {
    const engines = open({ imageMs: 600 });
    const first = engines.image.run(makeImageJob());
    const abort = new AbortController();
    const second = engines.image.run(makeImageJob({ seed: 2 }), { signal: abort.signal });
    const third = engines.image.run(makeImageJob({ seed: 3 }));
    abort.abort(new Error('not this one'));
    await expect(second).rejects.toThrow('not this one');
    expect((await first).kind).toBe('image');
    expect((await third).kind).toBe('image');
  });
});

describe('the breaker', () => {
  it('opens after three crashes, tells when it closes, and closes then', async () => {
    let nowMs = 1_000_000;
    const engines = open({}, { limits: { backOffMs: [0] }, now: () => nowMs });
    for (const seed of [1, 2, 3])
      expect((await failureOf(engines.image.run(makeImageJob({ prompt: '[[exit]]', seed })))).code).toBe(
        'engine.crashed',
      );
    const refusal = await failureOf(engines.image.run(makeImageJob()));
    expect([refusal.code, refusal.data]).toEqual([
      'engine.unavailable',
      { kind: 'image', reason: expect.stringContaining('ended unexpectedly'), retryAtMs: 1_300_000 },
    ]);
    expect(engines.status().find(({ kind }) => kind === 'image')?.state).toBe('broken');
    expect((await engines.text.run(makeTextJob())).kind).toBe('text');
    nowMs = 1_300_001;
    expect((await engines.image.run(makeImageJob())).kind).toBe('image');
  });

  it('closes when a person restarts the engine', async () => {
    const engines = open({}, { limits: { backOffMs: [0] } });
    for (const seed of [1, 2, 3]) await failureOf(engines.image.run(makeImageJob({ prompt: '[[exit]]', seed })));
    await engines.restart('image');
    expect(engines.status().find(({ kind }) => kind === 'image')?.state).toBe('idle');
    expect((await engines.image.run(makeImageJob())).kind).toBe('image');
  });

  it('waits longer after each crash in a row, and not after a finished run', async () => {
    const waitsMs: number[] = [];
    const limits = { breakerCrashes: 100, poisonCrashes: 100, backOffMs: [0, 250, 1000] };
    const engines = open({}, { limits, sleep: async (durationMs) => void waitsMs.push(durationMs) });
    for (const seed of [1, 2, 3, 4]) await failureOf(engines.image.run(makeImageJob({ prompt: '[[exit]]', seed })));
    await engines.image.run(makeImageJob());
    await failureOf(engines.image.run(makeImageJob({ prompt: '[[exit]]', seed: 5 })));
    await engines.image.run(makeImageJob());
    expect(waitsMs.slice(0, 3)).toEqual([250, 1000, 1000]);
    expect(waitsMs).toHaveLength(3);
  });
});

describe('a poison job', () => {
  it('is set aside after two crashes while the others finish', async () => {
    const engines = open();
    const poison = { job: makeImageJob({ prompt: '[[crash]]' }), call: { jobKey: 'job-13' } };
    const codes: string[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1)
      codes.push((await failureOf(engines.image.run(poison.job, poison.call))).code);
    expect(codes).toEqual(['engine.crashed', 'engine.poisonJob', 'engine.poisonJob', 'engine.poisonJob']);
    for (let seed = 0; seed < 20; seed += 1) await engines.image.run(makeImageJob({ seed }));
    expect((await failureOf(engines.image.run(poison.job, poison.call))).data).toEqual({ kind: 'image', crashes: 2 });
    expect(engines.status().find(({ kind }) => kind === 'image')?.restarts).toBe(2);
    await engines.restart('image');
    expect((await failureOf(engines.image.run(poison.job, poison.call))).code).toBe('engine.crashed');
  });
});

/** Room for one engine: each loaded model is missing from the free figure, as on a real machine. */
function openSmallMachine(): Engines {
  const machine: { engines: Engines | null } = { engines: null };
  const readFreeMemory = () => {
    const loaded = machine.engines?.status().filter(({ model }) => model !== null) ?? [];
    return { totalMiB: 750, freeMiB: 750 - 390 * loaded.length };
  };
  machine.engines = open({ imageMs: 300 }, { readFreeMemory });
  return machine.engines;
}

function holders(engines: Engines) {
  return engines.ledgers()[0]?.reservations.map(({ kind }) => kind);
}

describe('memory', () => {
  it('goes from an idle engine to the one that works, without anybody asking', async () => {
    const engines = openSmallMachine();
    await engines.image.run(makeImageJob());
    expect(holders(engines)).toEqual(['image']);
    await engines.text.run(makeTextJob());
    expect(holders(engines)).toEqual(['text']);
    expect((await engines.image.run(makeImageJob())).kind).toBe('image');
    expect(holders(engines)).toEqual(['image']);
  });

  it('is waited for while the other engine works', async () => {
    const engines = openSmallMachine();
    const order: string[] = [];
    const picture = engines.image.run(makeImageJob()).then(() => order.push('picture'));
    await waitUntil(() => engines.status().some(({ state }) => state === 'working'), 10_000);
    const text = engines.text.run(makeTextJob()).then(() => order.push('text'));
    await Promise.all([picture, text]);
    expect(order).toEqual(['picture', 'text']);
  });

  it('that no engine could ever have is refused with the figures', async () => {
    const engines = open({}, { readFreeMemory: () => ({ totalMiB: 500, freeMiB: 400 }) });
    const failure = await failureOf(engines.image.run(makeImageJob()));
    expect([failure.code, failure.data]).toEqual([
      'engine.outOfMemory',
      { kind: 'image', neededMiB: 386, freeMiB: 144, holders: [], begun: false },
    ]);
  });
});

describe('orphans', () => {
  for (const prompt of ['[[deaf]]', '[[hang]]']) {
    it(`leaves no engine behind when the studio is killed during ${prompt}`, async () => {
      const script = fileURLToPath(new URL('../../../../support/fake-engine/run-and-wait.ts', import.meta.url));
      const studio = spawn(process.execPath, [script, prompt], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(studio.stdout, 'data')) as [Buffer];
      const engineId = Number(line.toString());
      expect(isAlive(engineId)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 300));
      studio.kill('SIGKILL');
      await waitUntil(() => !isAlive(engineId), 3000);
    });
  }
});
