import { createWaker } from './waker.ts';

export type Emit<Event> = (event: Event) => void;

/**
 * Runs work that reports by calling back, and yields what it reports. When the reader leaves or the signal aborts, the work's own
 * signal aborts; the generator ends when the work has ended, and throws what it threw.
 */
export async function* streamWork<Event>(
  signal: AbortSignal | undefined,
  work: (emit: Emit<Event>, signal: AbortSignal) => Promise<void>,
): AsyncGenerator<Event, void, void> {
  const leaving = new AbortController();
  const ownSignal = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
  const backlog: Event[] = [];
  const waker = createWaker();
  let isOver = false;
  const done = work((event) => {
    backlog.push(event);
    waker.wake();
  }, ownSignal).finally(() => {
    isOver = true;
    waker.wake();
  });
  // Whoever reads gets the failure below; nobody else is to hear of it.
  done.catch(() => {});
  try {
    while (true) {
      const [event] = backlog.splice(0, 1);
      if (event !== undefined) yield event;
      else if (isOver) break;
      else await waker.wait();
    }
    await done;
  } finally {
    leaving.abort(new Error('nobody reads any more'));
    await done.catch(() => {});
  }
}
