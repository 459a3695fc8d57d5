import { MAX_EVENTS_BEHIND, eventNameSchema } from '../../contract/event.ts';
import type { EventFeedItem, EventPlace } from '../../contract/event.ts';
import type { EventRepository } from '../../library/repositories/event-repository.ts';
import { createWaker } from '../streams/waker.ts';

/** Rows read at once for one reader. */
const WINDOW = 200;

export type EventFeed = {
  /** A place, then every event after it, in order and once. Ends on abort. */
  read(since: EventPlace | null, signal: AbortSignal | undefined): AsyncGenerator<EventFeedItem, void, void>;
  /** How many readers there are. */
  readerCount(): number;
};

/** The pages' cursors over the events of a library. Nothing is kept for a reader but the number of the event that it had last. */
export function createEventFeed(events: Pick<EventRepository, 'latest' | 'has' | 'list' | 'onCommit'>): EventFeed {
  let readers = 0;

  function begin(since: EventPlace | null): EventFeedItem & { kind: 'place' } {
    const latest = events.latest();
    if (since === null) return { kind: 'place', place: latest, missed: false };
    const isKnown = events.has(since) && latest.sequence - since.sequence <= MAX_EVENTS_BEHIND;
    return { kind: 'place', place: isKnown ? since : latest, missed: !isKnown };
  }

  /** The place is taken here and not in the generator, whose body does not run before its first `next`. */
  function read(since: EventPlace | null, signal: AbortSignal | undefined): AsyncGenerator<EventFeedItem, void, void> {
    const waker = createWaker();
    const leave = events.onCommit(waker.wake);
    readers += 1;
    const stop = () => {
      leave();
      waker.wake();
      signal?.removeEventListener('abort', stop);
      if (isRead) readers -= 1;
      isRead = false;
    };
    let isRead = true;
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) stop();
    return follow(begin(since), { isOpen: () => isRead, wait: waker.wait, stop });
  }

  async function* follow(
    start: EventFeedItem & { kind: 'place' },
    reader: { readonly isOpen: () => boolean; readonly wait: () => Promise<void>; readonly stop: () => void },
  ): AsyncGenerator<EventFeedItem, void, void> {
    try {
      yield start;
      let last = start.place.sequence;
      while (reader.isOpen()) {
        const latest = events.latest();
        // Whoever sleeps this long asks anew for what it shows; telling all of it would take longer.
        if (latest.sequence - last > MAX_EVENTS_BEHIND) {
          last = latest.sequence;
          yield { kind: 'place', place: latest, missed: true };
        }
        const window =
          latest.sequence === last ? [] : events.list({ after: last, upTo: latest.sequence, limit: WINDOW });
        for (const event of window) {
          last = event.sequence;
          const name = eventNameSchema.safeParse(event.name);
          if (name.success && reader.isOpen()) yield { kind: 'event', event: { ...event, name: name.data } };
        }
        if (window.length === 0) await reader.wait();
      }
    } finally {
      reader.stop();
    }
  }

  return { read, readerCount: () => readers };
}
