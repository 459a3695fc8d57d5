import { describe, expect, it } from 'vitest';
import { createListeners } from '../../../../../electron/studio/streams/listeners.ts';
import { watchValue } from '../../../../../electron/studio/streams/watch-value.ts';

function createSource() {
  const listeners = createListeners();
  let value = 0;
  let count = 0;
  return {
    read: () => value,
    set(next: number) {
      value = next;
      listeners.notify();
    },
    subscribe(listener: () => void) {
      count += 1;
      const leave = listeners.add(listener);
      return () => {
        count -= 1;
        leave();
      };
    },
    listenerCount: () => count,
  };
}

describe('watchValue', () => {
  it('yields the value now and the newest one after many changes', async () => {
    const source = createSource();
    const stream = watchValue({ ...source, everyMs: 5, signal: undefined });
    expect((await stream.next()).value).toBe(0);
    for (let value = 1; value <= 100; value += 1) source.set(value);
    expect((await stream.next()).value).toBe(100);
    await stream.return();
    expect(source.listenerCount()).toBe(0);
  });

  it('keeps the time between values', async () => {
    const source = createSource();
    const stream = watchValue({ ...source, everyMs: 40, signal: undefined });
    await stream.next();
    const beganAtMs = performance.now();
    source.set(1);
    await stream.next();
    expect(performance.now() - beganAtMs).toBeGreaterThan(30);
    await stream.return();
  });

  it('ends after the last value and on abort, and leaves no listener', async () => {
    const source = createSource();
    const values: number[] = [];
    const watching = (async () => {
      for await (const value of watchValue({
        ...source,
        everyMs: 0,
        isLast: (value) => value === 2,
        signal: undefined,
      }))
        values.push(value);
    })();
    source.set(2);
    await watching;
    expect(values.at(-1)).toBe(2);
    const stop = new AbortController();
    const stream = watchValue({ ...source, everyMs: 0, signal: stop.signal });
    await stream.next();
    const waiting = stream.next();
    stop.abort();
    expect((await waiting).done).toBe(true);
    expect(source.listenerCount()).toBe(0);
  });
});
