import { readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { StudioError } from '../contract/errors.ts';
import type { Clock } from './clock.ts';
import { replaceFile } from './library-folder.ts';
import type { LibraryPaths } from './library-folder.ts';

const ownerSchema = z.object({ host: z.string(), pid: z.int(), sinceMs: z.int() });

/**
 * One writer per library: an exclusive transaction on a side file. The operating system drops it with the process, so nothing goes stale after a
 * kill, and a stopped or sleeping owner keeps it. `owner.json` is for the message alone.
 */
export class LibraryLock {
  readonly #connection: Database.Database;
  readonly #paths: LibraryPaths;

  private constructor(connection: Database.Database, paths: LibraryPaths) {
    this.#connection = connection;
    this.#paths = paths;
  }

  /** Does not wait. @throws library.locked, naming the owner */
  static take(paths: LibraryPaths, clock: Clock): LibraryLock {
    const connection = new Database(paths.lock, { timeout: 0 });
    try {
      connection.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      connection.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
        const owner = describeOwner(paths);
        throw new StudioError('library.locked', `The library is open in ${owner}.`, { owner }, { cause: error });
      }
      throw error;
    }
    replaceFile(paths.owner, `${JSON.stringify({ host: hostname(), pid: process.pid, sinceMs: clock.nowMs() })}\n`);
    return new LibraryLock(connection, paths);
  }

  release(): void {
    if (!this.#connection.open) {
      return;
    }
    rmSync(this.#paths.owner, { force: true });
    this.#connection.exec('ROLLBACK');
    this.#connection.close();
  }
}

function describeOwner(paths: LibraryPaths): string {
  try {
    const { host, pid, sinceMs } = ownerSchema.parse(JSON.parse(readFileSync(paths.owner, 'utf8')));
    return `process ${pid} on ${host} since ${new Date(sinceMs).toISOString()}`;
  } catch {
    // The owner has just taken the lock and has not written its name yet.
    return 'another process';
  }
}
