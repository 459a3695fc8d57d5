import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addPlaces,
  countPlaces,
  firstPlaces,
  hasPlace,
  indexOfPlace,
  placeAt,
  placeBefore,
  placeFrom,
  placesBetween,
  placesOf,
  removePlaces,
  sharedPlaces,
} from '../../../../../renderer/features/review/places.ts';

const END = 40;
const anyPlaces = fc.uniqueArray(fc.integer({ min: 0, max: END - 1 }));
const ascending = (places: readonly number[]) => places.toSorted((a, b) => a - b);

describe('places', () => {
  test('answer like a set of numbers', () => {
    fc.assert(
      fc.property(anyPlaces, anyPlaces, fc.integer({ min: 0, max: END }), (some, others, place) => {
        const [a, b] = [placesOf(some), placesOf(others)];
        const listed = ascending(some);
        expect(firstPlaces(a, END)).toEqual(listed);
        expect(firstPlaces(addPlaces(a, b), END)).toEqual(ascending([...new Set([...some, ...others])]));
        expect(firstPlaces(removePlaces(a, b), END)).toEqual(listed.filter((one) => !others.includes(one)));
        expect(firstPlaces(sharedPlaces(a, b), END)).toEqual(listed.filter((one) => others.includes(one)));
        expect(countPlaces(a)).toBe(some.length);
        expect(hasPlace(a, place)).toBe(some.includes(place));
        expect(indexOfPlace(a, place)).toBe(listed.indexOf(place));
        expect(placeAt(a, place)).toBe(listed[place]);
        expect(placeFrom(a, place)).toBe(listed.find((one) => one >= place));
        expect(placeBefore(a, place)).toBe(listed.findLast((one) => one < place));
        expect(placesBetween(a, place - 3, place + 2)).toEqual(listed.slice(Math.max(0, place - 3), place + 2));
      }),
    );
  });

  test('of neighbours are one range', () => {
    expect(placesOf([3, 1, 2, 7])).toEqual([
      [1, 4],
      [7, 8],
    ]);
    expect(addPlaces(placesOf([1, 2]), placesOf([3]))).toEqual([[1, 4]]);
  });
});
