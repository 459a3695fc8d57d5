import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Change } from '../../electron/contract/system.ts';
import { queryClient } from './query-client.ts';
import { staleKeys } from './stale-keys.ts';
import { connectionStore, studio } from './studio.ts';
import { useStream } from './use-stream.ts';

type Listener = (change: Change) => void;
const listeners = new Set<Listener>();

/** Calls back for every change in the library, before caches are refetched; for screens that patch what they show. */
export function useOnChange(listener: Listener): void {
  const receive = useEffectEvent(listener);
  useEffect(() => {
    const own: Listener = (change) => receive(change);
    listeners.add(own);
    return () => void listeners.delete(own);
  }, []);
}

/** A batch changes rows many times a second; each query is refetched at most this often. */
const REFETCH_PAUSE_MS = 300;
const pending = new Map<string, QueryKey>();
let timer: ReturnType<typeof setTimeout> | undefined;

function refetchSoon(keys: QueryKey[]): void {
  for (const key of keys) pending.set(JSON.stringify(key), key);
  timer ??= setTimeout(() => {
    timer = undefined;
    const stale = [...pending.values()];
    pending.clear();
    for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey });
  }, REFETCH_PAUSE_MS);
}

/** Keeps every cache of the page true to the library. The frame mounts it once. */
export function useChangeFeed(): void {
  useStream(
    'changes',
    (signal) => studio.system.changes({}, { signal }),
    (change) => {
      for (const listener of listeners) listener(change);
      refetchSoon(staleKeys(change));
    },
  );
  // What changed while the connection was away is unknown, so everything in sight is asked again.
  useEffect(
    () =>
      connectionStore.subscribe(({ state, epoch }, before) => {
        if (state === 'open' && before.state !== 'open' && epoch > 1) void queryClient.invalidateQueries();
      }),
    [],
  );
}
