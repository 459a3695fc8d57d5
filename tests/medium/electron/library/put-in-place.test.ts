import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyDatabase, restoreLibrary } from '../../../../electron/library/folder/backups.ts';
import { libraryPaths } from '../../../../electron/library/folder/library-folder.ts';
import { createManualClock, createTestFolder, openTestLibrary } from '../../../support/library-fixtures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A library without a single file, and one copy of its database. */
function makeCopiedLibrary() {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  library.settings.set('name', 'Oat milk');
  const copy = copyDatabase(folder.path, clock.nowMs());
  library.settings.set('name', 'Barley milk');
  library.close();
  return {
    path: folder.path,
    paths: libraryPaths(folder.path),
    clock,
    copy,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

describe('a library that has copies and no files', () => {
  it.each(['deleted', 'emptied'])('does not begin anew when its database is %s', (how) => {
    using scene = makeCopiedLibrary();
    const { path, paths } = scene;
    if (how === 'deleted') rmSync(paths.database);
    else writeFileSync(paths.database, '');
    expect(() => openTestLibrary(path)).toThrow(
      expect.objectContaining({
        code: 'library.damaged',
        data: expect.objectContaining({ remedy: expect.stringContaining('--restore') }),
      }),
    );
  });
});

describe('restoreLibrary', () => {
  it('keeps what stood there whole, and goes on after a restore that was cut off', () => {
    using scene = makeCopiedLibrary();
    const { path, paths, clock, copy } = scene;
    const before = readFileSync(paths.database);
    writeFileSync(`${paths.database}.new`, 'half of a copy');
    rmSync(paths.database);
    expect(() => openTestLibrary(path)).toThrow(expect.objectContaining({ code: 'library.damaged' }));
    writeFileSync(paths.database, before);
    const { setAside } = restoreLibrary(path, clock, copy.name);
    expect(readFileSync(join(setAside, 'library.db')).equals(before)).toBe(true);
    expect(existsSync(`${paths.database}.new`)).toBe(false);
    using again = openTestLibrary(path, { clock });
    expect(again.settings.get('name')).toBe('Oat milk');
    again.settings.set('name', 'Rye milk');
    expect(readFileSync(join(setAside, 'library.db')).equals(before)).toBe(true);
  });

  it.runIf(process.platform !== 'win32').each([
    ['a folder', (file: string) => mkdirSync(file)],
    ['a named pipe', (file: string) => execFileSync('mkfifo', [file])],
  ])('sets %s aside that stands in the place of the database', (_what, put) => {
    using scene = makeCopiedLibrary();
    const { path, paths, clock } = scene;
    rmSync(paths.database);
    put(paths.database);
    clock.advance(DAY_MS);
    const { setAside } = restoreLibrary(path, clock);
    const kept = lstatSync(join(setAside, 'library.db'));
    expect(kept.isDirectory() || kept.isFIFO()).toBe(true);
    using again = openTestLibrary(path, { clock });
    expect(again.settings.get('name')).toBe('Oat milk');
  });
});
