import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type { Clock } from '../database/clock.ts';
import { replaceFile } from './library-folder.ts';
import type { LibraryPaths } from './library-folder.ts';
import { hasErrorCode } from './volume.ts';

const ownerSchema = z.object({ host: z.string(), pid: z.int(), sinceMs: z.int() });

/** Of this process; a lock file that was deleted under one of them says nothing about it any more. */
const heldHere = new Set<string>();

/**
 * One writer per library: an exclusive transaction on a side file. The operating system drops it with the process, so nothing goes stale after a
 * kill, and a stopped or sleeping owner keeps it. The lock is on the file and not on its name: where somebody deleted the file, `owner.json` tells whether its
 * owner still lives, and the owner itself notices before its next write.
 */
export class LibraryLock {
  #connection: Database.Database;
  #file: string;
  readonly #paths: LibraryPaths;

  private constructor(connection: Database.Database, paths: LibraryPaths) {
    this.#connection = connection;
    this.#paths = paths;
    this.#file = identify(paths.lock) ?? '';
    heldHere.add(paths.lock);
  }

  /** Does not wait. @throws library.locked, naming the owner */
  static take(paths: LibraryPaths, clock: Clock): LibraryLock {
    if (!existsSync(paths.lock)) {
      refuseLivingOwner(paths);
    }
    const connection = lockFile(paths);
    try {
      replaceFile(paths.owner, `${JSON.stringify({ host: hostname(), pid: process.pid, sinceMs: clock.nowMs() })}\n`);
    } catch (error) {
      connection.close();
      throw error;
    }
    return new LibraryLock(connection, paths);
  }

  /**
   * Call before each write: makes sure that the file of that name is the one that is locked, and locks it anew where it was deleted or replaced.
   * @throws library.locked when another process has locked the new file
   */
  keep(): void {
    if (identify(this.#paths.lock) === this.#file) {
      return;
    }
    const connection = lockFile(this.#paths);
    this.#connection.close();
    this.#connection = connection;
    this.#file = identify(this.#paths.lock) ?? '';
  }

  release(): void {
    if (!this.#connection.open) {
      return;
    }
    heldHere.delete(this.#paths.lock);
    rmSync(this.#paths.owner, { force: true });
    this.#connection.exec('ROLLBACK');
    this.#connection.close();
  }
}

/** @throws library.locked */
function lockFile(paths: LibraryPaths): Database.Database {
  const connection = new Database(paths.lock, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
    return connection;
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      const owner = describeOwner(paths);
      throw new StudioError('library.locked', `The library is open in ${owner}.`, { owner }, { cause: error });
    }
    throw error;
  }
}

/** Which file stands under that name now; null when none does. */
function identify(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** The lock file is gone, so that nothing but the name that its owner left tells of it. @throws library.locked */
function refuseLivingOwner(paths: LibraryPaths): void {
  const owner = readOwner(paths);
  if (owner === null || owner.host !== hostname() || !isAlive(owner.pid, paths)) {
    return;
  }
  const described = describeOwner(paths);
  throw new StudioError(
    'library.locked',
    `The library is open in ${described}: its library.lock was deleted, and that process is still there. End it; if it is another program, delete owner.json in the library.`,
    { owner: described },
  );
}

function isAlive(pid: number, paths: LibraryPaths): boolean {
  // The number of a process that has ended may be ours now.
  if (pid === process.pid) {
    return heldHere.has(paths.lock);
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return !hasErrorCode(error, 'ESRCH');
  }
}

function readOwner(paths: LibraryPaths): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(paths.owner, 'utf8')));
  } catch {
    // The owner has just taken the lock and has not written its name yet, or has let go of it.
    return null;
  }
}

function describeOwner(paths: LibraryPaths): string {
  const owner = readOwner(paths);
  return owner === null
    ? 'another process'
    : `process ${owner.pid} on ${owner.host} since ${new Date(owner.sinceMs).toISOString()}`;
}
