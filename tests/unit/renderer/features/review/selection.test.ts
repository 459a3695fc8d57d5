import { describe, expect, test } from 'vitest';
import { createAssetList } from '../../../../../renderer/features/review/asset-list.ts';
import {
  activate,
  emptySelection,
  extendTo,
  selectAll,
  selectOnly,
  survive,
  toggleSelected,
} from '../../../../../renderer/features/review/selection.ts';
import { assetId, assetIds } from '../../../../support/review-fixtures.ts';

const list = createAssetList(assetIds(1, 2, 3, 4, 5));

describe('extendTo', () => {
  test('selects from the anchor in both directions and keeps the anchor', () => {
    const start = selectOnly(assetId(3));
    const forward = extendTo(start, list, assetId(5));
    expect([...forward.selected]).toEqual(assetIds(3, 4, 5));
    const backward = extendTo(forward, list, assetId(1));
    expect([...backward.selected]).toEqual(assetIds(1, 2, 3));
    expect(backward).toMatchObject({ anchor: assetId(3), active: assetId(1) });
  });

  test('selects one asset when the anchor has left the list', () => {
    expect(extendTo(selectOnly(assetId(9)), list, assetId(2))).toEqual(selectOnly(assetId(2)));
  });
});

describe('toggleSelected', () => {
  test('takes one away and leaves the cursor on it', () => {
    const all = selectAll(emptySelection, list);
    const less = toggleSelected(all, assetId(2));
    expect([...less.selected]).toEqual(assetIds(1, 3, 4, 5));
    expect(less.active).toBe(assetId(2));
  });
});

describe('selectAll', () => {
  test('keeps the cursor and starts at the first asset without one', () => {
    expect(selectAll(selectOnly(assetId(4)), list).active).toBe(assetId(4));
    expect(selectAll(emptySelection, list).active).toBe(assetId(1));
  });
});

describe('activate', () => {
  test('moves inside a selection of several and lets it go outside', () => {
    const several = extendTo(selectOnly(assetId(1)), list, assetId(3));
    expect(activate(several, assetId(2)).selected.size).toBe(3);
    expect(activate(several, assetId(5))).toEqual(selectOnly(assetId(5)));
  });
});

describe('survive', () => {
  test('lands on the next asset that stayed', () => {
    const after = createAssetList(assetIds(1, 4, 5));
    expect(survive(selectOnly(assetId(2)), list, after)).toEqual(selectOnly(assetId(4)));
  });

  test('lands on the one before at the end of the list', () => {
    expect(survive(selectOnly(assetId(5)), list, createAssetList(assetIds(1, 2)))).toEqual(selectOnly(assetId(2)));
  });

  test('drops what left from a selection whose cursor stayed', () => {
    const several = extendTo(selectOnly(assetId(3)), list, assetId(1));
    const after = createAssetList(assetIds(1, 3));
    expect([...survive(several, list, after).selected]).toEqual(assetIds(1, 3));
  });

  test('is empty with an empty list', () => {
    expect(survive(selectOnly(assetId(1)), list, createAssetList([]))).toEqual(emptySelection);
  });
});
