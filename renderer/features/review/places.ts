import type { PlaceRange } from '../../../electron/contract/asset-list.ts';

/** Places of a list as ascending ranges that neither touch nor overlap: a selection of a hundred thousand pictures is one of them. */
export type Places = readonly PlaceRange[];

export const noPlaces: Places = [];

export function placesFrom(start: number, end: number): Places {
  return start < end ? [[start, end]] : noPlaces;
}

export function placesOf(places: readonly number[]): Places {
  const found: [number, number][] = [];
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && place <= last[1]) last[1] = Math.max(last[1], place + 1);
    else found.push([place, place + 1]);
  }
  return found;
}

export function countPlaces(places: Places): number {
  return places.reduce((count, [start, end]) => count + end - start, 0);
}

/** The range that ends behind the place: the one that holds it, or the next. */
function findRange(places: Places, place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = places[middle]?.[1] ?? 0;
    if (end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function hasPlace(places: Places, place: number): boolean {
  const range = places[findRange(places, place)];
  return range !== undefined && range[0] <= place;
}

export function addPlaces(places: Places, added: Places): Places {
  const ranges = [...places, ...added].sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

export function removePlaces(places: Places, removed: Places): Places {
  if (removed.length === 0) return places;
  const left: PlaceRange[] = [];
  for (const [start, end] of places) {
    let from = start;
    for (let at = findRange(removed, start); from < end; at += 1) {
      const range = removed[at];
      if (range === undefined || range[0] >= end) break;
      if (range[0] > from) left.push([from, range[0]]);
      from = Math.max(from, range[1]);
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

/** What stands in both. */
export function sharedPlaces(places: Places, others: Places): Places {
  return removePlaces(places, removePlaces(places, others));
}

/** The place with so many before it; undefined past the end. */
export function placeAt(places: Places, index: number): number | undefined {
  let left = index;
  if (left < 0) return undefined;
  for (const [start, end] of places) {
    if (left < end - start) return start + left;
    left -= end - start;
  }
  return undefined;
}

/** How many stand before the place; -1 when it is not among them. */
export function indexOfPlace(places: Places, place: number): number {
  let before = 0;
  for (const [start, end] of places) {
    if (place < start) return -1;
    if (place < end) return before + place - start;
    before += end - start;
  }
  return -1;
}

/** The first at or behind a place; undefined when there is none. */
export function placeFrom(places: Places, place: number): number | undefined {
  const range = places[findRange(places, place)];
  return range === undefined ? undefined : Math.max(place, range[0]);
}

/** The last before a place; undefined when there is none. */
export function placeBefore(places: Places, place: number): number | undefined {
  const at = findRange(places, place);
  const holding = places[at];
  if (holding !== undefined && holding[0] < place) return place - 1;
  const before = places[at - 1];
  return before === undefined ? undefined : before[1] - 1;
}

/** The places with the indexes from `start` to the one before `end`. */
export function placesBetween(places: Places, start: number, end: number): number[] {
  const found: number[] = [];
  for (let index = Math.max(0, start); index < end; index += 1) {
    const place = placeAt(places, index);
    if (place === undefined) return found;
    found.push(place);
  }
  return found;
}

/** The first so many, one by one. */
export function firstPlaces(places: Places, limit: number): number[] {
  const found: number[] = [];
  for (const [start, end] of places)
    for (let place = start; place < end && found.length < limit; place += 1) found.push(place);
  return found;
}
