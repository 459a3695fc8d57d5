import { navigate } from '../../app/use-route.ts';
import { showToast } from '../../app/toasts.tsx';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import { message } from '../../lib/messages/message.ts';
import { renew } from '../../rpc/query-client.ts';
import { countShown } from './asset-list.ts';
import { activeOf, promoteCandidate, startCompare, stepCandidate, swapSides } from './compare-state.ts';
import type { Replayed } from './decision-queue.ts';
import { advancesAfter, decisionPlaces } from './decisions.ts';
import { moveInGrid } from './grid-layout.ts';
import type { GridMove } from './grid-layout.ts';
import { beginBinning, endBinning, locate, markAbsent, markPresent } from './list-changes.ts';
import {
  countPlaces,
  firstPlaces,
  hasPlace,
  indexOfPlace,
  placeAt,
  placesFrom,
  placesOf,
  removePlaces,
} from './places.ts';
import { decisionQueue, names, summaries } from './review-session.ts';
import { rememberLeavers, removePlacesFromList, returnToList, showAgain, useReviewStore } from './review-store.ts';
import { activate, emptySelection, extendTo, selectAll, selectOnly } from './selection.ts';
import { MAX_SURVEY } from './survey-layout.ts';
import { targetsAt, targetsNamed } from './targets.ts';
import type { Targets } from './targets.ts';
import { fittedView, toggleFullScale } from './zoom.ts';

const { getState, setState } = useReviewStore;

/** Where keys point. */
function activePlace(): number | null {
  const { mode, compare, selection } = getState();
  return mode === 'compare' && compare !== null ? activeOf(compare) : selection.active;
}

/** What a decision made now is for. */
function targets(): Targets {
  const { mode, selection, list, sought } = getState();
  if (sought !== null) return targetsNamed([sought]);
  const places = decisionPlaces(mode, selection.selected, activePlace());
  return list.listId === null ? targetsNamed([]) : targetsAt(names, list.listId, places);
}

export function moveCursor(move: GridMove, extend = false): void {
  const { mode, compare, list, selection, gridShape } = getState();
  if (mode === 'compare' && compare !== null) {
    if (move === 'left' || move === 'right') setState({ compare: stepCandidate(compare, move === 'left' ? -1 : 1) });
    return;
  }
  if (mode === 'survey') return moveInSurvey(move);
  const index = selection.active === null ? -1 : indexOfPlace(list.shown, selection.active);
  const columns = mode === 'grid' ? gridShape.columns : 1;
  const target = placeAt(list.shown, moveInGrid(index, move, columns, countShown(list), gridShape.rowsPerPage));
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

/** The imported file among what is looked at, which has no recipe to be made again by. */
function holdsImported(chosen: Targets): boolean {
  return chosen.shown.some((id) => summaries.get(id)?.origin === 'imported');
}

/** Takes the picture under the cursor to a plan that starts from it. */
export function planFromPicture(): void {
  const [id] = targets().shown;
  const summary = id === undefined ? undefined : summaries.get(id);
  if (summary?.origin !== 'imported' || summary.medium !== 'picture')
    return setState({ notice: message('media.useAsSourceNone') });
  navigate({ screen: 'produce', parts: [], parameters: { source: summary.id } });
}

export function decide(decision: Decision, shiftKey: boolean): void {
  const chosen = targets();
  if (chosen.count === 0) return;
  if (decision.axis === 'status' && decision.value === 'redo' && holdsImported(chosen))
    return setState({ notice: message('media.noRedo') });
  setState({ problem: null, notice: null });
  decisionQueue.decide(chosen, decision).catch((problem: unknown) => setState({ problem }));
  if (!advancesAfter(chosen.count, getState().autoAdvance, shiftKey)) return;
  const { mode, compare } = getState();
  if (mode === 'compare' && compare?.side === 'select') return;
  moveCursor('right');
}

export function binTargets(): void {
  const chosen = targets();
  const { list, mode, selection } = getState();
  const places = decisionPlaces(mode, selection.selected, activePlace());
  if (chosen.count === 0) return;
  rememberLeavers(chosen.shown.flatMap((id) => toEntry(id, names.placeOf(id))));
  removePlacesFromList(places);
  const leaving: AssetId[] = [];
  const onNames = (assetIds: readonly AssetId[]) => {
    for (const id of assetIds) leaving.push(id);
    beginBinning(assetIds);
  };
  beginBinning(chosen.shown);
  decisionQueue
    .bin(chosen, onNames)
    .then(
      () =>
        showToast({
          title: message('review.binned', { count: chosen.count }),
          action: { title: message('common.undo'), keys: 'mod+z', run: undo },
        }),
      (problem: unknown) => {
        if (getState().list.listId === list.listId) showAgain(places);
        setState({ problem });
      },
    )
    .finally(() => endBinning([...chosen.shown, ...leaving]));
}

function toEntry(id: AssetId, place: number | undefined): [AssetId, number][] {
  return place === undefined ? [] : [[id, place]];
}

async function showReplayed(replayed: Replayed, isRedo: boolean): Promise<void> {
  if (replayed.kind === 'binned') {
    markAbsent(replayed.assetIds);
    await locate(replayed.assetIds, 'hide');
    return setState({ notice: message('review.binned', { count: replayed.assetIds.length }) });
  }
  if (replayed.kind === 'restored') {
    markPresent(replayed.assetIds);
    returnToList(replayed.assetIds);
    const back = [...(await locate(replayed.assetIds, 'tell')).values()];
    selectPlaces(back);
    return setState({ notice: message('review.restored', { count: replayed.assetIds.length }) });
  }
  const count = replayed.assets.length;
  setState({ notice: message(isRedo ? 'review.redone' : 'review.undone', { count }) });
  const { mode } = getState();
  if (mode !== 'grid' && mode !== 'loupe') return;
  const ids = replayed.assets.map(({ id }) => id);
  // One look tells whether the cursor has to move at all: a group may hold a hundred thousand.
  const [standing] = (await locate(ids.slice(0, 1), 'tell')).values();
  if (standing !== undefined && hasPlace(getState().selection.selected, standing)) return;
  const places = [...(await locate(ids, 'tell')).values()];
  const { list, selection } = getState();
  const shown = places.filter((place) => hasPlace(list.shown, place));
  const first = shown[0];
  if (first !== undefined && !hasPlace(selection.selected, first)) selectPlaces(shown);
}

function selectPlaces(places: readonly number[]): void {
  const first = places[0];
  if (first !== undefined) setState({ selection: { active: first, anchor: first, selected: placesOf(places) } });
}

export function undo(): void {
  decisionQueue.undo().then(
    (replayed) => void showReplayed(replayed, false),
    (problem: unknown) => setState({ problem }),
  );
}

export function redo(): void {
  decisionQueue.redo().then(
    (replayed) => void showReplayed(replayed, true),
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
  const started = startCompare(list.shown, selection.selected, selection.active);
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
  const { mode, selection } = getState();
  if (mode === 'survey') return leaveView();
  const count = countPlaces(selection.selected);
  if (count < 2) return setState({ notice: message('review.surveyNeedsTwo') });
  const survey = firstPlaces(selection.selected, MAX_SURVEY);
  const active =
    selection.active !== null && survey.includes(selection.active) ? selection.active : (survey[0] ?? null);
  setState({
    mode: 'survey',
    survey,
    selection: { ...selection, active },
    notice: count > MAX_SURVEY ? message('review.surveyCut', { shown: MAX_SURVEY, count }) : null,
  });
}

/** Takes one picture out of the survey and of the selection behind it. */
export function dropFromSurvey(place: number): void {
  const { survey, selection } = getState();
  const left = survey.filter((other) => other !== place);
  const selected = removePlaces(selection.selected, placesFrom(place, place + 1));
  if (left.length === 0) return setState({ mode: 'grid', survey: [] });
  const active =
    selection.active === place ? (left[Math.min(survey.indexOf(place), left.length - 1)] ?? null) : selection.active;
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
  setState({ answered: false });
  void renew({ queryKey: ['review', 'list'] });
}

/** Pictures that one pane makes variations of at most; each becomes a plan of its own. */
const MAX_VARIED = 100;

/** For whom a decision made now would be: the selection in the grid, else the one picture that is looked at. */
export function varyTargets(): void {
  const chosen = targets();
  if (chosen.count === 0) return;
  if (chosen.count > MAX_VARIED) return setState({ notice: message('review.varyTooMany', { max: MAX_VARIED }) });
  void (async () => {
    const varying: AssetId[] = [];
    for await (const part of chosen.read()) varying.push(...part);
    if (varying.length > 0) setState({ varying });
  })().catch((problem: unknown) => setState({ problem }));
}
