import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { AssetList } from './asset-list.ts';

/** The cursor (`active`), where a range began (`anchor`) and what is selected. The active asset is selected unless it was clicked away. */
export interface Selection {
  readonly active: AssetId | null;
  readonly anchor: AssetId | null;
  readonly selected: ReadonlySet<AssetId>;
}

export const emptySelection: Selection = { active: null, anchor: null, selected: new Set() };

export function selectOnly(id: AssetId): Selection {
  return { active: id, anchor: id, selected: new Set([id]) };
}

/** Ctrl-click: adds or takes away one asset and leaves the others. */
export function toggleSelected(selection: Selection, id: AssetId): Selection {
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { active: id, anchor: id, selected };
}

/** Shift-click and shift-arrow: everything from the anchor to the asset, in list order. */
export function extendTo(selection: Selection, list: AssetList, id: AssetId): Selection {
  const anchor = selection.anchor ?? selection.active ?? id;
  const from = list.positions.get(anchor);
  const to = list.positions.get(id);
  if (from === undefined || to === undefined) return selectOnly(id);
  return { active: id, anchor, selected: new Set(list.ids.slice(Math.min(from, to), Math.max(from, to) + 1)) };
}

export function selectAll(selection: Selection, list: AssetList): Selection {
  const active = selection.active ?? list.ids[0] ?? null;
  return { active, anchor: active, selected: new Set(list.ids) };
}

/** Moves the cursor inside a selection of several without letting it go; outside it, selects the one asset. */
export function activate(selection: Selection, id: AssetId): Selection {
  if (selection.selected.size > 1 && selection.selected.has(id)) return { ...selection, active: id };
  return selectOnly(id);
}

/** Where the cursor lands when assets have left the list: the next one that stayed, else the one before. */
export function survive(selection: Selection, before: AssetList, after: AssetList): Selection {
  const selected = new Set([...selection.selected].filter((id) => after.positions.has(id)));
  const active = selection.active;
  if (active === null || after.positions.has(active)) {
    if (selected.size === selection.selected.size) return selection;
    return { ...selection, selected };
  }
  const start = before.positions.get(active) ?? 0;
  const next =
    before.ids.slice(start).find((id) => after.positions.has(id)) ??
    before.ids.slice(0, start).findLast((id) => after.positions.has(id));
  const landed = next ?? after.ids[0];
  return landed === undefined ? emptySelection : selectOnly(landed);
}
