import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import type { LibraryPaths } from './library-folder.ts';
import { hasErrorCode } from './volume.ts';

export const WRITE_PROTECTED = 'the folder or its volume is write-protected';

export function isWriteProtected(error: unknown): boolean {
  if (error instanceof Database.SqliteError)
    return error.code.startsWith('SQLITE_CANTOPEN') || error.code.startsWith('SQLITE_READONLY');
  return hasErrorCode(error, 'EACCES', 'EPERM', 'EROFS');
}

/**
 * Copies the database, with what its journal holds, to a folder of this process: SQLite reads a database in WAL mode only where it may put a file beside it,
 * and a medium that cannot be written gives it no place.
 */
export function copyToRead(paths: LibraryPaths): { readonly paths: LibraryPaths; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-read-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const file of [paths.database, `${paths.database}-wal`])
      if (existsSync(file)) copyFileSync(file, join(folder, basename(file)));
    return { paths: { ...paths, database: join(folder, basename(paths.database)) }, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
