import type { QueryKey } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { EventFeedItem, EventPlace, LibraryEvent } from '../../electron/contract/event.ts';
import { renew } from './query-client.ts';
import { staleKeys } from './stale-keys.ts';
import { studio } from './studio.ts';
import { useStream } from './use-stream.ts';

type Listener = (event: LibraryEvent) => void;
const listeners = new Set<Listener>();

/** Calls back for every event of the library, before caches are refetched; for screens that patch what they show. */
export function useOnEvent(listener: Listener): void {
  const receive = useEffectEvent(listener);
  useEffect(() => {
    const own: Listener = (event) => receive(event);
    listeners.add(own);
    return () => void listeners.delete(own);
  }, []);
}

/** A batch changes rows many times a second; each query is refetched at most this often. */
const REFETCH_PAUSE_MS = 300;
const pending = new Map<string, QueryKey>();
let timer: ReturnType<typeof setTimeout> | undefined;

function refetchSoon(keys: readonly QueryKey[]): void {
  for (const key of keys) pending.set(JSON.stringify(key), key);
  timer ??= setTimeout(() => {
    timer = undefined;
    const stale = [...pending.values()];
    pending.clear();
    for (const queryKey of stale) void renew({ queryKey });
  }, REFETCH_PAUSE_MS);
}

/** The last event that this page has heard. */
let heard: EventPlace | null = null;

function receiveItem(item: EventFeedItem): void {
  if (item.kind === 'event') {
    heard = { sequence: item.event.sequence, atMs: item.event.atMs };
    for (const listener of listeners) listener(item.event);
    refetchSoon(staleKeys(item.event));
    return;
  }
  const isFirst = heard === null;
  heard = item.place;
  if (item.missed) void renew();
  else if (!isFirst) {
    // What happened meanwhile is told by the events that follow. What failed with the connection is asked again, and so is what no row holds.
    void renew({ predicate: ({ state }) => state.status === 'error' || state.isInvalidated });
    void renew({ queryKey: ['system'] });
  }
}

/** Keeps every cache of the page true to the library, and after a lost connection goes on where it was. The frame mounts it once. */
export function useEventFeed(): void {
  useStream('events', (signal) => studio.event.follow({ since: heard }, { signal }), receiveItem);
}
