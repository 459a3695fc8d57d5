import { describe, expect, test } from 'vitest';
import {
  activeOf,
  promoteCandidate,
  startCompare,
  stepCandidate,
  swapSides,
} from '../../../../../renderer/features/review/compare-state.ts';
import { noPlaces, placesOf } from '../../../../../renderer/features/review/places.ts';

const list = placesOf([1, 2, 3, 4]);

function started(selected: number[], active: number) {
  const state = startCompare(list, placesOf(selected), active);
  if (state === null) throw new Error('nothing to compare');
  return state;
}

describe('startCompare', () => {
  test('compares the selection in list order', () => {
    expect(started([4, 1, 3], 1)).toMatchObject({ set: placesOf([1, 3, 4]), select: 1, candidate: 3 });
  });

  test('compares one selected asset with its followers, the last with the one before', () => {
    expect(started([2], 2)).toMatchObject({ select: 2, candidate: 3 });
    expect(started([4], 4)).toMatchObject({ select: 4, candidate: 3 });
  });

  test('needs two assets', () => {
    expect(startCompare(placesOf([1]), placesOf([1]), 1)).toBeNull();
    expect(startCompare(list, noPlaces, null)).toBeNull();
  });
});

describe('stepCandidate', () => {
  test('passes over the select and stays at the ends', () => {
    const state = started([2], 2);
    expect(stepCandidate(state, -1).candidate).toBe(1);
    const last = stepCandidate(stepCandidate(state, 1), 1);
    expect(last.candidate).toBe(4);
    expect(stepCandidate(last, 1)).toBe(last);
  });
});

describe('promoteCandidate', () => {
  test('holds the candidate and goes on to the next', () => {
    expect(promoteCandidate(started([1], 1))).toMatchObject({ select: 2, candidate: 3 });
  });

  test('changes places with the select at the end', () => {
    expect(promoteCandidate(started([3, 4], 3))).toMatchObject({ select: 4, candidate: 3 });
  });
});

describe('activeOf', () => {
  test('is the side that keys decide on', () => {
    const state = started([1], 1);
    expect(activeOf(state)).toBe(2);
    expect(activeOf({ ...state, side: 'select' })).toBe(1);
    expect(activeOf(swapSides(state))).toBe(1);
  });
});
