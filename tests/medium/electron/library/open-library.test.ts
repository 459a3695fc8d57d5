import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembleLibrary } from '../../../../electron/library/assemble-library.ts';
import { nodeFileOperations } from '../../../../electron/library/objects/file-operations.ts';
import type { Library } from '../../../../electron/library/library.ts';
import type { Migration } from '../../../../electron/library/database/migrations/migration.ts';
import { migrations } from '../../../../electron/library/database/migrations/index.ts';
import { configureConnection, connectSqlite } from '../../../../electron/library/database/sqlite-connection.ts';
import type { Connection } from '../../../../electron/library/database/sqlite-connection.ts';
import {
  createCountingIds,
  createManualClock,
  createTestFolder,
  makeBriefText,
  openTestLibrary,
} from '../../../support/library-fixtures.ts';

const errorOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
};

/** Opens with the product's own seams and shows the connection behind them. */
function openWatched(
  folder: string,
  steps: readonly Migration[] = migrations,
): { readonly library: Library; readonly connection: Connection } {
  let connection: Connection | null = null;
  const library = assembleLibrary(
    { folder, clock: createManualClock(), newId: createCountingIds(), mode: 'write' },
    {
      operations: nodeFileOperations,
      migrations: steps,
      configure: (opened, mode) => {
        configureConnection(opened, mode);
        connection = opened;
      },
    },
  );
  if (connection === null) {
    throw new Error('no connection was configured');
  }
  return { library, connection };
}

describe('openLibrary', () => {
  it('makes a library and finds it again', () => {
    using folder = createTestFolder();
    const path = join(folder.path, 'new', 'library');
    const first = openTestLibrary(path);
    const brief = first.briefs.create(makeBriefText());
    expect(first.created).toBe(true);
    first.close();
    first.close();
    using second = openTestLibrary(path, { idStart: 100 });
    expect(second.created).toBe(false);
    expect(second.name).toBe('library');
    expect(second.briefs.get(brief.id)).toEqual(brief);
  });

  it('is durable in the same way after it is opened again', () => {
    using folder = createTestFolder();
    for (const opening of ['first', 'second', 'third']) {
      const { library, connection } = openWatched(folder.path);
      const settings = [
        'synchronous',
        'journal_mode',
        'foreign_keys',
        'trusted_schema',
        'mmap_size',
        'application_id',
      ].map((name) => connection.pragma(name, { simple: true }));
      expect(settings, opening).toEqual([2, 'wal', 1, 0, 0, 0x48535459]);
      library.close();
    }
  });

  it('keeps every table strict', () => {
    using folder = createTestFolder();
    const { library, connection } = openWatched(folder.path);
    const loose = connection
      .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    expect(loose).toEqual([]);
    library.close();
  });

  it('refuses a folder with other files and adds nothing to it', () => {
    using folder = createTestFolder();
    writeFileSync(join(folder.path, 'holiday.jpg'), '');
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({
      code: 'library.notALibrary',
      data: { what: 'holiday.jpg' },
    });
    expect(readdirSync(folder.path)).toEqual(['holiday.jpg']);
  });

  it('refuses a file in place of a folder', () => {
    using folder = createTestFolder();
    writeFileSync(join(folder.path, 'file'), '');
    expect(errorOf(() => openTestLibrary(join(folder.path, 'file')))).toMatchObject({ code: 'library.notALibrary' });
  });

  it("refuses another program's database", () => {
    using folder = createTestFolder();
    const foreign = connectSqlite(join(folder.path, 'library.db'), 'write');
    foreign.exec('CREATE TABLE notes (text)');
    foreign.close();
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({
      code: 'library.notALibrary',
      data: { what: 'library.db' },
    });
  });

  it('calls a file that is no database damaged', () => {
    using folder = createTestFolder();
    openTestLibrary(folder.path).close();
    writeFileSync(join(folder.path, 'library.db'), 'x'.repeat(10_000));
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({
      code: 'library.damaged',
      data: { what: 'library.db' },
    });
  });

  it('does not begin anew beside the objects of a library whose database is gone', async () => {
    using folder = createTestFolder();
    const library = openTestLibrary(folder.path);
    await library.store.put(new Uint8Array(10));
    library.close();
    rmSync(join(folder.path, 'library.db'));
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({
      code: 'library.damaged',
      data: { remedy: expect.stringContaining('backups') },
    });
    writeFileSync(join(folder.path, 'library.db'), '');
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({ code: 'library.damaged' });
  });

  it('names the owner to whoever comes second, and lets the next one in after it closed', () => {
    using folder = createTestFolder();
    const first = openTestLibrary(folder.path);
    expect(errorOf(() => openTestLibrary(folder.path))).toMatchObject({
      code: 'library.locked',
      data: { owner: expect.stringContaining(`process ${process.pid} on `) },
    });
    first.close();
    expect(existsSync(join(folder.path, 'owner.json'))).toBe(false);
    openTestLibrary(folder.path).close();
  });

  it('can be read while another process writes, and sees what it writes', () => {
    using folder = createTestFolder();
    using writer = openTestLibrary(folder.path);
    using reader = openTestLibrary(folder.path, { mode: 'read' });
    const brief = writer.briefs.create(makeBriefText());
    expect(reader.readOnly).toEqual({ reason: 'it was opened for reading', tooNew: null });
    expect(reader.briefs.get(brief.id)).toEqual(brief);
    expect(errorOf(() => reader.briefs.create(makeBriefText()))).toMatchObject({ code: 'library.readOnly' });
  });

  it('reads no library where there is none', () => {
    using folder = createTestFolder();
    expect(errorOf(() => openTestLibrary(folder.path, { mode: 'read' }))).toMatchObject({
      code: 'library.notALibrary',
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('opens what a newer program wrote read-only and says so', () => {
    using folder = createTestFolder();
    const { library, connection } = openWatched(folder.path);
    const brief = library.briefs.create(makeBriefText());
    connection.pragma('user_version = 9990');
    library.close();
    const before = readFileSync(join(folder.path, 'library.db'));
    using newer = openTestLibrary(folder.path);
    expect(newer.readOnly?.tooNew).toEqual({ found: 9990, supported: migrations.at(-1)?.id });
    expect(newer.briefs.get(brief.id)).toEqual(brief);
    expect(errorOf(() => newer.settings.set('a', 1))).toMatchObject({ code: 'library.readOnly' });
    expect(readFileSync(join(folder.path, 'library.db'))).toEqual(before);
  });

  it('sweeps what was never finished', () => {
    using folder = createTestFolder();
    openTestLibrary(folder.path).close();
    writeFileSync(join(folder.path, 'incoming', 'half'), 'half a picture');
    using library = openTestLibrary(folder.path);
    expect(library.readOnly).toBeNull();
    expect(readdirSync(join(folder.path, 'incoming'))).toEqual([]);
  });
});

describe('migrate', () => {
  const newest = migrations.at(-1)?.id ?? 0;
  const next: Migration = {
    id: newest + 10,
    follows: newest,
    sql: "ALTER TABLE brands ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'",
  };
  const failing: Migration = {
    id: newest + 10,
    follows: newest,
    sql: 'CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)',
  };

  it('copies a library that holds data before it changes the schema', () => {
    using folder = createTestFolder();
    const old = openTestLibrary(folder.path);
    const brief = old.briefs.create(makeBriefText());
    old.close();
    const { library, connection } = openWatched(folder.path, [...migrations, next]);
    expect(connection.pragma('user_version', { simple: true })).toBe(newest + 10);
    expect(library.briefs.get(brief.id)).toEqual(brief);
    library.close();

    const [backup, ...others] = readdirSync(join(folder.path, 'backups'));
    expect(others).toEqual([]);
    const restored = join(folder.path, 'restored');
    mkdirSync(restored);
    copyFileSync(join(folder.path, 'backups', backup ?? ''), join(restored, 'library.db'));
    using again = openTestLibrary(restored);
    expect(again.briefs.get(brief.id)).toEqual(brief);
  });

  it('leaves the old version whole when a step fails', () => {
    using folder = createTestFolder();
    openTestLibrary(folder.path).close();
    expect(errorOf(() => openWatched(folder.path, [...migrations, failing]))).toMatchObject({ code: 'SQLITE_ERROR' });
    const { library, connection } = openWatched(folder.path);
    expect(connection.pragma('user_version', { simple: true })).toBe(newest);
    expect(connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    library.close();
  });

  it('makes no backup of a new library', () => {
    using folder = createTestFolder();
    openTestLibrary(folder.path).close();
    expect(readdirSync(join(folder.path, 'backups'))).toEqual([]);
  });
});

describe('backUp', () => {
  it('writes a copy that opens, and never over an earlier one', () => {
    using folder = createTestFolder();
    using library = openTestLibrary(join(folder.path, 'library'));
    const brief = library.briefs.create(makeBriefText());
    mkdirSync(join(folder.path, 'copy'));
    const file = join(folder.path, 'copy', 'library.db');
    library.backUp(file);
    expect(errorOf(() => library.backUp(file))).toMatchObject({ code: 'delivery.targetExists' });
    using copy = openTestLibrary(join(folder.path, 'copy'));
    expect(copy.briefs.get(brief.id)).toEqual(brief);
  });
});

describe('damage', () => {
  it('shows as library.damaged while the library is in use', () => {
    using folder = createTestFolder();
    const library = openTestLibrary(folder.path);
    for (let number = 0; number < 300; number += 1) {
      library.briefs.create(makeBriefText(`Brief ${number}`));
    }
    library.close();
    truncateSync(join(folder.path, 'library.db'), 40_960);
    const error = errorOf(() => {
      using damaged = openTestLibrary(folder.path);
      damaged.briefs.list();
    });
    expect(error).toMatchObject({ code: 'library.damaged' });
  });
});
