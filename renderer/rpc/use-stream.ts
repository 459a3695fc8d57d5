import { useEffect, useEffectEvent, useState } from 'react';
import { useConnection } from './studio.ts';

export interface StreamState<Value> {
  value: Value | null;
  error: unknown;
  done: boolean;
}

/**
 * Listens to a stream of the studio while mounted, and again after the connection was lost. `key` names what is listened to;
 * null listens to nothing. `open` gets a signal that ends the stream.
 */
export function useStream<Value>(
  key: string | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Value>>,
  onValue?: (value: Value) => void,
): StreamState<Value> {
  const { state, epoch } = useConnection();
  const [stream, setStream] = useState<StreamState<Value> & { key: string | null }>({
    key,
    value: null,
    error: null,
    done: false,
  });
  const openStream = useEffectEvent(open);
  const receive = useEffectEvent((value: Value) => {
    setStream({ key, value, error: null, done: false });
    onValue?.(value);
  });

  useEffect(() => {
    if (key === null || state !== 'open' || epoch === 0) return;
    const controller = new AbortController();
    async function listen() {
      try {
        for await (const value of await openStream(controller.signal)) {
          if (controller.signal.aborted) return;
          receive(value);
        }
        if (!controller.signal.aborted) setStream((before) => ({ ...before, key, done: true }));
      } catch (error) {
        // A stream that ends because nobody listens any more, or because the connection went, begins again with the next epoch.
        if (!controller.signal.aborted) setStream((before) => ({ ...before, key, error }));
      }
    }
    void listen();
    return () => controller.abort();
  }, [key, state, epoch]);

  return stream.key === key ? stream : { value: null, error: null, done: false };
}
