import { describe, expect, it } from 'vitest';
import { MAX_EVENTS_BEHIND } from '../../../../../electron/contract/event.ts';
import type { EventFeedItem, EventPlace } from '../../../../../electron/contract/event.ts';
import type { StoredEvent } from '../../../../../electron/library/repositories/event-repository.ts';
import { createEventFeed } from '../../../../../electron/studio/events/event-feed.ts';

const place = (event?: StoredEvent): EventPlace => ({ sequence: event?.sequence ?? 0, atMs: event?.atMs ?? 0 });

function createRows(startMs = 1000) {
  const rows: StoredEvent[] = [];
  const listeners = new Set<() => void>();
  return {
    listeners,
    place: () => place(rows.at(-1)),
    write(count = 1, name = 'run.added') {
      for (let index = 0; index < count; index += 1) {
        const sequence = rows.length + 1;
        rows.push({
          sequence,
          name,
          subject: [`s${sequence}`],
          by: 'ada',
          cause: null,
          detail: null,
          atMs: startMs + sequence,
        });
      }
      for (const listener of listeners) listener();
    },
    events: {
      latest: () => place(rows.at(-1)),
      has: ({ sequence, atMs }: EventPlace) => sequence === 0 || rows[sequence - 1]?.atMs === atMs,
      list: ({ after, upTo, limit }: { after: number; upTo: number; limit: number }) =>
        rows.slice(after, Math.min(upTo, after + limit)),
      onCommit(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
}

async function take(stream: AsyncGenerator<EventFeedItem>, count: number): Promise<EventFeedItem[]> {
  const items: EventFeedItem[] = [];
  while (items.length < count) {
    const { value, done } = await stream.next();
    if (done === true) break;
    items.push(value);
  }
  return items;
}
const numbers = (items: EventFeedItem[]) =>
  items.flatMap((item) => (item.kind === 'event' ? [item.event.sequence] : []));

describe('createEventFeed', () => {
  it('tells two readers every event once and in order, and begins with now', async () => {
    const rows = createRows();
    rows.write(3);
    const feed = createEventFeed(rows.events);
    const stop = new AbortController();
    const readers = [feed.read(null, stop.signal), feed.read(null, stop.signal)];
    // Written after the reader came and before it asked: not slept through.
    rows.write(2);
    for (const reader of readers) {
      const [first, ...rest] = await take(reader, 3);
      expect(first).toMatchObject({ kind: 'place', place: { sequence: 3 }, missed: false });
      expect(numbers(rest)).toEqual([4, 5]);
    }
    const waiting = readers.map((reader) => take(reader, 500));
    for (let index = 0; index < 250; index += 1) rows.write(2);
    for (const items of await Promise.all(waiting))
      expect(numbers(items)).toEqual(Array.from({ length: 500 }, (_, index) => index + 6));
  });

  it('goes on after the place where a reader was, and misses nothing', async () => {
    const rows = createRows();
    const feed = createEventFeed(rows.events);
    rows.write(10);
    const left = rows.place();
    rows.write(700);
    const items = await take(feed.read(left, undefined), 701);
    expect(items[0]).toMatchObject({ kind: 'place', missed: false, place: left });
    expect(numbers(items)).toEqual(Array.from({ length: 700 }, (_, index) => index + 11));
  });

  it('tells a reader that is too far behind, or comes from another library, to ask anew', async () => {
    const rows = createRows();
    const feed = createEventFeed(rows.events);
    rows.write(1);
    const early = rows.place();
    rows.write(MAX_EVENTS_BEHIND + 1);
    const strangers = [early, { sequence: 5, atMs: 7 }, { sequence: 999_999, atMs: 1 }];
    for (const since of strangers) {
      const [first] = await take(feed.read(since, undefined), 1);
      expect(first).toEqual({ kind: 'place', place: rows.place(), missed: true });
    }
  });

  it('tells a reader that sleeps too long the same', async () => {
    const rows = createRows();
    const feed = createEventFeed(rows.events);
    const reader = feed.read(null, undefined);
    await take(reader, 1);
    rows.write(MAX_EVENTS_BEHIND + 5);
    expect(await take(reader, 1)).toEqual([{ kind: 'place', place: rows.place(), missed: true }]);
    rows.write(1);
    expect(numbers(await take(reader, 1))).toEqual([MAX_EVENTS_BEHIND + 6]);
  });

  it('passes over a name that it does not know', async () => {
    const rows = createRows();
    const feed = createEventFeed(rows.events);
    const reader = feed.read(null, undefined);
    rows.write(1, 'flow.dreamt');
    rows.write(1);
    expect(numbers(await take(reader, 2))).toEqual([2]);
  });

  it('leaves nothing behind when its reader goes', async () => {
    const rows = createRows();
    const feed = createEventFeed(rows.events);
    const stop = new AbortController();
    const [waiting, unread, returned] = [
      feed.read(null, stop.signal),
      feed.read(null, stop.signal),
      feed.read(null, undefined),
    ];
    expect(feed.readerCount()).toBe(3);
    await take(waiting, 1);
    const next = waiting.next();
    stop.abort();
    expect((await next).done).toBe(true);
    await take(returned, 1);
    await returned.return();
    void unread;
    expect([feed.readerCount(), rows.listeners.size]).toEqual([0, 0]);
  });
});
