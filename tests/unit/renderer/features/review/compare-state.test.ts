import { describe, expect, test } from 'vitest';
import {
  activeOf,
  promoteCandidate,
  startCompare,
  stepCandidate,
  swapSides,
} from '../../../../../renderer/features/review/compare-state.ts';
import { assetId, assetIds } from '../../../../support/review-fixtures.ts';

const list = assetIds(1, 2, 3, 4);

function started(selected: number[], active: number) {
  const state = startCompare(list, new Set(assetIds(...selected)), assetId(active));
  if (state === null) throw new Error('nothing to compare');
  return state;
}

describe('startCompare', () => {
  test('compares the selection in list order', () => {
    expect(started([4, 1, 3], 1)).toMatchObject({ set: assetIds(1, 3, 4), select: assetId(1), candidate: assetId(3) });
  });

  test('compares one selected asset with its followers, the last with the one before', () => {
    expect(started([2], 2)).toMatchObject({ select: assetId(2), candidate: assetId(3) });
    expect(started([4], 4)).toMatchObject({ select: assetId(4), candidate: assetId(3) });
  });

  test('needs two assets', () => {
    expect(startCompare(assetIds(1), new Set(assetIds(1)), assetId(1))).toBeNull();
    expect(startCompare(list, new Set(), null)).toBeNull();
  });
});

describe('stepCandidate', () => {
  test('passes over the select and stays at the ends', () => {
    const state = started([2], 2);
    expect(stepCandidate(state, -1).candidate).toBe(assetId(1));
    const last = stepCandidate(stepCandidate(state, 1), 1);
    expect(last.candidate).toBe(assetId(4));
    expect(stepCandidate(last, 1)).toBe(last);
  });
});

describe('promoteCandidate', () => {
  test('holds the candidate and goes on to the next', () => {
    expect(promoteCandidate(started([1], 1))).toMatchObject({ select: assetId(2), candidate: assetId(3) });
  });

  test('changes places with the select at the end', () => {
    expect(promoteCandidate(started([3, 4], 3))).toMatchObject({ select: assetId(4), candidate: assetId(3) });
  });
});

describe('activeOf', () => {
  test('is the side that keys decide on', () => {
    const state = started([1], 1);
    expect(activeOf(state)).toBe(assetId(2));
    expect(activeOf({ ...state, side: 'select' })).toBe(assetId(1));
    expect(activeOf(swapSides(state))).toBe(assetId(1));
  });
});
