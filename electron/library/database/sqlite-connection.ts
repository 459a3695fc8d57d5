import Database from 'better-sqlite3';
import { StudioError } from '../../contract/errors.ts';

export type Connection = Database.Database;

/** Older versions may lose committed writes when a checkpoint and a write meet (sqlite.org/wal.html#walresetbug). */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;

const CACHE_KIB = 64 * 1024;
const JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;

/** Opens the file without looking at what is in it. In read mode the file must exist. */
export function connectSqlite(file: string, mode: 'write' | 'read'): Connection {
  const connection = new Database(file, { readonly: mode === 'read', fileMustExist: mode === 'read' });
  try {
    assertSqliteVersion(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/**
 * Sets what must hold on every open. The driver is compiled so that a reopened WAL database starts with synchronous=NORMAL, which loses
 * acknowledged commits in a power cut, so FULL is set each time and not only when the file is made.
 */
export function configureConnection(connection: Connection, mode: 'write' | 'read'): void {
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('foreign_keys = ON');
  connection.pragma('mmap_size = 0');
  connection.pragma('temp_store = MEMORY');
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  if (mode === 'read') {
    return;
  }
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma(`journal_size_limit = ${JOURNAL_LIMIT_BYTES}`);
  if (process.platform === 'darwin') {
    // A plain fsync leaves the data in the drive's own cache there.
    connection.pragma('fullfsync = ON');
    connection.pragma('checkpoint_fullfsync = ON');
  }
}

export function readNumberPragma(
  connection: Connection,
  name: 'application_id' | 'user_version' | 'page_count' | 'synchronous',
): number {
  const value = connection.pragma(name, { simple: true });
  if (typeof value !== 'number') {
    throw new TypeError(`PRAGMA ${name} gave ${typeof value}`);
  }
  return value;
}

function assertSqliteVersion(connection: Connection): void {
  const version = String(connection.prepare('SELECT sqlite_version()').pluck().get());
  if (!isSafeSqlite(version)) {
    throw new StudioError(
      'library.damaged',
      `SQLite ${version} may lose committed work; ${OLDEST_SAFE_SQLITE.join('.')} or newer is needed.`,
      {
        what: `the program carries SQLite ${version}`,
        remedy: 'Install the program again.',
      },
    );
  }
}

export function isSafeSqlite(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, needed] of OLDEST_SAFE_SQLITE.entries()) {
    const found = parts[index] ?? 0;
    if (found !== needed) {
      return found > needed;
    }
  }
  return true;
}
