import { showToast } from '../../app/toasts.tsx';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import { message } from '../../lib/messages/message.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { activeOf, promoteCandidate, startCompare, stepCandidate, swapSides } from './compare-state.ts';
import type { Replayed } from './decision-queue.ts';
import { advancesAfter, decisionTargets } from './decisions.ts';
import { moveInGrid } from './grid-layout.ts';
import type { GridMove } from './grid-layout.ts';
import { decisionQueue } from './review-session.ts';
import { removeFromList, returnToList, useReviewStore } from './review-store.ts';
import { activate, emptySelection, extendTo, selectAll, selectOnly } from './selection.ts';
import { MAX_SURVEY } from './survey-layout.ts';
import { fittedView, toggleFullScale } from './zoom.ts';

const { getState, setState } = useReviewStore;

/** The asset that keys and the inspector speak of. */
export function activeAsset(): AssetId | null {
  const { mode, compare, selection } = getState();
  return mode === 'compare' && compare !== null ? activeOf(compare) : selection.active;
}

/** What a decision made now is for. */
export function targets(): AssetId[] {
  const { mode, selection } = getState();
  return decisionTargets(mode, selection.selected, activeAsset());
}

export function moveCursor(move: GridMove, extend = false): void {
  const { mode, compare, list, selection, gridShape } = getState();
  if (mode === 'compare' && compare !== null) {
    if (move === 'left' || move === 'right') setState({ compare: stepCandidate(compare, move === 'left' ? -1 : 1) });
    return;
  }
  if (mode === 'survey') return moveInSurvey(move);
  const index = selection.active === null ? -1 : (list.positions.get(selection.active) ?? -1);
  const columns = mode === 'grid' ? gridShape.columns : 1;
  const target = list.ids[moveInGrid(index, move, columns, list.ids.length, gridShape.rowsPerPage)];
  if (target === undefined) return;
  // Moving on in the loupe keeps a selection of several, so that it is still there in the grid.
  const next = extend
    ? extendTo(selection, list, target)
    : mode === 'grid'
      ? selectOnly(target)
      : activate(selection, target);
  setState({ selection: next, notice: null });
}

function moveInSurvey(move: GridMove): void {
  const { survey, selection } = getState();
  const index = selection.active === null ? -1 : survey.indexOf(selection.active);
  const step = move === 'left' || move === 'up' ? -1 : 1;
  const target = survey[Math.max(0, Math.min(survey.length - 1, index + step))];
  if (target !== undefined) setState({ selection: { ...selection, active: target } });
}

export function decide(decision: Decision, shiftKey: boolean): void {
  const ids = targets();
  if (ids.length === 0) return;
  setState({ problem: null, notice: null });
  decisionQueue.decide(ids, decision).catch((problem: unknown) => setState({ problem }));
  if (!advancesAfter(ids.length, getState().autoAdvance, shiftKey)) return;
  const { mode, compare } = getState();
  if (mode === 'compare' && compare?.side === 'select') return;
  moveCursor('right');
}

export function binTargets(): void {
  const ids = targets();
  if (ids.length === 0) return;
  removeFromList(ids);
  decisionQueue.bin(ids).then(
    () =>
      showToast({
        title: message('review.binned', { count: ids.length }),
        action: { title: message('common.undo'), keys: 'mod+z', run: undo },
      }),
    (problem: unknown) => {
      returnToList(ids);
      setState({ problem });
    },
  );
}

function showReplayed(replayed: Replayed, isRedo: boolean): void {
  if (replayed.kind !== 'decided') {
    if (replayed.kind === 'restored') returnToList(replayed.assetIds);
    else removeFromList(replayed.assetIds);
    const first = replayed.assetIds[0];
    if (replayed.kind === 'restored' && first !== undefined)
      setState({ selection: { active: first, anchor: first, selected: new Set(replayed.assetIds) } });
    setState({
      notice: message(replayed.kind === 'restored' ? 'review.restored' : 'review.binned', {
        count: replayed.assetIds.length,
      }),
    });
    return;
  }
  const { list, mode, selection } = getState();
  const shown = replayed.assets.map(({ id }) => id).filter((id) => list.positions.has(id));
  const first = shown[0];
  if (first !== undefined && (mode === 'grid' || mode === 'loupe') && !selection.selected.has(first))
    setState({ selection: { active: first, anchor: first, selected: new Set(shown) } });
  setState({ notice: message(isRedo ? 'review.redone' : 'review.undone', { count: replayed.assets.length }) });
}

export function undo(): void {
  decisionQueue.undo().then(
    (replayed) => showReplayed(replayed, false),
    (problem: unknown) => setState({ problem }),
  );
}

export function redo(): void {
  decisionQueue.redo().then(
    (replayed) => showReplayed(replayed, true),
    (problem: unknown) => setState({ problem }),
  );
}

export function selectEverything(): void {
  setState(({ selection, list }) => ({ selection: selectAll(selection, list) }));
}

export function toggleLoupe(): void {
  const { mode, selection } = getState();
  if (mode === 'loupe') setState({ mode: 'grid', view: fittedView });
  else if (selection.active !== null) setState({ mode: 'loupe', view: fittedView });
}

/** C: compares the selection; inside compare it swaps the two sides. */
export function compareOrSwap(): void {
  const { mode, compare, list, selection } = getState();
  if (mode === 'compare' && compare !== null) return setState({ compare: swapSides(compare) });
  const started = startCompare(list.ids, selection.selected, selection.active);
  if (started === null) setState({ notice: message('review.compareNeedsTwo') });
  else setState({ mode: 'compare', compare: started, view: fittedView });
}

export function promote(): void {
  setState(({ compare }) => (compare === null ? {} : { compare: promoteCandidate(compare) }));
}

export function toggleCompareSide(): void {
  setState(({ compare }) =>
    compare === null ? {} : { compare: { ...compare, side: compare.side === 'select' ? 'candidate' : 'select' } },
  );
}

export function toggleCompareLayout(): void {
  setState(({ compareLayout }) => ({ compareLayout: compareLayout === 'slider' ? 'side-by-side' : 'slider' }));
}

/** N: the selection side by side, as many as stay large enough to judge. */
export function toggleSurvey(): void {
  const { mode, list, selection } = getState();
  if (mode === 'survey') return leaveView();
  const chosen = list.ids.filter((id) => selection.selected.has(id));
  if (chosen.length < 2) return setState({ notice: message('review.surveyNeedsTwo') });
  const survey = chosen.slice(0, MAX_SURVEY);
  const active =
    selection.active !== null && survey.includes(selection.active) ? selection.active : (survey[0] ?? null);
  setState({
    mode: 'survey',
    survey,
    selection: { ...selection, active },
    notice:
      chosen.length > MAX_SURVEY ? message('review.surveyCut', { shown: MAX_SURVEY, count: chosen.length }) : null,
  });
}

/** Takes one picture out of the survey and of the selection behind it. */
export function dropFromSurvey(id: AssetId): void {
  const { survey, selection } = getState();
  const left = survey.filter((other) => other !== id);
  const selected = new Set(selection.selected);
  selected.delete(id);
  if (left.length === 0) return setState({ mode: 'grid', survey: [] });
  const active =
    selection.active === id ? (left[Math.min(survey.indexOf(id), left.length - 1)] ?? null) : selection.active;
  setState({ survey: left, selection: { ...selection, active, selected } });
}

/** Escape: from a view back to the grid, from a selection of several back to the one under the cursor. */
export function leaveView(): void {
  const { mode, selection, compare } = getState();
  if (mode === 'grid')
    return setState({ selection: selection.active === null ? emptySelection : selectOnly(selection.active) });
  const active = mode === 'compare' && compare !== null ? activeOf(compare) : selection.active;
  setState({
    mode: 'grid',
    compare: null,
    survey: [],
    view: fittedView,
    selection: active === null ? selection : activate(selection, active),
  });
}

export function toggleZoom(): void {
  const { mode } = getState();
  if (mode === 'grid') toggleLoupe();
  setState(({ view }) => ({ view: toggleFullScale(view, window.devicePixelRatio, 0.5, 0.5) }));
}

export function toggleAutoAdvance(): void {
  setState(({ autoAdvance }) => ({ autoAdvance: !autoAdvance }));
}

/** L: asks for the list anew; its answer sorts in what is new and lets go what no longer matches. The cursor stays or goes to the next one. */
export function updateList(): void {
  setState({ fresh: null });
  void queryClient.invalidateQueries({ queryKey: ['review', 'ids'] });
}
