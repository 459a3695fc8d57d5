import type { FontTables } from './font-tables.ts';
import { checkGlyphs } from './check-glyphs.ts';

/** Larger tables than this are no part of an honest font. */
const MAX_TABLE_BYTES = 32 * 1024 * 1024;
const MAX_FONT_BYTES = 80 * 1024 * 1024;
const MAX_TABLES = 128;
const HEADER_BYTES = 12;
const RECORD_BYTES = 16;
/** `head`: a sum over the whole font, taken from this number ("OpenType 1.9", head). */
const SUM_OF_FONT = 0xb1b0afba;
const ADJUSTMENT_AT = 8;

/**
 * What setting a line needs: outlines, metrics, the way from characters to signs, names, substitution, placing and variation. Left behind are programs for hinting,
 * pictures and drawings inside of fonts, signatures and whatever nobody here reads.
 */
const kept = new Set(
  'BASE|CFF |CFF2|GDEF|GPOS|GSUB|HVAR|MVAR|OS/2|STAT|VORG|VVAR|ankr|avar|cmap|feat|fvar|glyf|gvar|head|hhea|hmtx|kern|kerx|loca|maxp|morx|name|post|vhea|vmtx'.split(
    '|',
  ),
);

/**
 * An OpenType font made anew from the tables that are needed: each lies inside the file, stands once, in order, with its true sum. Outlines made of others come to an
 * end. The same font gives the same bytes, and what it gives comes back as it is. Throws a RangeError for a font that holds less than a line needs.
 */
export function rewriteFont(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = readTables(bytes, view);
  const needed = ['cmap', 'head', 'hhea', 'hmtx', 'maxp'];
  const missing = needed.find((tag) => !tables.has(tag));
  if (missing !== undefined) throw new RangeError(`the font has no table ${missing}`);
  if (tables.has('glyf')) checkGlyphs(tables);
  else if (!tables.has('CFF ') && !tables.has('CFF2')) throw new RangeError('the font has no outlines');
  return writeFont(view.getUint32(0), tables);
}

function readTables(bytes: Uint8Array, view: DataView): Map<string, Uint8Array> {
  const count = view.getUint16(4);
  if (count > MAX_TABLES) throw new RangeError(`the font names ${count} tables`);
  const tables = new Map<string, Uint8Array>();
  let total = 0;
  for (let index = 0; index < count; index++) {
    const at = HEADER_BYTES + index * RECORD_BYTES;
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    const offset = view.getUint32(at + 8);
    const length = view.getUint32(at + 12);
    if (!kept.has(tag)) continue;
    if (tables.has(tag)) throw new RangeError(`the font has two tables ${tag}`);
    if (offset + length > bytes.length) throw new RangeError('a table reaches beyond the end of the font');
    total += length;
    if (length > MAX_TABLE_BYTES || total > MAX_FONT_BYTES)
      throw new RangeError('the tables of the font are far too large');
    tables.set(tag, bytes.subarray(offset, offset + length));
  }
  return tables;
}

function writeFont(flavour: number, tables: FontTables): Uint8Array {
  const ordered = [...tables].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const head = HEADER_BYTES + ordered.length * RECORD_BYTES;
  const out = new Uint8Array(ordered.reduce((sum, [, table]) => sum + pad(table.length), head));
  const view = new DataView(out.buffer);
  const power = 2 ** Math.floor(Math.log2(ordered.length));
  view.setUint32(0, flavour);
  view.setUint16(4, ordered.length);
  view.setUint16(6, power * RECORD_BYTES);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, (ordered.length - power) * RECORD_BYTES);
  let offset = head;
  let headAt = 0;
  for (const [index, [tag, table]] of ordered.entries()) {
    const record = HEADER_BYTES + index * RECORD_BYTES;
    out.set(table, offset);
    if (tag === 'head') {
      headAt = offset;
      view.setUint32(offset + ADJUSTMENT_AT, 0);
    }
    for (let place = 0; place < 4; place++) out[record + place] = tag.charCodeAt(place);
    view.setUint32(record + 4, sumOf(view, offset, pad(table.length)));
    view.setUint32(record + 8, offset);
    view.setUint32(record + 12, table.length);
    offset += pad(table.length);
  }
  view.setUint32(headAt + ADJUSTMENT_AT, (SUM_OF_FONT - sumOf(view, 0, out.length)) >>> 0);
  return out;
}

const pad = (length: number) => (length + 3) & ~3;

function sumOf(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let place = at; place < at + length; place += 4) sum = (sum + view.getUint32(place)) >>> 0;
  return sum;
}
