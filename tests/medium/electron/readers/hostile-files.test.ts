import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileReader } from '../../../../electron/hosts/host-defaults.ts';
import { createFileReader } from '../../../../electron/studio/reading/file-reader.ts';
import type { FileReader } from '../../../../electron/studio/reading/file-reader.ts';

const readHostile = (name: string) =>
  new Uint8Array(
    readFileSync(fileURLToPath(new URL(`../../../support/fixtures/hostile-files/${name}`, import.meta.url))),
  );
const utf8 = (text: string) => new TextEncoder().encode(text);
const swatches = { name: 'a.gpl', bytes: utf8('GIMP Palette\n1 2 3 x') };

let reader: FileReader;
beforeAll(() => void (reader = openFileReader()));
afterAll(() => reader[Symbol.asyncDispose]());

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** The longest time in which this thread answered nobody, in milliseconds. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await work();
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
}

describe('a file that would stop the studio', { timeout: 60_000 }, () => {
  it('is a font in whose tables the parser runs in circles: refused by name while the studio answers', async () => {
    const font = {
      use: 'font',
      file: 'font-hang.woff',
      field: 'type.headline.file',
      bytes: readHostile('font-hang.woff'),
    } as const;
    const gap = await longestGap(async () => {
      await expect(reader.openKitFile(font)).rejects.toMatchObject({
        code: 'brand.invalid',
        data: { file: 'font-hang.woff', field: 'type.headline.file' },
      });
    });
    expect(gap).toBeLessThan(500);
  });

  it('is a drawing of masks in masks, 2^40 draws', async () => {
    const bytes = readHostile('logo-mask-depth-40.svg');
    const logo = { use: 'logo', file: 'logo-mask-depth-40.svg', field: 'logos[0].file', bytes } as const;
    const beganAtMs = performance.now();
    await expect(reader.openKitFile(logo)).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { file: 'logo-mask-depth-40.svg', reason: expect.any(String) },
    });
    expect(performance.now() - beganAtMs).toBeLessThan(10_000);
  });

  it.each(['guide-flate-bomb.pdf', 'guide-cycle.pdf'])(
    'is %s: told with its reason, and the other files are read',
    async (name) => {
      const { refused, findings } = await reader.readSources([{ name, bytes: readHostile(name) }, swatches]);
      expect(refused).toEqual([
        { file: name, reason: expect.stringMatching(/\w/), expected: expect.stringMatching(/\w/) },
      ]);
      expect(findings).toHaveLength(1);
    },
  );

  it('takes no later file with it', async () => {
    const { findings } = await reader.readSources([swatches]);
    expect(findings).toHaveLength(1);
  });
});

it('a reader that takes too long is ended, and whoever waits behind it gets the next one', async () => {
  const slow = openFileReader(process.execPath, { limitMs: 1 });
  const first = slow.readSources([{ name: 'a.pdf', bytes: readHostile('guide-flate-bomb.pdf') }]);
  expect((await first).refused).toMatchObject([{ file: 'a.pdf', reason: expect.stringMatching(/takes longer/) }]);
  await slow[Symbol.asyncDispose]();
});

it('a caller that leaves gets its own reason and frees the reader', async () => {
  const leave = new AbortController();
  const reading = reader.readSources([{ name: 'a.pdf', bytes: readHostile('guide-flate-bomb.pdf') }], leave.signal);
  void setTimeout(30).then(() => leave.abort(new Error('changed my mind')));
  await expect(reading).rejects.toThrow('changed my mind');
  expect((await reader.readSources([swatches])).findings).toHaveLength(1);
});

it('a caller that has left before it came costs no reader', async () => {
  const left = AbortSignal.abort(new Error('gone already'));
  await expect(reader.readSources([swatches], left)).rejects.toThrow('gone already');
});

it('a reader in a loop does not outlive the studio that started it', { timeout: 30_000 }, async () => {
  const studio = fork(fileURLToPath(new URL('../../../support/hang-a-reader.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [readerId] = (await once(studio, 'message')) as [number];
  // Time for the parser to go in circles, where it hears nothing of a closed pipe.
  await setTimeout(1_000);
  expect(isRunning(readerId)).toBe(true);
  studio.kill('SIGKILL');
  await expect.poll(() => isRunning(readerId), { timeout: 5_000 }).toBe(false);
});

it('a guide whose parser fails after it was answered takes neither its reader nor the next file with it', async () => {
  const ends: string[] = [];
  const own = openFileReader(process.execPath, { onEnd: ({ how }) => ends.push(how) });
  for (let time = 0; time < 3; time++) {
    await own.readSources([{ name: 'guide-late-failure.pdf', bytes: readHostile('guide-late-failure.pdf') }]);
    // At once, so that it comes while the first one fails.
    expect((await own.readSources([swatches])).findings).toHaveLength(1);
  }
  expect(ends).toEqual([]);
  await own[Symbol.asyncDispose]();
});

it('a reader that an earlier file ended costs the next file nothing', async () => {
  const ends: string[] = [];
  const script = fileURLToPath(new URL('../../../support/dying-reader.ts', import.meta.url));
  const dying = createFileReader({ nodePath: process.execPath, script, onEnd: ({ how }) => ends.push(how) });
  const first = await dying.readSources([swatches]);
  const second = await dying.readSources([swatches]);
  expect(second.refused).toEqual([]);
  expect(second.notes).not.toEqual(first.notes);
  expect(ends).toEqual(['ended']);
  await dying[Symbol.asyncDispose]();
});

it('refusals in order keep the reader that gave them', async () => {
  const own = openFileReader();
  const timesMs: number[] = [];
  for (let count = 0; count < 4; count++) {
    const beganAtMs = performance.now();
    await expect(own.openPicture('x.png', 'picture', utf8('no picture'))).rejects.toThrow();
    timesMs.push(performance.now() - beganAtMs);
  }
  // A new process would take as long as the first one did.
  expect(Math.min(...timesMs.slice(1))).toBeLessThan((timesMs[0] ?? 0) / 3);
  await own[Symbol.asyncDispose]();
});

it('pictures to start from are decoded there, and what is none is refused by name', async () => {
  await expect(reader.openPicture('x.png', 'picture', utf8('no picture'))).rejects.toMatchObject({
    code: 'library.unsupportedFile',
    data: { name: 'x.png' },
  });
});
