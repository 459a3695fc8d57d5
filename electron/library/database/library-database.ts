import Database from 'better-sqlite3';
import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { MAX_SUBJECTS } from '../../contract/event.ts';
import type { EventName } from '../../contract/event.ts';
import { whoActs } from './acting.ts';
import type { ReadOnlyReason } from '../folder/read-only-reason.ts';
import { RESTORE_REMEDY } from '../folder/restore-remedy.ts';
import type { Connection } from './sqlite-connection.ts';
import { diskFullError } from '../folder/volume.ts';

/** What is told of an event besides its subject. */
type EventNote = {
  readonly by?: string;
  readonly cause?: string | null;
  readonly detail?: Readonly<Record<string, string>>;
};

type Parameter = string | number | Uint8Array | null;

/** The one connection of an open library: short synchronous calls, rows parsed on the way out, SQLite's failures turned into the catalogue's. */
export class LibraryDatabase {
  readonly #connection: Connection;
  readonly #folder: string;
  readonly #readOnly: ReadOnlyReason | null;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #beforeWrite: () => void;
  readonly #nowMs: () => number;
  readonly #eventListeners = new Set<() => void>();
  #hasNoted = false;
  #broken: StudioError | null = null;

  /** `beforeWrite` throws where this process may not write any more. */
  constructor(
    connection: Connection,
    folder: string,
    readOnly: ReadOnlyReason | null,
    seams: { readonly beforeWrite: () => void; readonly nowMs: () => number },
  ) {
    this.#connection = connection;
    this.#folder = folder;
    this.#readOnly = readOnly;
    this.#beforeWrite = seams.beforeWrite;
    this.#nowMs = seams.nowMs;
  }

  /** Every row, parsed. */
  all<Schema extends z.ZodType>(schema: Schema, sql: string, ...parameters: Parameter[]): z.output<Schema>[] {
    return this.#guard(() =>
      this.#prepare(sql)
        .all(...parameters)
        .map((row) => schema.parse(row)),
    );
  }

  /** The first row, parsed, or null. */
  find<Schema extends z.ZodType>(schema: Schema, sql: string, ...parameters: Parameter[]): z.output<Schema> | null {
    return this.#guard(() => {
      const row = this.#prepare(sql).get(...parameters);
      return row === undefined ? null : schema.parse(row);
    });
  }

  /** Every row as an array of its columns, unparsed: for the few places that read a hundred thousand rows. */
  columns(sql: string, ...parameters: Parameter[]): unknown[] {
    return this.#guard(() =>
      this.#prepare(sql)
        .raw(true)
        .all(...parameters),
    );
  }

  /** First column of the first row, unparsed; undefined without a row. */
  value(sql: string, ...parameters: Parameter[]): unknown {
    return this.#guard(() => {
      const row = this.#prepare(sql).get(...parameters);
      return typeof row === 'object' && row !== null ? Object.values(row)[0] : undefined;
    });
  }

  /** First column of the first row as a number; 0 without a row or for NULL. */
  count(sql: string, ...parameters: Parameter[]): number {
    return Number(this.value(sql, ...parameters) ?? 0);
  }

  /** Runs one changing statement, inside `write` only. Returns the number of changed rows. */
  run(sql: string, ...parameters: Parameter[]): number {
    return this.#execute(sql, parameters).changes;
  }

  /** Like `run`; returns the new row's integer key. */
  insert(sql: string, ...parameters: Parameter[]): number {
    return Number(this.#execute(sql, parameters).lastInsertRowid);
  }

  /**
   * Runs the work in one transaction that has taken the write lock first; a throw undoes all of it. Inside another `write` it joins that one.
   * @throws library.readOnly, library.diskFull, library.damaged, library.locked
   */
  write<Result>(work: () => Result): Result {
    if (this.#readOnly !== null) {
      throw new StudioError('library.readOnly', `This library cannot be written: ${this.#readOnly.reason}.`, {
        reason: this.#readOnly.reason,
      });
    }
    if (this.#connection.inTransaction) {
      return this.#guard(work);
    }
    this.#hasNoted = false;
    const result = this.#guard(() => {
      this.#beforeWrite();
      return this.#connection.transaction(work).immediate();
    });
    if (this.#hasNoted) {
      for (const listener of this.#eventListeners) listener();
    }
    return result;
  }

  /**
   * Writes down what this transaction did, inside `write` only: the change and its event are one fact. One event tells of many things at once, so that a
   * decision on ten thousand pictures is one row. Says nothing about nothing. The name and the cause are those of `actAs` where the caller gives none.
   */
  note(name: EventName, subject: readonly string[], { by, cause, detail }: EventNote = {}): void {
    const acting = whoActs();
    for (let start = 0; start < subject.length; start += MAX_SUBJECTS) {
      this.run(
        'INSERT INTO events (name, subject, "by", cause, detail, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
        name,
        JSON.stringify(subject.slice(start, start + MAX_SUBJECTS)),
        by ?? acting.by,
        cause ?? acting.cause,
        detail === undefined ? null : JSON.stringify(detail),
        this.#nowMs(),
      );
      this.#hasNoted = true;
    }
  }

  /** Calls back after every commit that wrote events; returns the way out. */
  onEvents(listener: () => void): () => void {
    this.#eventListeners.add(listener);
    return () => void this.#eventListeners.delete(listener);
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  #execute(sql: string, parameters: Parameter[]): Database.RunResult {
    if (!this.#connection.inTransaction) {
      throw new Error('A change outside of a transaction.');
    }
    return this.#prepare(sql).run(...parameters);
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      return known;
    }
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    if (this.#broken !== null) {
      throw this.#broken;
    }
    try {
      return work();
    } catch (error) {
      const translated = translateSqliteError(error, this.#folder);
      if (translated !== null && hasLostTrack(error)) {
        this.#broken = translated;
      }
      throw translated ?? error;
    }
  }
}

/** After a failed read, write or fsync nobody knows what the disk holds, so nothing more is asked of this connection. */
function hasLostTrack(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    error.code.startsWith('SQLITE_IOERR') &&
    error.code !== 'SQLITE_IOERR_SHMSIZE'
  );
}

/** Null for what is no failure of the disk or the file. */
export function translateSqliteError(error: unknown, folder: string): StudioError | null {
  if (!(error instanceof Database.SqliteError)) {
    return null;
  }
  if (error.code === 'SQLITE_FULL' || error.code === 'SQLITE_IOERR_SHMSIZE') {
    return diskFullError(folder, null, error);
  }
  if (error.code.startsWith('SQLITE_READONLY')) {
    return new StudioError(
      'library.readOnly',
      'The library file cannot be written.',
      { reason: 'the volume or the file is write-protected' },
      { cause: error },
    );
  }
  if (error.code.startsWith('SQLITE_IOERR')) {
    return new StudioError(
      'library.damaged',
      'The disk failed while the library was in use.',
      {
        what: 'the disk reported a failure',
        remedy: 'Close the library, check the disk and open it again; what was acknowledged before is kept.',
      },
      { cause: error },
    );
  }
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB') {
    return new StudioError(
      'library.damaged',
      'The library file is damaged.',
      { what: 'library.db', remedy: RESTORE_REMEDY },
      { cause: error },
    );
  }
  return null;
}
