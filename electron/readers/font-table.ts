import { inflateSync } from 'node:zlib';

/** Larger tables than this are no part of an honest font. */
const MAX_TABLE_BYTES = 32 * 1024 * 1024;

const tagOf = (view: DataView, at: number) =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

function slice(bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length > bytes.length) throw new RangeError('a table reaches beyond the end of the font');
  return bytes.subarray(offset, offset + length);
}

/** One table of a TrueType, OpenType or WOFF font, unpacked; null when the font has none of that name. Throws for a font that is cut off. */
export function readFontTable(bytes: Uint8Array, tag: string): DataView | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isWoff = tagOf(view, 0) === 'wOFF';
  const count = view.getUint16(isWoff ? 12 : 4);
  for (let index = 0; index < count; index++) {
    const at = isWoff ? 44 + index * 20 : 12 + index * 16;
    if (tagOf(view, at) !== tag) continue;
    if (!isWoff) return toView(slice(bytes, view.getUint32(at + 8), view.getUint32(at + 12)));
    const packed = slice(bytes, view.getUint32(at + 4), view.getUint32(at + 8));
    const size = view.getUint32(at + 12);
    if (size > MAX_TABLE_BYTES) throw new RangeError('a table of the font is far too large');
    return toView(packed.length === size ? packed : new Uint8Array(inflateSync(packed, { maxOutputLength: size })));
  }
  return null;
}

function toView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
