import type { PlaceRange } from '../../contract/asset-list.ts';

/** Runs of places that are marked 1, ascending. */
export function collectRanges(marks: Uint8Array): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  let start = marks.indexOf(1);
  while (start >= 0) {
    const end = marks.indexOf(0, start);
    ranges.push([start, end < 0 ? marks.length : end]);
    start = end < 0 ? -1 : marks.indexOf(1, end);
  }
  return ranges;
}
