import { describe, expect, test } from 'vitest';
import {
  advancesAfter,
  applyDecision,
  applyPending,
  decisionPlaces,
} from '../../../../../renderer/features/review/decisions.ts';
import { placesOf } from '../../../../../renderer/features/review/places.ts';
import { targetsNamed } from '../../../../../renderer/features/review/targets.ts';
import { assetIds, assetSummary } from '../../../../support/review-fixtures.ts';

describe('applyDecision', () => {
  test('changes one axis and leaves the other two: a four-star reject is possible', () => {
    const rated = applyDecision(assetSummary(1), { axis: 'stars', value: 4 });
    expect(applyDecision(rated, { axis: 'flag', value: 'reject' })).toEqual(
      assetSummary(1, { stars: 4, flag: 'reject' }),
    );
  });

  test('returns the same object when nothing changes', () => {
    const summary = assetSummary(1);
    expect(applyDecision(summary, { axis: 'status', value: 'unreviewed' })).toBe(summary);
  });
});

describe('applyPending', () => {
  test('lays decisions over the summary in order and leaves other assets alone', () => {
    const pending = [
      { ticket: 1, targets: targetsNamed(assetIds(1, 2)), decision: { axis: 'stars', value: 2 } },
      { ticket: 2, targets: targetsNamed(assetIds(1)), decision: { axis: 'stars', value: 5 } },
    ] as const;
    expect(applyPending(assetSummary(1), pending).stars).toBe(5);
    expect(applyPending(assetSummary(2), pending).stars).toBe(2);
    expect(applyPending(assetSummary(3), pending).stars).toBe(0);
  });
});

describe('decisionPlaces', () => {
  const selected = placesOf([1, 2, 3]);

  test('is the whole selection in the grid', () => {
    expect(decisionPlaces('grid', selected, 2)).toEqual(placesOf([1, 2, 3]));
  });

  test.each(['loupe', 'compare', 'survey'] as const)('is the active asset alone in %s', (mode) => {
    expect(decisionPlaces(mode, selected, 2)).toEqual(placesOf([2]));
  });

  test('is nothing without a cursor', () => {
    expect(decisionPlaces('loupe', selected, null)).toEqual([]);
  });
});

describe('advancesAfter', () => {
  test('moves on for one asset with the toggle or Shift, never for several', () => {
    expect([
      advancesAfter(1, false, false),
      advancesAfter(1, true, false),
      advancesAfter(1, false, true),
      advancesAfter(2, true, true),
    ]).toEqual([false, true, true, false]);
  });
});
