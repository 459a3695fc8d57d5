import { EventPublisher, implement } from '@orpc/server';
import type { EventFeedItem, EventName, LibraryEvent } from '../../../electron/contract/event.ts';
import { studioContract } from '../../../electron/contract/index.ts';

export type Tell = (name: EventName, subject: string[]) => void;

/** Events in memory, for pages that follow them and come back. */
export function createStubEvents() {
  const os = implement(studioContract).event;
  const publisher = new EventPublisher<{ event: LibraryEvent }>();
  const events: LibraryEvent[] = [];
  const tell: Tell = (name, subject) => {
    if (subject.length === 0) return;
    const event = { sequence: events.length + 1, name, subject, by: 'owner', cause: null, detail: null, atMs: 1 };
    events.push(event);
    publisher.publish('event', event);
  };
  const handlers = {
    follow: os.follow.handler(async function* ({
      input: { since },
      signal,
    }): AsyncGenerator<EventFeedItem, void, void> {
      const coming = publisher.subscribe('event', { signal });
      const missed = since !== null && since.sequence > events.length;
      let last = since === null || missed ? events.length : since.sequence;
      yield { kind: 'place', place: { sequence: last, atMs: last === 0 ? 0 : 1 }, missed };
      for (const event of events.slice(last)) {
        last = event.sequence;
        yield { kind: 'event', event };
      }
      for await (const event of coming) if (event.sequence > last) yield { kind: 'event', event };
    }),
    audit: os.audit.handler(async function* () {
      yield { text: '', done: events.length, total: events.length };
    }),
  };
  /** As in a library that was put back from a copy: nobody knows any more what a page has heard. */
  const forget = () => void events.splice(0);
  return { tell, forget, handlers };
}

export type StubEvents = ReturnType<typeof createStubEvents>;
