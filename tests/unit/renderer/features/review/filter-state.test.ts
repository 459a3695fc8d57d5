import { describe, expect, test } from 'vitest';
import {
  clearFacets,
  countFacets,
  everythingFilter,
  openingFilter,
  reviewStatuses,
  toggleFlag,
  toggleStatus,
} from '../../../../../renderer/features/review/filter-state.ts';

describe('toggleStatus', () => {
  test('adds and takes away a value', () => {
    expect(toggleStatus(openingFilter, 'redo').statuses).toEqual(['unreviewed', 'redo']);
    expect(toggleStatus(openingFilter, 'unreviewed').statuses).toEqual([]);
  });

  test('all values mean any', () => {
    expect(reviewStatuses.reduce(toggleStatus, everythingFilter).statuses).toEqual([]);
  });
});

describe('clearFacets', () => {
  test('keeps the scope', () => {
    const scoped = toggleFlag({ ...openingFilter, planId: null, text: 'calm' }, 'pick');
    expect(countFacets(scoped)).toBe(3);
    expect(clearFacets(scoped)).toEqual(everythingFilter);
  });
});
