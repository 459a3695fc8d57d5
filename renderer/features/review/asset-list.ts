import type { AssetId } from '../../../electron/contract/identifiers.ts';

/** The ids of a review list in their order, with the position of each. */
export interface AssetList {
  readonly ids: readonly AssetId[];
  readonly positions: ReadonlyMap<AssetId, number>;
}

export const emptyAssetList: AssetList = { ids: [], positions: new Map() };

export function createAssetList(ids: readonly AssetId[]): AssetList {
  const positions = new Map<AssetId, number>();
  ids.forEach((id, index) => positions.set(id, index));
  return { ids, positions };
}

/** What the studio's newest answer would change in the list on the screen. */
export interface ListDrift {
  /** Assets that arrived since the list was sorted; they stand at its end. */
  readonly added: number;
  /** Assets that no longer match the filter; they keep their place until the list is sorted again. */
  readonly leaving: number;
}

/**
 * Keeps every asset on the screen where it is, so that neither a decision nor a new picture moves the cursor: what is new goes to the end,
 * what no longer matches stays. `sorted` is what the list was sorted from; ids in `gone` leave at once.
 */
export function holdOrder(held: AssetList, fresh: readonly AssetId[], gone: ReadonlySet<AssetId>): AssetList {
  const added = fresh.filter((id) => !held.positions.has(id) && !gone.has(id));
  const anyGone = gone.size > 0 && held.ids.some((id) => gone.has(id));
  if (added.length === 0 && !anyGone) return held;
  const kept = anyGone ? held.ids.filter((id) => !gone.has(id)) : held.ids;
  return createAssetList([...kept, ...added]);
}

export function measureDrift(held: AssetList, fresh: readonly AssetId[], sortedCount: number): ListDrift {
  let staying = 0;
  for (const id of fresh) if (held.positions.has(id)) staying += 1;
  return { added: Math.max(0, held.ids.length - sortedCount), leaving: held.ids.length - staying };
}

/** Puts ids back where they stood; positions are those of the list before they left. */
export function putBack(
  list: AssetList,
  leavers: readonly { readonly id: AssetId; readonly position: number }[],
): AssetList {
  const ids = [...list.ids];
  const ordered = [...leavers].sort((a, b) => a.position - b.position);
  for (const { id, position } of ordered) {
    if (!list.positions.has(id)) ids.splice(Math.min(position, ids.length), 0, id);
  }
  return createAssetList(ids);
}
