import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { Clock } from '../database/clock.ts';
import { putInPlace } from './put-in-place.ts';
import { libraryPaths } from './library-folder.ts';
import type { LibraryPaths } from './library-folder.ts';
import { LibraryLock } from './library-lock.ts';
import { APPLICATION_ID, backUpDatabase, isPossibleVersion, newestVersion } from '../database/migrate.ts';
import { migrations } from '../database/migrations/index.ts';
import { nameCopy } from './name-copy.ts';
import { RESTORE_REMEDY } from './restore-remedy.ts';
import { connectSqlite, readNumberPragma } from '../database/sqlite-connection.ts';

/** A copy of the database in `backups/`. */
export type Copy = { readonly name: string; readonly reason: 'day' | 'version'; readonly copiedAtMs: number };
/** `skipped` are newer copies that are damaged themselves; `setAside` is where the damaged database lies now. */
export type Restored = {
  readonly name: string;
  readonly copiedAtMs: number;
  readonly skipped: readonly { readonly name: string; readonly problem: string }[];
  readonly setAside: string;
};

export const KEPT = { day: 7, version: 3 } as const;
const copyName = /^library-(?:day|version-\d+)-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.db$/;

/** The newest first. */
export function listCopies({ backups }: LibraryPaths): Copy[] {
  if (!existsSync(backups)) return [];
  return readdirSync(backups)
    .flatMap((name): Copy[] => {
      const time = copyName.exec(name);
      if (time === null) return [];
      const copiedAtMs = Date.parse(`${time[1]}:${time[2]}:${time[3]}`);
      return [{ name, reason: name.startsWith('library-day-') ? 'day' : 'version', copiedAtMs }];
    })
    .toSorted((one, other) => other.copiedAtMs - one.copiedAtMs);
}

/**
 * Copies the database of a library that may be open elsewhere in this process, reads the copy through, and lets go of copies beyond the newest seven days.
 * A copy that does not hold is deleted. Takes as long as reading the database twice: call it in a thread.
 * @throws library.damaged, and what the disk says
 */
export function copyDatabase(folder: string, nowMs: number): Copy {
  const paths = libraryPaths(folder);
  const name = nameCopy('day', nowMs);
  const file = join(paths.backups, name);
  const source = connectSqlite(paths.database, 'read');
  try {
    backUpDatabase(source, file);
  } finally {
    source.close();
  }
  const problem = findProblem(file);
  if (problem !== null) {
    rmSync(file, { force: true });
    throw new StudioError('library.damaged', `The daily copy of the library does not hold: ${problem}.`, {
      what: `library.db, seen while copying it (${problem})`,
      remedy: RESTORE_REMEDY,
    });
  }
  dropOldCopies(paths);
  return { name, reason: 'day', copiedAtMs: nowMs };
}

/**
 * Puts the newest sound copy in the place of `library.db`, or the one that is named. The damaged files are kept in a folder of their own under `backups/`.
 * Pictures made after the copy stay on disk and are told by fsck as files that nothing names.
 * @throws library.locked; library.damaged when no copy holds; library.notALibrary
 */
export function restoreLibrary(folder: string, clock: Clock, wanted: string | null = null): Restored {
  const paths = libraryPaths(folder);
  if (!existsSync(paths.backups)) {
    throw new StudioError('library.notALibrary', 'This is not a Housestyle library: it has no backups folder.', {
      what: basename(folder),
    });
  }
  const lock = LibraryLock.take(paths, clock);
  try {
    const { copy, skipped } = chooseCopy(paths, wanted);
    const setAside = join(paths.backups, nameCopy('damaged', clock.nowMs()).replace(/\.db$/, ''));
    putInPlace(paths, join(paths.backups, copy.name), setAside);
    return { name: copy.name, copiedAtMs: copy.copiedAtMs, skipped, setAside };
  } finally {
    lock.release();
  }
}

/** Null when the file is a whole database of ours. One that a newer program wrote is sound, but `asCopy` this program can do nothing with it. Changes nothing. */
export function findProblem(file: string, { asCopy = false }: { readonly asCopy?: boolean } = {}): string | null {
  try {
    const connection = connectSqlite(file, 'read');
    try {
      if (readNumberPragma(connection, 'application_id') !== APPLICATION_ID) return 'it is no library of Housestyle';
      const version = readNumberPragma(connection, 'user_version');
      if (!isPossibleVersion(version, migrations) || (asCopy && version > newestVersion(migrations)))
        return `version ${version} is not one of this program's`;
      const found = String(connection.pragma('integrity_check(1)', { simple: true }));
      if (found !== 'ok') return found.split('\n').at(-1) ?? found;
      return connection.pragma('foreign_key_check', { simple: true }) === undefined
        ? null
        : 'a row names one that is missing';
    } finally {
      connection.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function chooseCopy(
  paths: LibraryPaths,
  wanted: string | null,
): { readonly copy: Copy; readonly skipped: Restored['skipped'] } {
  const skipped: { name: string; problem: string }[] = [];
  const copies = listCopies(paths).filter(({ name }) => wanted === null || name === wanted);
  for (const copy of copies) {
    const problem = findProblem(join(paths.backups, copy.name), { asCopy: true });
    if (problem === null) return { copy, skipped };
    skipped.push({ name: copy.name, problem });
  }
  const problems = skipped.map(({ name, problem }) => `${name}: ${problem}`).join('; ');
  const what = wanted ?? 'the backups folder';
  throw new StudioError('library.damaged', `${what} holds no sound copy${problems === '' ? '' : ` (${problems})`}.`, {
    what: `${what} holds no sound copy`,
    remedy: 'Copy the whole library folder from your own backup; its objects folder still holds the pictures.',
  });
}

function dropOldCopies(paths: LibraryPaths): void {
  for (const reason of ['day', 'version'] as const) {
    const old = listCopies(paths)
      .filter((copy) => copy.reason === reason)
      .slice(KEPT[reason]);
    for (const { name } of old) rmSync(join(paths.backups, name), { force: true });
  }
}
