import type { AssetListId } from '../../../electron/contract/identifiers.ts';
import { addPlaces, countPlaces, noPlaces, placesFrom, removePlaces, sharedPlaces } from './places.ts';
import type { Places } from './places.ts';

/**
 * The list on the screen by places: the studio keeps its order and its names, so that a place belongs to one picture for as long as the list stands. What left through the bin keeps
 * its place and is not shown.
 */
export interface AssetList {
  /** Null before the first answer. */
  readonly listId: AssetListId | null;
  /** Places of the studio's list. */
  readonly length: number;
  readonly shown: Places;
  /** How many places there were when it was sorted; what arrived since stands behind them. */
  readonly sortedLength: number;
}

export const emptyAssetList: AssetList = { listId: null, length: 0, shown: noPlaces, sortedLength: 0 };

export function createAssetList(listId: AssetListId, length: number): AssetList {
  return { listId, length, shown: placesFrom(0, length), sortedLength: length };
}

export function countShown(list: AssetList): number {
  return countPlaces(list.shown);
}

/** What arrived joins at the end, so that neither a decision nor a new picture moves the cursor. */
export function growList(list: AssetList, length: number): AssetList {
  if (length <= list.length) return list;
  return { ...list, length, shown: addPlaces(list.shown, placesFrom(list.length, length)) };
}

export function hidePlaces(list: AssetList, places: Places): AssetList {
  return { ...list, shown: removePlaces(list.shown, places) };
}

export function showPlaces(list: AssetList, places: Places): AssetList {
  return { ...list, shown: addPlaces(list.shown, sharedPlaces(places, placesFrom(0, list.length))) };
}

/** What arrived since the list was sorted and stands at its end. */
export function countAdded(list: AssetList): number {
  return countPlaces(sharedPlaces(list.shown, placesFrom(list.sortedLength, list.length)));
}
