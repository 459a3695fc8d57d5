import { createWaker } from './waker.ts';

export type WatchOptions<Value> = {
  /** The value as it is now. */
  readonly read: () => Value;
  /** Calls back after every change; returns the way out. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Least time between two values, in milliseconds. Changes in between are not queued: the next value holds them all. */
  readonly everyMs: number;
  /** The stream ends after a value for which this holds. */
  readonly isLast?: (value: Value) => boolean;
  readonly signal: AbortSignal | undefined;
};

/** Yields the value now and after every change, throttled. Leaves no listener and no timer behind, however it ends. */
export async function* watchValue<Value>({
  read,
  subscribe,
  everyMs,
  isLast,
  signal,
}: WatchOptions<Value>): AsyncGenerator<Value, void, void> {
  let changed = true;
  const waker = createWaker();
  const unsubscribe = subscribe(() => {
    changed = true;
    waker.wake();
  });
  const isOpen = () => signal?.aborted !== true;
  signal?.addEventListener('abort', waker.wake);
  try {
    while (isOpen()) {
      if (changed) {
        changed = false;
        const value = read();
        yield value;
        if (isLast?.(value)) return;
        await pause(everyMs, signal);
      } else {
        await waker.wait();
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', waker.wake);
  }
}

/** Resolves after the time or on abort, whichever comes first. */
export function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted || delayMs <= 0) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal?.addEventListener('abort', end);
  });
}
