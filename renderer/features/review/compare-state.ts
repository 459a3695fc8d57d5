import type { AssetId } from '../../../electron/contract/identifiers.ts';

export type CompareLayout = 'side-by-side' | 'slider';
export type CompareSide = 'select' | 'candidate';

/** Two assets side by side: the select is held while the candidate steps through the others of the set. */
export interface CompareState {
  /** What is compared, in list order. */
  readonly set: readonly AssetId[];
  readonly select: AssetId;
  readonly candidate: AssetId;
  /** The side that keys decide on. */
  readonly side: CompareSide;
}

/** Compares the selection; with one asset selected, the asset with its followers in the list. Null with fewer than two assets. */
export function startCompare(
  listIds: readonly AssetId[],
  selected: ReadonlySet<AssetId>,
  active: AssetId | null,
): CompareState | null {
  if (active === null) return null;
  const set = selected.size > 1 ? listIds.filter((id) => selected.has(id)) : listIds;
  const start = set.indexOf(active);
  const candidate = set[start + 1] ?? set[start - 1];
  if (start < 0 || candidate === undefined) return null;
  return { set, select: active, candidate, side: 'candidate' };
}

/** Steps the candidate, passing over the select; at either end it stays. */
export function stepCandidate(state: CompareState, direction: -1 | 1): CompareState {
  let index = state.set.indexOf(state.candidate) + direction;
  if (state.set[index] === state.select) index += direction;
  const candidate = state.set[index];
  return candidate === undefined ? state : { ...state, candidate, side: 'candidate' };
}

/** The candidate becomes the select; the next one that is not yet compared becomes the candidate. */
export function promoteCandidate(state: CompareState): CompareState {
  const promoted: CompareState = { ...state, select: state.candidate, candidate: state.select, side: 'candidate' };
  const start = state.set.indexOf(state.candidate);
  const next = state.set.slice(start + 1).find((id) => id !== state.select);
  return next === undefined ? promoted : { ...promoted, candidate: next };
}

export function swapSides(state: CompareState): CompareState {
  return { ...state, select: state.candidate, candidate: state.select };
}

export function activeOf(state: CompareState): AssetId {
  return state.side === 'select' ? state.select : state.candidate;
}
