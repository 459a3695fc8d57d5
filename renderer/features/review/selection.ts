import type { AssetList } from './asset-list.ts';
import {
  addPlaces,
  countPlaces,
  hasPlace,
  indexOfPlace,
  noPlaces,
  placeBefore,
  placeFrom,
  placesFrom,
  removePlaces,
  sharedPlaces,
} from './places.ts';
import type { Places } from './places.ts';

/** The cursor (`active`), where a range began (`anchor`) and what is selected, by places of the list. The active one is selected unless it was clicked away. */
export interface Selection {
  readonly active: number | null;
  readonly anchor: number | null;
  readonly selected: Places;
}

export const emptySelection: Selection = { active: null, anchor: null, selected: noPlaces };

export function selectOnly(place: number): Selection {
  return { active: place, anchor: place, selected: placesFrom(place, place + 1) };
}

/** Ctrl-click: adds or takes away one asset and leaves the others. */
export function toggleSelected({ selected }: Selection, place: number): Selection {
  const one = placesFrom(place, place + 1);
  const next = hasPlace(selected, place) ? removePlaces(selected, one) : addPlaces(selected, one);
  return { active: place, anchor: place, selected: next };
}

/** Shift-click and shift-arrow: everything from the anchor to the asset, in list order, whether its names are here or not. */
export function extendTo(selection: Selection, list: AssetList, place: number): Selection {
  const anchor = selection.anchor ?? selection.active ?? place;
  if (indexOfPlace(list.shown, anchor) < 0 || indexOfPlace(list.shown, place) < 0) return selectOnly(place);
  const range = placesFrom(Math.min(anchor, place), Math.max(anchor, place) + 1);
  return { active: place, anchor, selected: sharedPlaces(range, list.shown) };
}

export function selectAll(selection: Selection, list: AssetList): Selection {
  const active = selection.active ?? placeFrom(list.shown, 0) ?? null;
  return { active, anchor: active, selected: list.shown };
}

/** Moves the cursor inside a selection of several without letting it go; outside it, selects the one asset. */
export function activate(selection: Selection, place: number): Selection {
  if (countPlaces(selection.selected) > 1 && hasPlace(selection.selected, place))
    return { ...selection, active: place };
  return selectOnly(place);
}

/** Where the cursor lands when assets have left the list: the next one that stayed, else the one before. */
export function survive(selection: Selection, after: AssetList): Selection {
  const { active } = selection;
  if (active === null || hasPlace(after.shown, active))
    return { ...selection, selected: sharedPlaces(selection.selected, after.shown) };
  const landed = placeFrom(after.shown, active) ?? placeBefore(after.shown, active);
  return landed === undefined ? emptySelection : selectOnly(landed);
}
