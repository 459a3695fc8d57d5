/** Kerning of two neighbouring glyphs in font units; negative moves them together. */
export type Kerning = (left: number, right: number) => number;

type Pairs = { readonly find: (left: number, right: number) => number | null };

/** Lookup types of GPOS: pair adjustment, and one that only points on to another. */
const PAIR = 2;
const EXTENSION = 9;
/** Bits of a value record before the horizontal advance, and the advance itself. */
const BEFORE_ADVANCE = 0x0003;
const ADVANCE = 0x0004;

/** Entries that all tables of a font's kerning may come to; fonts with the most have a tenth. Tables may point at each other's ranges, so the file's size bounds nothing. */
const MAX_ENTRIES = 1_000_000;

/** Counts what is read. Throws a RangeError past the limit. */
class Work {
  #left = MAX_ENTRIES;

  spend(entries: number): void {
    this.#left -= entries;
    if (this.#left < 0) throw new RangeError('the kerning of the font is far too large');
  }
}

function countBits(value: number): number {
  let bits = 0;
  for (let rest = value; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}

/** Position of each covered glyph in its list. */
function readCoverage(view: DataView, at: number, work: Work): Map<number, number> {
  const covered = new Map<number, number>();
  const count = view.getUint16(at + 2);
  work.spend(count);
  if (view.getUint16(at) === 1) {
    for (let index = 0; index < count; index++) covered.set(view.getUint16(at + 4 + index * 2), index);
    return covered;
  }
  for (let range = 0; range < count; range++) {
    const from = at + 4 + range * 6;
    const first = view.getUint16(from);
    const last = view.getUint16(from + 2);
    work.spend(Math.max(0, last - first));
    for (let glyph = first; glyph <= last; glyph++) covered.set(glyph, view.getUint16(from + 4) + glyph - first);
  }
  return covered;
}

/** Class of each glyph; glyphs that are not named are of class 0. */
function readClasses(view: DataView, at: number, work: Work): Map<number, number> {
  const classes = new Map<number, number>();
  if (view.getUint16(at) === 1) {
    const first = view.getUint16(at + 2);
    const count = view.getUint16(at + 4);
    work.spend(count);
    for (let index = 0; index < count; index++) classes.set(first + index, view.getUint16(at + 6 + index * 2));
    return classes;
  }
  const ranges = view.getUint16(at + 2);
  work.spend(ranges);
  for (let range = 0; range < ranges; range++) {
    const from = at + 4 + range * 6;
    const first = view.getUint16(from);
    const last = view.getUint16(from + 2);
    work.spend(Math.max(0, last - first));
    for (let glyph = first; glyph <= last; glyph++) classes.set(glyph, view.getUint16(from + 4));
  }
  return classes;
}

function readPairs(view: DataView, at: number, work: Work): Pairs {
  const covered = readCoverage(view, at + view.getUint16(at + 2), work);
  const format1 = view.getUint16(at + 4);
  const advance = (record: number) =>
    format1 & ADVANCE ? view.getInt16(record + countBits(format1 & BEFORE_ADVANCE) * 2) : 0;
  const size = (countBits(format1) + countBits(view.getUint16(at + 6))) * 2;
  if (view.getUint16(at) === 1) {
    const sets = new Map(
      [...covered].map(([glyph, index]) => [
        glyph,
        readPairSet(view, at + view.getUint16(at + 10 + index * 2), size, advance, work),
      ]),
    );
    return { find: (left, right) => sets.get(left)?.get(right) ?? null };
  }
  const leftClasses = readClasses(view, at + view.getUint16(at + 8), work);
  const rightClasses = readClasses(view, at + view.getUint16(at + 10), work);
  const columns = view.getUint16(at + 14);
  if (at + 16 + view.getUint16(at + 12) * columns * size > view.byteLength)
    throw new RangeError('the kerning of the font is cut off');
  return {
    find: (left, right) =>
      covered.has(left)
        ? advance(at + 16 + ((leftClasses.get(left) ?? 0) * columns + (rightClasses.get(right) ?? 0)) * size)
        : null,
  };
}

function readPairSet(
  view: DataView,
  at: number,
  size: number,
  advance: (record: number) => number,
  work: Work,
): Map<number, number> {
  const pairs = new Map<number, number>();
  const count = view.getUint16(at);
  work.spend(count);
  for (let index = 0; index < count; index++) {
    const record = at + 2 + index * (size + 2);
    pairs.set(view.getUint16(record), advance(record + 2));
  }
  return pairs;
}

/** Lookups that the `kern` features name, in the order in which they apply. */
function listKernLookups(view: DataView): number[] {
  const features = view.getUint16(6);
  const named = new Set<number>();
  for (let index = 0; index < view.getUint16(features); index++) {
    const record = features + 2 + index * 6;
    if (view.getUint32(record) !== 0x6b65726e) continue;
    const feature = features + view.getUint16(record + 4);
    for (let lookup = 0; lookup < view.getUint16(feature + 2); lookup++)
      named.add(view.getUint16(feature + 4 + lookup * 2));
  }
  return [...named].toSorted((one, other) => one - other);
}

function readLookup(view: DataView, at: number, work: Work): Pairs[] {
  const subtables: Pairs[] = [];
  for (let index = 0; index < view.getUint16(at + 4); index++) {
    let type = view.getUint16(at);
    let subtable = at + view.getUint16(at + 6 + index * 2);
    if (type === EXTENSION) {
      type = view.getUint16(subtable + 2);
      subtable += view.getUint32(subtable + 4);
    }
    if (type === PAIR) subtables.push(readPairs(view, subtable, work));
  }
  return subtables;
}

/**
 * Reads pair kerning from a GPOS table (OpenType 1.9, "GPOS", lookup types 2 and 9). Written here because opentype.js leaves out extension lookups,
 * where most fonts keep their kerning today. Throws a RangeError for a table that is cut off.
 */
export function readKerning(gpos: DataView): Kerning {
  const work = new Work();
  const lookupList = gpos.getUint16(8);
  const lookups = listKernLookups(gpos).map((index) =>
    readLookup(gpos, lookupList + gpos.getUint16(lookupList + 2 + index * 2), work),
  );
  return (left, right) => {
    let sum = 0;
    for (const subtables of lookups) {
      for (const { find } of subtables) {
        const value = find(left, right);
        if (value === null) continue;
        sum += value;
        break;
      }
    }
    return sum;
  };
}
