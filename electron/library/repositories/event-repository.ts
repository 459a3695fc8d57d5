import { z } from 'zod';
import type { EventName, EventPlace } from '../../contract/event.ts';
import { timestampMsSchema } from '../../contract/identifiers.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import type { RepositoryContext } from './repository-context.ts';

/** An event as the row holds it: its name may be one of a newer program. */
export type StoredEvent = {
  readonly sequence: number;
  readonly name: string;
  readonly subject: string[];
  readonly by: string;
  readonly cause: string | null;
  readonly detail: Record<string, string> | null;
  readonly atMs: number;
};

export type EventWindow = {
  /** Events after this one. */
  readonly after: number;
  /** Up to and with this one. */
  readonly upTo: number;
  readonly limit: number;
};

/** What happened, in the order of commits. Repositories write events; only what lies outside of the rows is recorded here. */
export type EventRepository = {
  /** The newest event; sequence 0 in a library in which nothing happened yet. */
  latest(): EventPlace;
  /** Whether this very event is in the library, which a reader of another one, or of a newer copy, has not read. */
  has(place: EventPlace): boolean;
  /** Oldest first. */
  list(window: EventWindow): StoredEvent[];
  /** A fact about what is kept outside of the rows, such as the files of a model; joins the transaction of a job. */
  record(name: EventName, subject: readonly string[]): void;
  /** The last event that a named consumer is done with; 0 for one that has not begun. */
  cursor(consumer: string): number;
  /** Moves a consumer on; inside the transaction of what it did, so that it does that once. A cursor never moves back. */
  advance(consumer: string, sequence: number): void;
  /** Calls back after every commit that wrote events; returns the way out. */
  onCommit(listener: () => void): () => void;
};

const placeRow = z.object({ sequence: countColumn, atMs: timestampMsSchema });
const eventRow = z.object({
  sequence: countColumn,
  name: z.string(),
  subject: jsonColumn(z.array(z.string())),
  by: z.string(),
  cause: z.string().nullable(),
  detail: jsonColumn(z.record(z.string(), z.string())).nullable(),
  atMs: timestampMsSchema,
});
const selectLatest = 'SELECT sequence, at_ms AS atMs FROM events ORDER BY sequence DESC LIMIT 1';
const selectEvents = `
SELECT sequence, name, subject, "by", cause, detail, at_ms AS atMs FROM events WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?`;

export function createEventRepository({ database }: RepositoryContext): EventRepository {
  return {
    latest: () => database.find(placeRow, selectLatest) ?? { sequence: 0, atMs: 0 },
    has: ({ sequence, atMs }) =>
      sequence === 0 ||
      database.count('SELECT count(*) FROM events WHERE sequence = ? AND at_ms = ?', sequence, atMs) === 1,
    list: ({ after, upTo, limit }) => database.all(eventRow, selectEvents, after, upTo, limit),
    record: (name, subject) => database.write(() => database.note(name, subject)),
    cursor: (consumer) => database.count('SELECT sequence FROM event_cursors WHERE consumer = ?', consumer),
    advance: (consumer, sequence) =>
      void database.write(() =>
        database.run(
          `INSERT INTO event_cursors (consumer, sequence) VALUES (?, ?)
           ON CONFLICT (consumer) DO UPDATE SET sequence = max(sequence, excluded.sequence)`,
          consumer,
          sequence,
        ),
      ),
    onCommit: (listener) => database.onEvents(listener),
  };
}
