import type { Change } from '../contract/system.ts';
import { createWaker } from './waker.ts';
import type { Waker } from './waker.ts';

/** What one event may hold; longer lists are split. */
const IDS_PER_CHANGE = 10_000;
/** A reader that is this many events behind loses the oldest. It sees the gap in the sequence and refetches. */
const MAX_BACKLOG = 2_000;

export type ChangeFeed = {
  publish(topic: Change['topic'], verb: Change['verb'], ids: readonly string[]): void;
  /** All changes from now on. Ends on abort. */
  read(signal: AbortSignal | undefined): AsyncGenerator<Change, void, void>;
  /** How many readers there are. */
  readerCount(): number;
};

type Reader = { readonly backlog: Change[]; readonly waker: Waker };

/** Numbers every change of the library and hands it to all open pages. */
export function createChangeFeed(): ChangeFeed {
  const readers = new Set<Reader>();
  let sequence = 0;

  function publish(topic: Change['topic'], verb: Change['verb'], ids: readonly string[]): void {
    for (let start = 0; start < ids.length; start += IDS_PER_CHANGE) {
      sequence += 1;
      const change: Change = { sequence, topic, verb, ids: ids.slice(start, start + IDS_PER_CHANGE) };
      for (const reader of readers) {
        reader.backlog.push(change);
        if (reader.backlog.length > MAX_BACKLOG) reader.backlog.shift();
        reader.waker.wake();
      }
    }
  }

  /** The reader is registered here and not in the generator, whose body does not run before its first `next`. */
  function read(signal: AbortSignal | undefined): AsyncGenerator<Change, void, void> {
    const reader: Reader = { backlog: [], waker: createWaker() };
    readers.add(reader);
    const stop = () => {
      readers.delete(reader);
      reader.waker.wake();
    };
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    return drain(reader, signal, stop);
  }

  async function* drain(
    reader: Reader,
    signal: AbortSignal | undefined,
    stop: () => void,
  ): AsyncGenerator<Change, void, void> {
    const isOpen = () => signal?.aborted !== true;
    try {
      while (isOpen()) {
        const change = reader.backlog.shift();
        if (change) yield change;
        else await reader.waker.wait();
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }

  return { publish, read, readerCount: () => readers.size };
}
