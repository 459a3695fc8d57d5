import { create } from 'zustand';
import type { OpenedList } from '../../../electron/contract/asset-list.ts';
import type { AssetFilter, AssetSort } from '../../../electron/contract/asset.ts';
import type { Region } from '../../../electron/contract/compliance.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { countShown, createAssetList, emptyAssetList, growList, hidePlaces, showPlaces } from './asset-list.ts';
import type { AssetList } from './asset-list.ts';
import type { CompareLayout, CompareState } from './compare-state.ts';
import type { ReviewMode } from './decisions.ts';
import { openingFilter } from './filter-state.ts';
import { hasPlace, placesOf } from './places.ts';
import type { Places } from './places.ts';
import { emptySelection, selectOnly, survive } from './selection.ts';
import type { Selection } from './selection.ts';
import { fittedView } from './zoom.ts';
import type { View } from './zoom.ts';

export interface ReviewState {
  filter: AssetFilter;
  sort: AssetSort;
  /** The list on the screen; while another question is asked it is that of the one before. */
  list: AssetList;
  /** Whether the list answers the question; the next answer sorts it anew when not. */
  answered: boolean;
  /** How many of the list no longer match the filter; they keep their place until it is sorted again. */
  leaving: number;
  /** What left the list through the bin, by the place that it comes back to. */
  leavers: ReadonlyMap<AssetId, number>;
  /** The picture that the address names, until the list has come and says where it stands. */
  sought: AssetId | null;
  selection: Selection;
  mode: ReviewMode;
  compare: CompareState | null;
  compareLayout: CompareLayout;
  /** Places side by side. */
  survey: readonly number[];
  view: View;
  /** The part of the picture that the check under the pointer or focus speaks of. */
  highlight: { readonly assetId: AssetId; readonly region: Region; readonly label: string } | null;
  tilePx: number;
  autoAdvance: boolean;
  exportOpen: boolean;
  /** The picture that variations are asked for; null while the pane is shut. */
  /** The pictures that the pane for variations is about; null while it is closed. */
  varying: readonly AssetId[] | null;
  /** What the grid last drew, for moves by rows. */
  gridShape: { readonly columns: number; readonly rowsPerPage: number };
  /** A write or load that failed, shown where the work is until it is dismissed or works again. */
  problem: unknown;
  /** What an undo or redo did, in words, at the foot of the screen. */
  notice: string | null;
}

export const useReviewStore = create<ReviewState>(() => ({
  filter: openingFilter,
  sort: 'newest',
  list: emptyAssetList,
  answered: false,
  leaving: 0,
  leavers: new Map(),
  sought: null,
  selection: emptySelection,
  mode: 'grid',
  compare: null,
  compareLayout: 'side-by-side',
  survey: [],
  view: fittedView,
  highlight: null,
  tilePx: 176,
  autoAdvance: false,
  exportOpen: false,
  varying: null,
  gridShape: { columns: 2, rowsPerPage: 1 },
  problem: null,
  notice: null,
}));

const { getState, setState } = useReviewStore;

/** A new question: the list is asked for again and the view steps back to the grid. */
export function setQuestion(change: Partial<Pick<ReviewState, 'filter' | 'sort'>>): void {
  setState({
    ...change,
    answered: false,
    sought: null,
    mode: 'grid',
    compare: null,
    survey: [],
    view: fittedView,
    highlight: null,
  });
}

/** Another list takes the place of the one before; cursor and selection are where the studio found them again. */
export function showList({ listId, count, active, isKept, selected }: OpenedList): void {
  const list = createAssetList(listId, count);
  const selection: Selection =
    active === null
      ? emptySelection
      : isKept && selected.length > 0
        ? { active, anchor: active, selected }
        : selectOnly(active);
  setState({
    list,
    selection,
    answered: true,
    leaving: 0,
    leavers: new Map(),
    sought: null,
    // Compare and survey speak of places of the list before.
    ...(['compare', 'survey'].includes(getState().mode) ? { mode: 'grid', compare: null, survey: [] } : {}),
  });
}

/** The list on the screen only grows at its end. */
export function extendList(count: number, leaving: number): void {
  setState(({ list }) => ({ list: growList(list, count), leaving }));
}

/** Assets that went to the bin, here or elsewhere, leave at once; the cursor lands on the next one. */
export function removePlacesFromList(places: Places): void {
  const { list, selection } = getState();
  const next = hidePlaces(list, places);
  if (countShown(next) === countShown(list)) return;
  setState({ list: next, selection: survive(selection, next), ...leaveDeadViews(next) });
}

/** Puts places back that did not leave after all. */
export function showAgain(places: Places): void {
  setState(({ list }) => ({ list: showPlaces(list, places) }));
}

/** Remembers by name who left, so that they can come back to their places. */
export function rememberLeavers(leavers: readonly (readonly [AssetId, number])[]): void {
  if (leavers.length > 0) setState((state) => ({ leavers: new Map([...state.leavers, ...leavers]) }));
}

/** What came back from the bin stands where it stood. @returns the places of those that this list knows */
export function returnToList(ids: readonly AssetId[]): number[] {
  const { list, leavers } = getState();
  const places = ids.map((id) => leavers.get(id)).filter((place) => place !== undefined);
  if (places.length === 0) return places;
  const left = new Map(leavers);
  for (const id of ids) left.delete(id);
  setState({ list: showPlaces(list, placesOf(places)), leavers: left });
  return places;
}

/** Compare and survey end when what they show has left the list. */
function leaveDeadViews(list: AssetList): Partial<ReviewState> {
  const { mode, compare, survey } = getState();
  if (
    mode === 'compare' &&
    compare !== null &&
    !(hasPlace(list.shown, compare.select) && hasPlace(list.shown, compare.candidate))
  )
    return { mode: 'grid', compare: null };
  if (mode === 'survey') {
    const left = survey.filter((place) => hasPlace(list.shown, place));
    return left.length === 0 ? { mode: 'grid', survey: [] } : { survey: left };
  }
  return mode === 'loupe' && countShown(list) === 0 ? { mode: 'grid' } : {};
}
