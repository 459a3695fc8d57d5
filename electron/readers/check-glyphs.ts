import type { FontTables } from './font-tables.ts';

/** As deep as glyphs may be made of glyphs that are made of others; real fonts stay below five. */
const MAX_DEPTH = 12;
/** Parts that one glyph may come to when all that it is made of is counted. */
const MAX_PARTS = 1024;
/** Flags of a part of a glyph ("OpenType 1.9", glyf). */
const WORDS = 0x0001;
const ONE_SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;

/**
 * Walks the outlines of a TrueType font: each lies inside its table, and none is made of itself or of more parts than anybody draws. They are read only when a text uses
 * them, which may be in the middle of a batch. Throws a RangeError.
 */
export function checkGlyphs(tables: FontTables): void {
  const glyf = viewOf(tables, 'glyf');
  const places = readPlaces(tables, glyf.byteLength);
  const parts = places.map((_, glyph) => (glyph + 1 < places.length ? listParts(glyf, places, glyph) : []));
  const counts = new Map<number, number>();
  const open = new Set<number>();
  const count = (glyph: number, depth: number): number => {
    const known = counts.get(glyph);
    if (known !== undefined) return known;
    if (open.has(glyph) || depth > MAX_DEPTH)
      throw new RangeError('a glyph of the font is made of itself, or too deep');
    open.add(glyph);
    const total = (parts[glyph] ?? []).reduce((sum, part) => sum + count(part, depth + 1), 1);
    open.delete(glyph);
    if (total > MAX_PARTS) throw new RangeError('a glyph of the font is made of far too many parts');
    counts.set(glyph, total);
    return total;
  };
  for (let glyph = 0; glyph + 1 < places.length; glyph++) count(glyph, 0);
}

/** Where each glyph begins, and where the last one ends. */
function readPlaces(tables: FontTables, glyfBytes: number): number[] {
  const glyphs = viewOf(tables, 'maxp').getUint16(4);
  const isLong = viewOf(tables, 'head').getInt16(50) === 1;
  const loca = viewOf(tables, 'loca');
  const places = Array.from({ length: glyphs + 1 }, (_, glyph) =>
    isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2,
  );
  for (const [glyph, place] of places.entries())
    if (place > glyfBytes || place < (places[glyph - 1] ?? 0))
      throw new RangeError(`glyph ${Math.max(0, glyph - 1)} lies outside of the font's outlines`);
  return places;
}

/** The glyphs that a glyph is made of; none for one with an outline of its own. */
function listParts(glyf: DataView, places: readonly number[], glyph: number): number[] {
  const begin = places[glyph] ?? 0;
  const end = places[glyph + 1] ?? begin;
  if (end - begin < 10 || glyf.getInt16(begin) >= 0) return [];
  const parts: number[] = [];
  for (let at = begin + 10, flags = MORE; flags & MORE;) {
    if (at + 4 > end) throw new RangeError(`glyph ${glyph} is cut off`);
    flags = glyf.getUint16(at);
    const part = glyf.getUint16(at + 2);
    if (part + 1 >= places.length) throw new RangeError(`glyph ${glyph} is made of one that is not there`);
    parts.push(part);
    if (parts.length > MAX_PARTS) throw new RangeError('a glyph of the font is made of far too many parts');
    at += 4 + (flags & WORDS ? 4 : 2) + (flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0);
  }
  return parts;
}

function viewOf(tables: FontTables, tag: string): DataView {
  const table = tables.get(tag);
  if (table === undefined) throw new RangeError(`the font has no table ${tag}`);
  return new DataView(table.buffer, table.byteOffset, table.byteLength);
}
