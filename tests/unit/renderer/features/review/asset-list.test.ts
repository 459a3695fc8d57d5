import { describe, expect, test } from 'vitest';
import { assetListIdSchema } from '../../../../../electron/contract/identifiers.ts';
import {
  countAdded,
  countShown,
  createAssetList,
  growList,
  hidePlaces,
  showPlaces,
} from '../../../../../renderer/features/review/asset-list.ts';
import { placeAt, placesOf } from '../../../../../renderer/features/review/places.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const listId = assetListIdSchema.parse(numberedId(1));

describe('growList', () => {
  test('returns the same list when nothing arrived', () => {
    const list = createAssetList(listId, 3);
    expect(growList(list, 3)).toBe(list);
  });

  test('puts what is new at the end and counts it until the list is sorted again', () => {
    const list = growList(createAssetList(listId, 3), 5);
    expect([countShown(list), countAdded(list), placeAt(list.shown, 3)]).toEqual([5, 2, 3]);
    expect(countAdded(createAssetList(listId, 5))).toBe(0);
  });
});

describe('hidePlaces', () => {
  test('lets binned assets go at once and moves no place', () => {
    const list = hidePlaces(createAssetList(listId, 4), placesOf([1]));
    expect(countShown(list)).toBe(3);
    expect(placeAt(list.shown, 1)).toBe(2);
  });

  test('does not count a new picture that was thrown away', () => {
    expect(countAdded(hidePlaces(growList(createAssetList(listId, 3), 5), placesOf([4])))).toBe(1);
  });
});

describe('showPlaces', () => {
  test('restores assets to where they stood', () => {
    const list = createAssetList(listId, 5);
    expect(showPlaces(hidePlaces(list, placesOf([0, 3])), placesOf([3, 0]))).toEqual(list);
  });

  test('knows no place behind its end', () => {
    expect(countShown(showPlaces(createAssetList(listId, 2), placesOf([1, 7])))).toBe(2);
  });
});
