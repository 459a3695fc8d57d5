import { useEffect } from 'react';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { summaries } from './review-session.ts';

/** Asks for the summaries of a few assets that are shown outside the grid. The cache passes over what it has or is loading. */
export function useWanted(ids: readonly AssetId[]): void {
  useEffect(() => {
    summaries.wantAlso(ids);
  }, [ids]);
}
