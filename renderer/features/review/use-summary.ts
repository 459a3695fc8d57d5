import { useCallback, useSyncExternalStore } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { summaries } from './review-session.ts';

/** One asset as the grid knows it; undefined until it is loaded. Asking for it is the caller's part. */
export function useSummary(id: AssetId | null): AssetSummary | undefined {
  const subscribe = useCallback(
    (listener: () => void) => (id === null ? () => undefined : summaries.subscribe(id, listener)),
    [id],
  );
  return useSyncExternalStore(subscribe, () => (id === null ? undefined : summaries.get(id)));
}
