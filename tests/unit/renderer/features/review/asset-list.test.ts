import { describe, expect, test } from 'vitest';
import {
  createAssetList,
  holdOrder,
  measureDrift,
  putBack,
} from '../../../../../renderer/features/review/asset-list.ts';
import { assetId, assetIds } from '../../../../support/review-fixtures.ts';

const none = new Set<never>();

describe('holdOrder', () => {
  test('returns the same list when nothing arrived and nothing is gone', () => {
    const list = createAssetList(assetIds(3, 2, 1));
    expect(holdOrder(list, assetIds(3, 1), none)).toBe(list);
  });

  test('puts what is new at the end, even when the newest comes first in the sort', () => {
    const list = createAssetList(assetIds(3, 2, 1));
    expect(holdOrder(list, assetIds(5, 4, 3, 2, 1), none).ids).toEqual(assetIds(3, 2, 1, 5, 4));
  });

  test('keeps decided assets that no longer match', () => {
    const list = createAssetList(assetIds(3, 2, 1));
    expect(holdOrder(list, assetIds(4, 1), none).ids).toEqual(assetIds(3, 2, 1, 4));
  });

  test('lets binned assets go at once and does not take them in again', () => {
    const list = createAssetList(assetIds(3, 2, 1));
    const held = holdOrder(list, assetIds(3, 2, 1), new Set(assetIds(2)));
    expect(held.ids).toEqual(assetIds(3, 1));
    expect(held.positions.get(assetId(1))).toBe(1);
    expect(holdOrder(held, assetIds(3, 2, 1), new Set(assetIds(2)))).toBe(held);
  });
});

describe('measureDrift', () => {
  test('counts what stands at the end unsorted and what would leave', () => {
    const held = createAssetList(assetIds(3, 2, 1, 4));
    expect(measureDrift(held, assetIds(4, 2, 1), 3)).toEqual({ added: 1, leaving: 1 });
  });

  test('counts nothing right after sorting', () => {
    expect(measureDrift(createAssetList(assetIds(2, 1)), assetIds(2, 1), 2)).toEqual({ added: 0, leaving: 0 });
  });
});

describe('putBack', () => {
  test('restores assets to where they stood', () => {
    const before = createAssetList(assetIds(5, 4, 3, 2, 1));
    const leavers = assetIds(2, 5).map((id) => ({ id, position: before.positions.get(id) ?? -1 }));
    const after = holdOrder(before, before.ids, new Set(assetIds(2, 5)));
    expect(putBack(after, leavers).ids).toEqual(before.ids);
  });

  test('does not double an asset that came back by itself', () => {
    expect(putBack(createAssetList(assetIds(1, 2)), [{ id: assetId(2), position: 0 }]).ids).toEqual(assetIds(1, 2));
  });
});
