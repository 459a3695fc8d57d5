import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { assetIdSchema } from '../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { renew } from '../../rpc/query-client.ts';
import { useOnEvent } from '../../rpc/use-events.ts';
import { countShown } from './asset-list.ts';
import { locate, markAbsent, markPresent } from './list-changes.ts';
import { listQuery } from './list-query.ts';
import { summaries } from './review-session.ts';
import { returnToList, useReviewStore } from './review-store.ts';

const { getState, setState } = useReviewStore;

function isAssetId(id: string): id is AssetId {
  return assetIdSchema.safeParse(id).success;
}

/** From this length on the list is followed less often: the studio looks through all of it. */
const LONG_LIST = 10_000;
/** New pictures join the list at most this often; a batch makes several a second. */
const arrivalPauseMs = (count: number) => (count < LONG_LIST ? 400 : 3000);
/** After decisions the list is followed only to count what would leave it, once the keys have rested. */
const verdictPauseMs = (count: number) => (count < LONG_LIST ? 1200 : 5000);
/** Asks for the list of everything that matches, and keeps it true to the library without moving the cursor. */
export function useReviewList() {
  const filter = useReviewStore((state) => state.filter);
  const sort = useReviewStore((state) => state.sort);
  const query = useQuery({ ...listQuery({ filter, sort }), placeholderData: keepPreviousData });

  const timer = useRef<{ handle: ReturnType<typeof setTimeout>; dueMs: number; reason: 'arrival' | 'verdict' } | null>(
    null,
  );
  function askAgain(reason: 'arrival' | 'verdict'): void {
    const count = countShown(getState().list);
    const pauseMs = reason === 'arrival' ? arrivalPauseMs(count) : verdictPauseMs(count);
    const dueMs = Date.now() + pauseMs;
    // Another decision waits for rest again; another arrival never puts off what is due.
    if (timer.current !== null && timer.current.reason === 'arrival' && timer.current.dueMs <= dueMs) return;
    if (timer.current !== null) clearTimeout(timer.current.handle);
    const handle = setTimeout(() => {
      timer.current = null;
      void renew({ queryKey: ['review', 'list'] });
    }, pauseMs);
    timer.current = { handle, dueMs, reason };
  }
  useEffect(() => {
    const pending = timer;
    return () => {
      if (pending.current !== null) clearTimeout(pending.current.handle);
      pending.current = null;
      // Whoever comes back to the screen sees it sorted; the cursor stays, or goes to the next asset that still matches.
      setState({ answered: false });
    };
  }, []);

  useOnEvent(({ name, subject }) => {
    const [aggregate] = name.split('.');
    if (aggregate !== 'asset' && aggregate !== 'verdict') return;
    const assetIds = subject.filter(isAssetId);
    if (name === 'asset.binned' || name === 'asset.deleted') {
      markAbsent(assetIds);
      void locate(assetIds, 'hide');
      return;
    }
    summaries.refresh(assetIds);
    if (aggregate === 'verdict') askAgain('verdict');
    if (name !== 'asset.made' && name !== 'asset.restored') return;
    markPresent(assetIds);
    returnToList(assetIds);
    askAgain('arrival');
  });
  return query;
}
