import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { names } from './review-session.ts';
import { useReviewStore } from './review-store.ts';

/** The picture at a place; undefined until its name is here. Asking for it is the caller's part. */
export function useName(place: number | null): AssetId | undefined {
  return useSyncExternalStore(
    names.subscribe,
    useCallback(() => (place === null ? undefined : names.get(place)), [place]),
  );
}

/** The pictures at neighbouring places, asked for where they are missing; those whose names are not here yet are left out. */
export function useNames(places: readonly number[]): readonly AssetId[] {
  const version = useSyncExternalStore(names.subscribe, names.getVersion);
  const listId = useReviewStore((state) => state.list.listId);
  useEffect(() => {
    if (listId === null) return;
    for (const place of places) if (names.get(place) === undefined) names.want(place, place + 1);
  }, [places, listId]);
  return useMemo(
    () => (version < 0 ? [] : places.map((place) => names.get(place)).filter((id) => id !== undefined)),
    [places, version],
  );
}

/** The picture that keys and the inspector speak of in grid, loupe and survey: also one that is named by the address and whose list is on its way. */
export function useActiveName(): AssetId | null {
  const active = useReviewStore((state) => state.selection.active);
  const sought = useReviewStore((state) => state.sought);
  const name = useName(active);
  useEffect(() => {
    if (active !== null && name === undefined) names.want(active, active + 1);
  }, [active, name]);
  return sought ?? name ?? null;
}
