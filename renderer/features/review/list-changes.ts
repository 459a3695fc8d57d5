import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { studio } from '../../rpc/studio.ts';
import { placesOf } from './places.ts';
import { names } from './review-session.ts';
import { rememberLeavers, removePlacesFromList, useReviewStore } from './review-store.ts';

const { getState, setState } = useReviewStore;

/** Ids of one call. */
const MAX_PART = 10_000;

/** Those that this page is throwing away and whose writing is not answered yet: a list that is opened meanwhile may still hold them. */
const binning = new Set<AssetId>();

export function beginBinning(assetIds: readonly AssetId[]): void {
  for (const id of assetIds) binning.add(id);
}

export function endBinning(assetIds: readonly AssetId[]): void {
  for (const id of assetIds) binning.delete(id);
}

/** Those that the change feed calls gone: an answer about their places may come after they are back. */
const absent = new Set<AssetId>();

export function markAbsent(assetIds: readonly AssetId[]): void {
  for (const id of assetIds) absent.add(id);
}

export function markPresent(assetIds: readonly AssetId[]): void {
  for (const id of assetIds) absent.delete(id);
}

/** Takes out of a new list what is on its way to the bin. */
export async function hideBinned(): Promise<void> {
  if (binning.size === 0) return;
  markAbsent([...binning]);
  await locate([...binning], 'hide');
}

/**
 * Where assets stand in the list on the screen, asking the studio for those whose names are not here; those that are not in it are left out. With `hide` they leave the list and
 * are remembered for coming back.
 */
export async function locate(assetIds: readonly AssetId[], then: 'hide' | 'tell'): Promise<Map<AssetId, number>> {
  const found = new Map<AssetId, number>();
  const unknown: AssetId[] = [];
  const { list, leavers } = getState();
  for (const id of assetIds) {
    const place = leavers.get(id) ?? names.placeOf(id);
    if (place === undefined) unknown.push(id);
    else found.set(id, place);
  }
  // What is known leaves at once.
  if (then === 'hide') hide(found);
  const { listId } = list;
  if (unknown.length === 0 || listId === null) return found;
  try {
    for (let start = 0; start < unknown.length; start += MAX_PART) {
      const part = unknown.slice(start, start + MAX_PART);
      const places = await studio.assetList.locate({ listId, assetIds: part });
      if (getState().list.listId !== listId) return found;
      const located = new Map<AssetId, number>();
      part.forEach((id, at) => {
        const place = places[at];
        if (typeof place === 'number' && (then === 'tell' || absent.has(id))) located.set(id, place);
      });
      if (then === 'hide') hide(located);
      for (const [id, place] of located) found.set(id, place);
    }
  } catch (problem) {
    setState({ problem });
  }
  return found;
}

function hide(places: ReadonlyMap<AssetId, number>): void {
  if (places.size === 0) return;
  rememberLeavers([...places]);
  removePlacesFromList(placesOf([...places.values()]));
}
