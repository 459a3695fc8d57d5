import { inflateSync } from 'node:zlib';

/** Larger tables than this are no part of an honest font. */
const MAX_TABLE_BYTES = 32 * 1024 * 1024;
const SFNT_HEADER = 12;
const SFNT_RECORD = 16;
const WOFF_HEADER = 44;
const WOFF_RECORD = 20;

const isWoff = (view: DataView) => view.byteLength > WOFF_HEADER && view.getUint32(0) === 0x774f4646;
const padded = (length: number) => (length + 3) & ~3;

/**
 * The OpenType font inside a WOFF file ("WOFF File Format 1.0", W3C 2012); any other font comes back as it is.
 * Throws a RangeError for a file that is cut off or unpacks to too much.
 */
export function unwrapWoff(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isWoff(view)) return bytes;
  const count = view.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => readTable(bytes, view, WOFF_HEADER + index * WOFF_RECORD));
  const headBytes = SFNT_HEADER + count * SFNT_RECORD;
  const out = new Uint8Array(tables.reduce((sum, { data }) => sum + padded(data.length), headBytes));
  const target = new DataView(out.buffer);
  const power = 2 ** Math.floor(Math.log2(Math.max(1, count)));
  target.setUint32(0, view.getUint32(4));
  target.setUint16(4, count);
  target.setUint16(6, power * SFNT_RECORD);
  target.setUint16(8, Math.log2(power));
  target.setUint16(10, (count - power) * SFNT_RECORD);
  let at = headBytes;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const record = SFNT_HEADER + index * SFNT_RECORD;
    target.setUint32(record, tag);
    target.setUint32(record + 4, checksum);
    target.setUint32(record + 8, at);
    target.setUint32(record + 12, data.length);
    out.set(data, at);
    at += padded(data.length);
  }
  return out;
}

function readTable(bytes: Uint8Array, view: DataView, at: number): { tag: number; checksum: number; data: Uint8Array } {
  const [tag, offset, packedLength, length, checksum] = [0, 4, 8, 12, 16].map((step) => view.getUint32(at + step));
  if (tag === undefined || offset === undefined || packedLength === undefined || length === undefined)
    throw new RangeError('the font is cut off');
  if (offset + packedLength > bytes.length) throw new RangeError('a table reaches beyond the end of the font');
  if (length > MAX_TABLE_BYTES) throw new RangeError('a table of the font is far too large');
  const packed = bytes.subarray(offset, offset + packedLength);
  const data = packedLength < length ? new Uint8Array(inflateSync(packed, { maxOutputLength: length })) : packed;
  if (data.length !== length) throw new RangeError('a table of the font has another length than it says');
  return { tag, checksum: checksum ?? 0, data };
}
