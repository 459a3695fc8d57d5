import { useEffect } from 'react';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { summaries } from './review-session.ts';

/** Asks for the summaries of a few assets that are shown outside the grid. */
export function useWanted(ids: readonly AssetId[]): void {
  const wanted = ids.join(' ');
  useEffect(() => {
    summaries.wantAlso(ids);
    // The ids as text are what changes; the array is made anew on every render.
  }, [wanted]);
}
