import { closeSync, existsSync, linkSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { LibraryPaths } from './library-folder.ts';
import { APPLICATION_ID } from '../database/migrate.ts';
import { RESTORE_REMEDY } from './restore-remedy.ts';
import { connectSqlite } from '../database/sqlite-connection.ts';
import type { Connection } from '../database/sqlite-connection.ts';
import { copyToRead } from './write-protected.ts';

const OBJECTS_REMEDY =
  'Put the folder "objects" of this library back beside library.db. To open it without its pictures, make an empty folder of that name there.';
const LOG_REMEDY =
  'Move library.db-wal and library.db-shm out of the folder and open the library again; or put back the newest sound copy with "housestyle fsck --restore".';

/** A database up to here is read through once when it was not closed in order: larger ones would keep a person waiting, and their log is checked by its first page. */
const MOST_CHECKED_BYTES = 256 * 1024 * 1024;
/** Layout from sqlite.org/fileformat2.html: what a log begins with, and each page in it. */
const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const LOG_MAGIC = 0x377f0682;
const APPLICATION_ID_AT = 68;

function damaged(what: string, remedy: string, cause?: unknown): StudioError<'library.damaged'> {
  return new StudioError('library.damaged', `The library cannot be opened: ${what}.`, { what, remedy }, { cause });
}

/** Before anything is made in a folder: what cannot be a library's is refused, and nothing changes. @throws library.damaged */
export function assertPlaces(paths: LibraryPaths): void {
  const database = statSync(paths.database, { throwIfNoEntry: false });
  if (database === undefined) return;
  if (!database.isFile())
    throw damaged(`library.db is ${database.isDirectory() ? 'a folder' : 'no plain file'}`, RESTORE_REMEDY);
  const objects = statSync(paths.objects, { throwIfNoEntry: false });
  if (objects?.isDirectory() === true) return;
  if (objects !== undefined) throw damaged('"objects" is a file and no folder', OBJECTS_REMEDY);
  if (namesObjects(paths)) throw damaged('its folder "objects" is missing', OBJECTS_REMEDY);
}

/** A copy of a database beside which no objects ever stood is a library without files. */
function namesObjects(paths: LibraryPaths): boolean {
  // Looked at elsewhere: here nobody holds the lock yet, so what lies beside the database may be another program's.
  const copy = copyToRead(paths);
  try {
    return lookInto(copy.paths.database, (connection) => {
      const table = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'objects'").get();
      return table !== undefined && connection.prepare('SELECT 1 FROM objects LIMIT 1').get() !== undefined;
    });
  } catch {
    // Whatever it is, opening it says it better.
    return false;
  } finally {
    copy.remove();
  }
}

/**
 * A library that was not closed in order has a log, which SQLite plays into the database whatever it was written for. So what the two are together is read before
 * either is written. Only the owner of the lock may call this. @throws library.damaged
 */
export function assertOwnLog(paths: LibraryPaths): void {
  const log = `${paths.database}-wal`;
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  const database = statSync(paths.database, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LOG_HEADER_BYTES + FRAME_HEADER_BYTES || database === 0) return;
  const foreign = () => damaged('library.db-wal was written for another database', LOG_REMEDY);
  const own = readBytes(paths.database, 0, 100);
  const head = readBytes(log, 0, LOG_HEADER_BYTES);
  // A log whose head was never finished holds nothing, and SQLite passes over it.
  if (head.readUInt32BE(0) >>> 1 !== LOG_MAGIC >>> 1) return;
  const isOurs = own.length === 100 && own.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID;
  if (!isOurs) return;
  if (head.readUInt32BE(8) !== (own.readUInt16BE(16) === 1 ? 65_536 : own.readUInt16BE(16))) throw foreign();
  let problem: unknown;
  try {
    const brand = findBrandAlone(paths);
    problem = lookInto(paths.database, (connection) => {
      if (connection.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw foreign();
      if (brand !== null && findBrand(connection, brand) === null) throw foreign();
      if (database > MOST_CHECKED_BYTES) return 'ok';
      return connection.pragma('quick_check(1)', { simple: true });
    });
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw damaged('library.db and its log library.db-wal do not fit each other, or one is damaged', LOG_REMEDY, error);
  }
  if (problem !== 'ok')
    throw damaged(
      `library.db and its log library.db-wal do not fit each other, or one is damaged (${String(problem)})`,
      LOG_REMEDY,
    );
}

/**
 * A brand that the database names without its log: brands are never deleted, so the two together must name it too. Null where there is none, where the volume knows no
 * second names, and where the log was half played in, which leaves pages of two times.
 */
function findBrandAlone({ database, incoming }: LibraryPaths): string | null {
  const alone = join(incoming, 'alone.db');
  try {
    rmSync(alone, { force: true });
    linkSync(database, alone);
    return lookInto(alone, (connection) => findBrand(connection, null));
  } catch {
    return null;
  } finally {
    rmSync(alone, { force: true });
  }
}

function findBrand(connection: Connection, id: string | null): string | null {
  const found = connection.prepare('SELECT id FROM brands WHERE id = coalesce(?, id) LIMIT 1').pluck().get(id);
  return typeof found === 'string' ? found : null;
}

/** Reads without writing: a connection that only reads plays no log into the database. What SQLite puts beside it for that is taken away where it was not there. */
function lookInto<Result>(database: string, look: (connection: Connection) => Result): Result {
  const beside = ['-shm', '-wal'].map((ending) => `${database}${ending}`).filter((file) => !existsSync(file));
  try {
    const connection = connectSqlite(database, 'read');
    try {
      return look(connection);
    } finally {
      connection.close();
    }
  } finally {
    for (const file of beside) rmSync(file, { force: true });
  }
}

function readBytes(file: string, at: number, count: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(count);
    return bytes.subarray(0, readSync(handle, bytes, 0, count, at));
  } finally {
    closeSync(handle);
  }
}
