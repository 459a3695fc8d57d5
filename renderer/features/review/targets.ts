import type { AssetId, AssetListId } from '../../../electron/contract/identifiers.ts';
import type { NameWindows } from './name-windows.ts';
import { countPlaces, hasPlace } from './places.ts';
import type { Places } from './places.ts';

/** What a key was pressed for, as it stood when it was pressed: the list may be another one by the time that all names are here. */
export interface Targets {
  readonly count: number;
  /** Those whose names are here: they show the decision at once. */
  readonly shown: readonly AssetId[];
  has(id: AssetId): boolean;
  /** All of them, in parts of up to 10,000. */
  read(): AsyncIterable<AssetId[]>;
}

export function targetsAt(names: NameWindows, listId: AssetListId, places: Places): Targets {
  const shown = names.known(listId, places) ?? names.knownOf(listId, places);
  const known = new Set(shown);
  const isWhole = known.size === countPlaces(places);
  return {
    count: countPlaces(places),
    shown,
    has(id) {
      if (known.has(id)) return true;
      const place = isWhole ? undefined : names.placeOf(id, listId);
      return place !== undefined && hasPlace(places, place);
    },
    read: () => (isWhole ? readOnce(shown) : names.read(listId, places)),
  };
}

export function targetsNamed(assetIds: readonly AssetId[]): Targets {
  const known = new Set(assetIds);
  return { count: assetIds.length, shown: assetIds, has: (id) => known.has(id), read: () => readOnce(assetIds) };
}

const MAX_PART = 10_000;

async function* readOnce(assetIds: readonly AssetId[]): AsyncGenerator<AssetId[]> {
  for (let start = 0; start < assetIds.length; start += MAX_PART) yield assetIds.slice(start, start + MAX_PART);
}
