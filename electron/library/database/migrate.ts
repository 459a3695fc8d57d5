import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { nameCopy } from '../folder/name-copy.ts';
import type { LibraryPaths } from '../folder/library-folder.ts';
import { syncFolderNow } from '../folder/library-folder.ts';
import type { Migration } from './migrations/migration.ts';
import { readNumberPragma } from './sqlite-connection.ts';
import type { Connection } from './sqlite-connection.ts';

/** "HSTY" in ASCII: tells our files from other SQLite files. */
export const APPLICATION_ID = 0x48535459;

/** The newest schema that this program writes. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.id ?? 0;
}

/** Ids of migrations have four digits and stay far below this for a lifetime; what lies above was never written by a program. */
const HIGHEST_VERSION = 99_999;

/** Whether a database that holds tables can be of a version: one of these, or one of a newer program. */
export function isPossibleVersion(version: number, migrations: readonly Migration[]): boolean {
  if (version > newestVersion(migrations)) return version <= HIGHEST_VERSION;
  return migrations.some(({ id }) => id === version);
}

/** Throws when a step does not follow the one before it. */
export function assertLinear(migrations: readonly Migration[]): void {
  let previous = 0;
  for (const { id, follows } of migrations) {
    if (follows !== previous || id <= previous) {
      throw new Error(`Migration ${id} follows ${follows}, but ${previous} comes before it.`);
    }
    previous = id;
  }
}

/**
 * Brings the schema to the newest version, each step in its own transaction together with its version number, so that a cut leaves the old or the new
 * version and nothing between. A library that holds data is copied to `backups/` first.
 */
export function migrate(
  connection: Connection,
  paths: LibraryPaths,
  migrations: readonly Migration[],
  nowMs: number,
): void {
  assertLinear(migrations);
  const found = readNumberPragma(connection, 'user_version');
  const open = migrations.filter(({ id }) => id > found);
  if (open.length === 0) {
    return;
  }
  if (found > 0) {
    backUpDatabase(connection, join(paths.backups, nameCopy(`version-${found}`, nowMs)));
  }
  for (const step of open) {
    runStep(connection, step);
  }
}

function runStep(connection: Connection, { id, sql, rebuildsTables = false }: Migration): void {
  if (rebuildsTables) {
    connection.pragma('foreign_keys = OFF');
  }
  try {
    connection
      .transaction(() => {
        connection.exec(sql);
        if (rebuildsTables) {
          assertReferences(connection, id);
        }
        connection.pragma(`application_id = ${APPLICATION_ID}`);
        connection.pragma(`user_version = ${id}`);
      })
      .immediate();
  } finally {
    if (rebuildsTables) {
      connection.pragma('foreign_keys = ON');
    }
  }
}

function assertReferences(connection: Connection, id: number): void {
  const [broken] = connection.prepare('PRAGMA foreign_key_check').all();
  if (broken !== undefined) {
    throw new Error(`Migration ${id} would leave a reference that leads nowhere: ${JSON.stringify(broken)}`);
  }
}

/** Writes a consistent copy to a file that must not exist; it appears whole or not at all. */
export function backUpDatabase(connection: Connection, file: string): void {
  if (existsSync(file)) {
    throw new StudioError('delivery.targetExists', `The backup ${file} exists already.`, { name: file });
  }
  const temporary = `${file}.new`;
  rmSync(temporary, { force: true });
  try {
    connection.prepare('VACUUM INTO ?').run(temporary);
    syncFileNow(temporary);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolderNow(dirname(file));
}

function syncFileNow(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
