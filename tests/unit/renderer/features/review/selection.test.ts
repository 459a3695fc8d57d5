import { describe, expect, test } from 'vitest';
import { assetListIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { createAssetList, emptyAssetList, hidePlaces } from '../../../../../renderer/features/review/asset-list.ts';
import { countPlaces, placesFrom, placesOf } from '../../../../../renderer/features/review/places.ts';
import {
  activate,
  emptySelection,
  extendTo,
  selectAll,
  selectOnly,
  survive,
  toggleSelected,
} from '../../../../../renderer/features/review/selection.ts';
import { numberedId } from '../../../../support/review-fixtures.ts';

const listId = assetListIdSchema.parse(numberedId(1));
const list = createAssetList(listId, 5);

describe('extendTo', () => {
  test('selects from the anchor in both directions and keeps the anchor', () => {
    const forward = extendTo(selectOnly(2), list, 4);
    expect(forward.selected).toEqual(placesFrom(2, 5));
    const backward = extendTo(forward, list, 0);
    expect(backward.selected).toEqual(placesFrom(0, 3));
    expect(backward).toMatchObject({ anchor: 2, active: 0 });
  });

  test('selects one asset when the anchor has left the list', () => {
    expect(extendTo(selectOnly(3), hidePlaces(list, placesOf([3])), 1)).toEqual(selectOnly(1));
  });

  test('leaves out what went to the bin', () => {
    expect(extendTo(selectOnly(0), hidePlaces(list, placesOf([1])), 3).selected).toEqual(placesOf([0, 2, 3]));
  });

  test('is one range over a hundred thousand assets whose names are not here', () => {
    const long = createAssetList(listId, 100_000);
    expect(extendTo(selectOnly(10), long, 99_999).selected).toEqual([[10, 100_000]]);
  });
});

describe('toggleSelected', () => {
  test('takes one away and leaves the cursor on it', () => {
    const less = toggleSelected(selectAll(emptySelection, list), 1);
    expect(less.selected).toEqual(placesOf([0, 2, 3, 4]));
    expect(less.active).toBe(1);
  });
});

describe('selectAll', () => {
  test('keeps the cursor and starts at the first asset without one', () => {
    expect(selectAll(selectOnly(3), list).active).toBe(3);
    expect(selectAll(emptySelection, hidePlaces(list, placesOf([0]))).active).toBe(1);
  });
});

describe('activate', () => {
  test('moves inside a selection of several and lets it go outside', () => {
    const several = extendTo(selectOnly(0), list, 2);
    expect(countPlaces(activate(several, 1).selected)).toBe(3);
    expect(activate(several, 4)).toEqual(selectOnly(4));
  });
});

describe('survive', () => {
  test('lands on the next asset that stayed', () => {
    expect(survive(selectOnly(1), hidePlaces(list, placesOf([1, 2])))).toEqual(selectOnly(3));
  });

  test('lands on the one before at the end of the list', () => {
    expect(survive(selectOnly(4), hidePlaces(list, placesOf([2, 3, 4])))).toEqual(selectOnly(1));
  });

  test('drops what left from a selection whose cursor stayed', () => {
    const several = extendTo(selectOnly(2), list, 0);
    expect(survive(several, hidePlaces(list, placesOf([1]))).selected).toEqual(placesOf([0, 2]));
  });

  test('is empty with an empty list', () => {
    expect(survive(selectOnly(0), emptyAssetList)).toEqual(emptySelection);
  });
});
