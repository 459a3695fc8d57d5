import { countPlaces, hasPlace, placeBefore, placeFrom } from './places.ts';
import type { Places } from './places.ts';

export type CompareLayout = 'side-by-side' | 'slider';
export type CompareSide = 'select' | 'candidate';

/** Two assets side by side: the select is held while the candidate steps through the others of the set. */
export interface CompareState {
  /** What is compared, by places of the list. */
  readonly set: Places;
  readonly select: number;
  readonly candidate: number;
  /** The side that keys decide on. */
  readonly side: CompareSide;
}

/** Compares the selection; with one asset selected, the asset with its followers in the list. Null with fewer than two assets. */
export function startCompare(shown: Places, selected: Places, active: number | null): CompareState | null {
  if (active === null) return null;
  const set = countPlaces(selected) > 1 ? selected : shown;
  const candidate = placeFrom(set, active + 1) ?? placeBefore(set, active);
  if (!hasPlace(set, active) || candidate === undefined) return null;
  return { set, select: active, candidate, side: 'candidate' };
}

/** Steps the candidate, passing over the select; at either end it stays. */
export function stepCandidate(state: CompareState, direction: -1 | 1): CompareState {
  const next = (place: number) => (direction === 1 ? placeFrom(state.set, place + 1) : placeBefore(state.set, place));
  let candidate = next(state.candidate);
  if (candidate === state.select) candidate = next(candidate);
  return candidate === undefined ? state : { ...state, candidate, side: 'candidate' };
}

/** The candidate becomes the select; the next one that is not yet compared becomes the candidate. */
export function promoteCandidate(state: CompareState): CompareState {
  const promoted: CompareState = { ...state, select: state.candidate, candidate: state.select, side: 'candidate' };
  let next = placeFrom(state.set, state.candidate + 1);
  if (next === state.select) next = placeFrom(state.set, next + 1);
  return next === undefined ? promoted : { ...promoted, candidate: next };
}

export function swapSides(state: CompareState): CompareState {
  return { ...state, select: state.candidate, candidate: state.select };
}

export function activeOf(state: CompareState): number {
  return state.side === 'select' ? state.select : state.candidate;
}
