import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { assetIdSchema } from '../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useOnChange } from '../../rpc/use-changes.ts';
import { summaries } from './review-session.ts';
import { receiveIds, removeFromList, returnToList, useReviewStore } from './review-store.ts';

function isAssetId(id: string): id is AssetId {
  return assetIdSchema.safeParse(id).success;
}

/** From this length on the list is asked for less often: 100,000 names are a few megabytes. */
const LONG_LIST = 10_000;
/** New pictures join the list at most this often; a batch makes several a second. */
const arrivalPauseMs = (count: number) => (count < LONG_LIST ? 400 : 3000);
/** After decisions the list is asked for again only to count what would leave it, once the keys have rested. */
const verdictPauseMs = (count: number) => (count < LONG_LIST ? 1200 : 5000);

/** Asks for the names of everything that matches, and keeps the list true to the library without moving the cursor. */
export function useReviewList() {
  const filter = useReviewStore((state) => state.filter);
  const sort = useReviewStore((state) => state.sort);
  // Not under the key of the change feed: a decision must not fetch the whole list again at once.
  const queryKey = ['review', 'ids', filter, sort];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => studio.asset.ids({ filter, sort }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    // Comparing two long lists to keep the old array costs more than taking the new one.
    structuralSharing: false,
  });
  const { data, isPlaceholderData } = query;

  useEffect(() => {
    if (data !== undefined && !isPlaceholderData) receiveIds(data);
  }, [data, isPlaceholderData]);

  const timer = useRef<{ handle: ReturnType<typeof setTimeout>; dueMs: number; reason: 'arrival' | 'verdict' } | null>(
    null,
  );
  function askAgain(reason: 'arrival' | 'verdict'): void {
    const count = useReviewStore.getState().list.ids.length;
    const pauseMs = reason === 'arrival' ? arrivalPauseMs(count) : verdictPauseMs(count);
    const dueMs = Date.now() + pauseMs;
    // Another decision waits for rest again; another arrival never puts off what is due.
    if (timer.current !== null && timer.current.reason === 'arrival' && timer.current.dueMs <= dueMs) return;
    if (timer.current !== null) clearTimeout(timer.current.handle);
    const handle = setTimeout(() => {
      timer.current = null;
      void queryClient.invalidateQueries({ queryKey: ['review', 'ids'] });
    }, pauseMs);
    timer.current = { handle, dueMs, reason };
  }
  useEffect(() => {
    const pending = timer;
    // Whoever comes to the screen sees it sorted; the cursor stays, or goes to the next asset that still matches.
    useReviewStore.setState({ fresh: null });
    return () => {
      if (pending.current !== null) clearTimeout(pending.current.handle);
      pending.current = null;
    };
  }, []);

  useOnChange(({ topic, verb, ids }) => {
    if (topic === 'verdict') return askAgain('verdict');
    if (topic !== 'asset') return;
    const assetIds = ids.filter(isAssetId);
    if (verb === 'changed') summaries.refresh(assetIds);
    else if (verb === 'removed') removeFromList(assetIds);
    else {
      const { gone } = useReviewStore.getState();
      const returned = assetIds.filter((id) => gone.has(id));
      if (returned.length > 0) returnToList(returned);
      summaries.refresh(assetIds);
      askAgain('arrival');
    }
  });
  return query;
}
