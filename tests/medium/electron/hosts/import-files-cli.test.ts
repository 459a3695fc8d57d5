import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import { openTestLibrary } from '../../../support/library-fixtures.ts';
import { makePhotograph } from '../../../support/own-files.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const PICTURES = 30;
let folder = '';
let library = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'import-cli-'));
  library = join(folder, 'library');
  mkdirSync(join(folder, 'shoot'));
  for (let number = 0; number < PICTURES; number += 1)
    writeFileSync(join(folder, 'shoot', `photo ${number}.jpg`), await makePhotograph(number * 7));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(...args: string[]): ChildProcess {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '{}', 'import-files', ...args, '--library', library],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

async function run(...args: string[]) {
  const child = start(...args);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

function countImported(): number {
  if (!existsSync(join(library, 'library.db'))) return 0;
  try {
    const connection = new Database(join(library, 'library.db'), { readonly: true });
    try {
      return Number(connection.prepare('SELECT count(*) FROM imported_files').pluck().get());
    } finally {
      connection.close();
    }
  } catch {
    // The tables are not there yet.
    return 0;
  }
}

describe('import-files', () => {
  it('brings a folder in, says what it did, and takes nothing twice', async () => {
    writeFileSync(join(folder, 'shoot', 'broken.png'), 'no picture');
    const first = await run('shoot', '--json');
    expect(first.code).toBe(3);
    expect(JSON.parse(first.out)).toMatchObject({
      added: PICTURES,
      known: 0,
      restored: 0,
      refused: 1,
      reasons: ['broken.png: it is neither a picture nor a sound nor a document that can be brought in.'],
      leftOutCount: 0,
    });
    rmSync(join(folder, 'shoot', 'broken.png'));
    const again = await run('shoot');
    expect({ code: again.code, err: again.code === 0 ? '' : again.err }).toEqual({ code: 0, err: '' });
    expect(again.out).toMatch(/added +0\n +there already +30/);
  }, 60_000);

  it('says what is wrong with a path and with a campaign', async () => {
    const nothing = await run('nowhere');
    expect([nothing.code, nothing.err]).toEqual([
      2,
      expect.stringContaining('There is nothing to bring in. nowhere: there is no such file'),
    ]);
    const brief = await run('shoot', '--brief', 'Autumn', '--json');
    expect([brief.code, JSON.parse(brief.out)]).toEqual([
      2,
      { error: expect.objectContaining({ code: 'brief.notFound' }) },
    ]);
  }, 60_000);

  it('goes on after a kill in the middle: every file is there once', async () => {
    const child = start('shoot');
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (child.exitCode === null && countImported() < 5) await pause(5);
    child.kill('SIGKILL');
    await ended;
    const again = await run('shoot', '--json');
    expect(again.code).toBe(0);
    const { added, known } = JSON.parse(again.out) as { added: number; known: number };
    expect(added + known).toBe(PICTURES);
    using opened = openTestLibrary(library);
    const ids = opened.assets.ids(assetFilterSchema.parse({ origins: ['imported'] }), 'oldest');
    const hashes = ids
      .map((id) => opened.assets.get(id))
      .map((asset) => (asset.origin === 'imported' ? asset.source.sha256 : ''));
    expect([ids.length, new Set(hashes).size]).toEqual([PICTURES, PICTURES]);
    expect(opened.runs.list({}).map(({ state, failed }) => [state, failed])).toEqual([
      ['finished', 0],
      ['finished', 0],
    ]);
    const { findings, temporaryFiles } = await opened.fsck({ read: 'all' });
    expect([findings, temporaryFiles]).toEqual([[], []]);
  }, 60_000);
});
