import { existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copyDatabase,
  findProblem,
  listCopies,
  restoreLibrary,
} from '../../../../../electron/library/folder/backups.ts';
import { libraryPaths } from '../../../../../electron/library/folder/library-folder.ts';
import { keepDailyCopies } from '../../../../../electron/studio/backups/daily-copies.ts';
import {
  completeJobs,
  createManualClock,
  createTestFolder,
  openTestLibrary,
  preparePlan,
} from '../../../../support/library-fixtures.ts';

const errorOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};
const DAY_MS = 24 * 60 * 60 * 1000;

async function makeLibrary() {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  const plan = await preparePlan(library);
  library.batches.start(plan.planId, null, 'owner');
  const made = await completeJobs(library);
  return {
    path: folder.path,
    paths: libraryPaths(folder.path),
    clock,
    library,
    plan,
    made,
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
    },
  };
}

describe('copyDatabase', () => {
  it('copies a library in use into a whole database, and keeps the newest seven days', async () => {
    using scene = await makeLibrary();
    const { path, paths, clock, library } = scene;
    for (let day = 0; day < 9; day++) {
      copyDatabase(path, clock.nowMs() + day * DAY_MS);
      library.settings.set(`day-${day}`, 'x');
    }
    const copies = listCopies(paths);
    expect(copies).toHaveLength(7);
    expect(copies[0]?.copiedAtMs).toBe(clock.nowMs() + 8 * DAY_MS);
    expect(copies.map(({ name }) => findProblem(join(paths.backups, name), { asCopy: true }))).toEqual(
      copies.map(() => null),
    );
    expect(readdirSync(paths.backups)).toHaveLength(7);
  });

  it('keeps no copy that does not hold, and says what is wrong', async () => {
    using scene = await makeLibrary();
    const { path, paths, clock, library } = scene;
    library.close();
    const bytes = readFileSync(paths.database);
    // A page in the middle: the file still opens.
    bytes.fill(0x5a, Math.floor(bytes.length / 8192) * 4096, Math.floor(bytes.length / 8192) * 4096 + 4096);
    writeFileSync(paths.database, bytes);
    expect(() => copyDatabase(path, clock.nowMs())).toThrow();
    expect(readdirSync(paths.backups)).toEqual([]);
  });
});

describe('keepDailyCopies', () => {
  it('copies once a day, in a thread, while the library is written', async () => {
    using scene = await makeLibrary();
    const { path, paths, clock, library } = scene;
    const failures: unknown[] = [];
    await using copies = keepDailyCopies({ folder: path, clock, onFailure: (error) => failures.push(error) });
    const asked = copies.copyWhenDue();
    for (let index = 0; index < 50; index++) library.settings.set(`key-${index}`, 'x');
    expect(await asked).toMatchObject({ reason: 'day', copiedAtMs: clock.nowMs() });
    clock.advance(DAY_MS - 1);
    expect(await copies.copyWhenDue()).toBeNull();
    clock.advance(1);
    expect(await copies.copyWhenDue()).toMatchObject({ copiedAtMs: clock.nowMs() });
    expect(listCopies(paths)).toHaveLength(2);
    expect(failures).toEqual([]);
  });
});

describe('restoreLibrary', () => {
  it.each([
    ['bytes overwritten in its header', (file: string) => writeFileSync(file, readFileSync(file).fill(0xff, 0, 64))],
    ['cut in half', (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
    ['deleted', (file: string) => rmSync(file)],
  ])(
    'puts the newest sound copy in the place of a database with %s, and keeps the damaged file',
    async (what, damage) => {
      using scene = await makeLibrary();
      const { path, paths, clock, library, made } = scene;
      copyDatabase(path, clock.nowMs());
      const later = copyDatabase(path, clock.nowMs() + DAY_MS);
      truncateSync(join(paths.backups, later.name), 5000);
      library.close();
      damage(paths.database);
      expect(errorOf(() => openTestLibrary(path))).toMatchObject({
        code: 'library.damaged',
        data: { remedy: expect.stringContaining('fsck --restore') },
      });

      const restored = restoreLibrary(path, clock);
      expect(restored).toMatchObject({ copiedAtMs: clock.nowMs(), skipped: [{ name: later.name }] });
      using again = openTestLibrary(path, { clock, idStart: 1_000_000 });
      expect(again.assets.summaries(made)).toHaveLength(made.length);
      expect((await again.fsck({ read: 'all' })).findings).toEqual([]);
      expect(existsSync(join(restored.setAside, 'library.db'))).toBe(what !== 'deleted');
    },
  );

  it('changes nothing while the library is open, or when no copy holds', async () => {
    using scene = await makeLibrary();
    const { path, paths, clock, library } = scene;
    const copy = copyDatabase(path, clock.nowMs());
    expect(errorOf(() => restoreLibrary(path, clock))).toMatchObject({ code: 'library.locked' });
    library.close();
    const before = readFileSync(paths.database);
    truncateSync(join(paths.backups, copy.name), 100);
    expect(errorOf(() => restoreLibrary(path, clock))).toMatchObject({
      code: 'library.damaged',
      data: { what: 'the backups folder holds no sound copy' },
    });
    expect(errorOf(() => restoreLibrary(path, clock, 'library-day-none.db'))).toMatchObject({
      code: 'library.damaged',
    });
    expect(readFileSync(paths.database).equals(before)).toBe(true);
  });
});
