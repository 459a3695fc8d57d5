import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { restoreLibrary, copyDatabase } from '../../../../electron/library/folder/backups.ts';
import { connectSqlite } from '../../../../electron/library/database/sqlite-connection.ts';
import {
  createManualClock,
  createTestFolder,
  makeBriefText,
  openTestLibrary,
  preparePlan,
} from '../../../support/library-fixtures.ts';

const NOW_MS = Date.parse('2025-03-01T10:00:00Z');

/** A library with briefs, a brand and an object that a row names, and a copy of it. */
async function makeLibrary(folder: string): Promise<void> {
  const library = openTestLibrary(folder);
  await preparePlan(library);
  for (let number = 0; number < 60; number += 1) library.briefs.create(makeBriefText(`Brief ${number}`));
  library.close();
  copyDatabase(folder, NOW_MS);
}

function setVersion(version: number): (folder: string) => void {
  return (folder) => {
    const connection = connectSqlite(join(folder, 'library.db'), 'write');
    connection.pragma(`user_version = ${version}`);
    connection.close();
  };
}

const cutTo = (bytesOf: (size: number) => number) => (folder: string) => {
  const file = join(folder, 'library.db');
  truncateSync(file, bytesOf(statSync(file).size));
};

/** Takes the log of a library that is in use. */
async function stealLog(folder: string, brandToo: boolean): Promise<void> {
  using other = createTestFolder();
  const library = openTestLibrary(other.path, { idStart: 50_000 });
  if (brandToo) await preparePlan(library);
  for (let number = 0; number < 60; number += 1) library.briefs.create(makeBriefText(`Other ${number}`));
  cpSync(join(other.path, 'library.db-wal'), join(folder, 'library.db-wal'));
  library.close();
}

const RESTORE = /fsck --restore/;
const MOVE_LOG = /Move library\.db-wal/;
const cases: readonly (readonly [
  name: string,
  damage: (folder: string) => void | Promise<void>,
  what: RegExp,
  remedy: RegExp,
])[] = [
  ...[-5, -2_147_483_648, 0, 1, 45, 2_147_483_647].map(
    (version) =>
      [
        `a database of version ${version}`,
        setVersion(version),
        new RegExp(`version ${version}, which no program writes`),
        RESTORE,
      ] as const,
  ),
  ['a database of no bytes', cutTo(() => 0), /empty or missing/, RESTORE],
  ['a database of 100 bytes', cutTo(() => 100), /library\.db/, RESTORE],
  ['a database of half its size', cutTo((size) => Math.floor(size / 2)), /library\.db/, RESTORE],
  ['a database without its last page', cutTo((size) => size - 4096), /library\.db/, RESTORE],
  [
    'a folder named library.db',
    (folder) => {
      rmSync(join(folder, 'library.db'));
      mkdirSync(join(folder, 'library.db'));
    },
    /library\.db is a folder/,
    RESTORE,
  ],
  [
    'the log of another program',
    (folder) => {
      const file = join(folder, 'foreign.db');
      const connection = connectSqlite(file, 'write');
      connection.pragma('journal_mode = WAL');
      connection.exec('CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
      cpSync(`${file}-wal`, join(folder, 'library.db-wal'));
      connection.close();
      rmSync(file);
    },
    /library\.db-wal/,
    MOVE_LOG,
  ],
  ['the log of another library', (folder) => stealLog(folder, false), /library\.db-wal/, MOVE_LOG],
  ['the log of another library with brands', (folder) => stealLog(folder, true), /library\.db-wal/, MOVE_LOG],
  [
    'no folder of objects',
    (folder) => rmSync(join(folder, 'objects'), { recursive: true }),
    /"objects" is missing/,
    /Put the folder "objects"/,
  ],
  [
    'a file named objects',
    (folder) => {
      rmSync(join(folder, 'objects'), { recursive: true });
      writeFileSync(join(folder, 'objects'), '');
    },
    /"objects" is a file/,
    /Put the folder "objects"/,
  ],
];

/** Every file with its content, but for a log that holds nothing and the index of the log, which SQLite makes anew whenever it looks. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name !== 'library.db-shm')
    .filter(({ name, parentPath }) => name !== 'library.db-wal' || statSync(join(parentPath, name)).size > 0)
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
      return `${path.slice(folder.length)} ${content}`;
    })
    .toSorted();
}

it.each(cases)('%s is refused by name with a remedy, and nothing changes', async (_name, damage, what, remedy) => {
  using folder = createTestFolder();
  await makeLibrary(folder.path);
  await damage(folder.path);
  const before = listFiles(folder.path);
  expect(() => openTestLibrary(folder.path).close()).toThrow(
    expect.objectContaining({
      code: 'library.damaged',
      data: { what: expect.stringMatching(what), remedy: expect.stringMatching(remedy) },
    }),
  );
  expect(listFiles(folder.path)).toEqual(before);
});

it.each(cases.filter(([, , , remedy]) => remedy === RESTORE))(
  '%s is mended by what the remedy says',
  async (_name, damage) => {
    using folder = createTestFolder();
    await makeLibrary(folder.path);
    await damage(folder.path);
    restoreLibrary(folder.path, createManualClock(), null);
    using library = openTestLibrary(folder.path);
    expect(library.briefs.list().length).toBeGreaterThanOrEqual(60);
  },
);

it('a log of its own is played in, as after a power cut', async () => {
  using folder = createTestFolder();
  await makeLibrary(folder.path);
  const library = openTestLibrary(folder.path, { idStart: 90_000 });
  const brief = library.briefs.create(makeBriefText('Newest'));
  using cut = createTestFolder();
  cpSync(folder.path, cut.path, { recursive: true });
  library.close();
  expect(statSync(join(cut.path, 'library.db-wal')).size).toBeGreaterThan(0);
  rmSync(join(cut.path, 'library.lock'), { force: true });
  using opened = openTestLibrary(cut.path);
  expect(opened.briefs.get(brief.id).fields.name).toBe(brief.fields.name);
});
