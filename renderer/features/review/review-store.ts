import { create } from 'zustand';
import type { AssetFilter, AssetSort } from '../../../electron/contract/asset.ts';
import type { Region } from '../../../electron/contract/compliance.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { createAssetList, emptyAssetList, holdOrder, measureDrift, putBack } from './asset-list.ts';
import type { AssetList, ListDrift } from './asset-list.ts';
import type { CompareLayout, CompareState } from './compare-state.ts';
import type { ReviewMode } from './decisions.ts';
import { openingFilter } from './filter-state.ts';
import { emptySelection, selectOnly, survive } from './selection.ts';
import type { Selection } from './selection.ts';
import { fittedView } from './zoom.ts';
import type { View } from './zoom.ts';

interface Leaver {
  readonly id: AssetId;
  readonly position: number;
}

export interface ReviewState {
  filter: AssetFilter;
  sort: AssetSort;
  /** The list on the screen and the studio's newest answer to the same question; null before the first answer. */
  list: AssetList;
  fresh: readonly AssetId[] | null;
  /** How many of the list were there when it was sorted. */
  sortedCount: number;
  drift: ListDrift;
  gone: ReadonlySet<AssetId>;
  leavers: readonly Leaver[];
  selection: Selection;
  mode: ReviewMode;
  compare: CompareState | null;
  compareLayout: CompareLayout;
  survey: readonly AssetId[];
  view: View;
  /** The part of the picture that the check under the pointer or focus speaks of. */
  highlight: { readonly assetId: AssetId; readonly region: Region; readonly label: string } | null;
  tilePx: number;
  autoAdvance: boolean;
  exportOpen: boolean;
  /** The picture that variations are asked for; null while the pane is shut. */
  varying: AssetId | null;
  /** What the grid last drew, for moves by rows. */
  gridShape: { readonly columns: number; readonly rowsPerPage: number };
  /** A write or load that failed, shown where the work is until it is dismissed or works again. */
  problem: unknown;
  /** What an undo or redo did, in words, at the foot of the screen. */
  notice: string | null;
}

const noDrift: ListDrift = { added: 0, leaving: 0 };

export const useReviewStore = create<ReviewState>(() => ({
  filter: openingFilter,
  sort: 'newest',
  list: emptyAssetList,
  fresh: null,
  sortedCount: 0,
  drift: noDrift,
  gone: new Set(),
  leavers: [],
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
    fresh: null,
    leavers: [],
    mode: 'grid',
    compare: null,
    survey: [],
    view: fittedView,
    highlight: null,
  });
}

function replaceList(fresh: readonly AssetId[]): void {
  const { gone, list: before, selection } = getState();
  const list = createAssetList(gone.size === 0 ? fresh : fresh.filter((id) => !gone.has(id)));
  const kept = survive(selection, before, list);
  const first = list.ids[0];
  const next = kept.active === null && first !== undefined ? selectOnly(first) : kept;
  setState({ fresh, list, sortedCount: list.ids.length, drift: noDrift, selection: next });
}

/** Takes in the studio's answer. The first answer to a question is the list; later ones only add to its end. */
export function receiveIds(fresh: readonly AssetId[]): void {
  const { fresh: before, list, gone, sortedCount } = getState();
  if (before === null || list.ids.length === 0) return replaceList(fresh);
  const held = holdOrder(list, fresh, gone);
  setState({ fresh, list: held, drift: measureDrift(held, fresh, sortedCount) });
}

/** Assets that went to the bin, here or elsewhere, leave at once; the cursor lands on the next one. */
export function removeFromList(ids: readonly AssetId[]): void {
  const { list, gone, selection, sortedCount, leavers } = getState();
  const leaving = ids.flatMap((id) => {
    const position = list.positions.get(id);
    return position === undefined ? [] : [{ id, position }];
  });
  const nextGone = new Set([...gone, ...ids]);
  if (leaving.length === 0) return setState({ gone: nextGone });
  const next = holdOrder(list, [], nextGone);
  const early = leaving.filter(({ position }) => position < sortedCount).length;
  setState({
    gone: nextGone,
    list: next,
    selection: survive(selection, list, next),
    sortedCount: sortedCount - early,
    leavers: [...leavers, ...leaving],
    ...leaveDeadViews(next),
  });
}

/** What came back from the bin stands where it stood. */
export function returnToList(ids: readonly AssetId[]): void {
  const { list, gone, leavers, sortedCount } = getState();
  const nextGone = new Set(gone);
  for (const id of ids) nextGone.delete(id);
  const returning = leavers.filter(({ id }) => ids.includes(id));
  const next = putBack(list, returning);
  setState({
    gone: nextGone,
    list: next,
    leavers: leavers.filter(({ id }) => !ids.includes(id)),
    sortedCount: sortedCount + returning.length,
  });
}

/** Compare and survey end when what they show has left the list. */
function leaveDeadViews(list: AssetList): Partial<ReviewState> {
  const { mode, compare, survey } = getState();
  if (
    mode === 'compare' &&
    compare !== null &&
    !(list.positions.has(compare.select) && list.positions.has(compare.candidate))
  )
    return { mode: 'grid', compare: null };
  if (mode === 'survey') {
    const left = survey.filter((id) => list.positions.has(id));
    return left.length === 0 ? { mode: 'grid', survey: [] } : { survey: left };
  }
  return mode === 'loupe' && list.ids.length === 0 ? { mode: 'grid' } : {};
}
