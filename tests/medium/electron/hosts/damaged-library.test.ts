import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectSqlite } from '../../../../electron/library/database/sqlite-connection.ts';
import { makeBriefText, openTestLibrary } from '../../../support/library-fixtures.ts';

const support = join(import.meta.dirname, '..', '..', '..', 'support', 'studio');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-damaged-'));
  const library = openTestLibrary(folder);
  library.briefs.create(makeBriefText());
  library.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const listNames = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted((a, b) => (a < b ? -1 : 1));

const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(support, script), ...args], {
    encoding: 'utf8',
    timeout: 50_000,
  });

const damages: readonly (readonly [string, () => void, RegExp])[] = [
  [
    'of an impossible version',
    () => {
      const connection = connectSqlite(join(folder, 'library.db'), 'write');
      connection.pragma('user_version = -7');
      connection.close();
    },
    /version -7, which no program writes/,
  ],
  [
    'that is a folder',
    () => {
      rmSync(join(folder, 'library.db'));
      mkdirSync(join(folder, 'library.db'));
    },
    /library\.db is a folder/,
  ],
];

it.each(damages)('a database %s is told with its remedy on the command line', (_name, damage, what) => {
  damage();
  const before = listNames();
  const { status, stderr } = run('fake-cli.ts', '5', 'fsck', '--library', folder);
  expect(status).not.toBe(0);
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(/fsck --restore[\s\S]*\(library\.damaged\)/);
  expect(stderr).not.toMatch(/\n +at /);
  expect(listNames()).toEqual(before);
});

it.each(damages)(
  'a database %s is told to the desktop shell, which starts no second studio on it',
  (_n, damage, what) => {
    damage();
    const { status, stdout } = run('refused-desktop.ts', '--library', folder, '--node', process.execPath);
    expect(JSON.parse(stdout)).toEqual({
      type: 'refused',
      message: expect.stringMatching(what),
      remedy: expect.stringMatching(/fsck --restore/),
    });
    expect(status).toBe(1);
  },
);
