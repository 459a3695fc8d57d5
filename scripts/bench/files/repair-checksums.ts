import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * Makes a damaged file pass the first door of its readers: the chunk sums of a PNG, the table sums of a font and the lengths that headers repeat. Gives the bytes back
 * as they are where too much is broken to tell what was meant.
 */
export function repairChecksums(format: string, bytes: Buffer): Buffer {
  try {
    if (format === 'png') return repairPng(bytes);
    if (format === 'ttf' || format === 'otf') return repairFont(Buffer.from(bytes), 12, 16, 8, 12, 4);
    if (format === 'woff') return repairWoff(bytes);
    if (format === 'woff2') return writeLength(Buffer.from(bytes), 8);
    if (format === 'webp') return writeRiffLength(Buffer.from(bytes));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return bytes;
}

function repairPng(bytes: Buffer): Buffer {
  const out = Buffer.from(bytes);
  for (let at = 8; at + 12 <= out.length;) {
    const end = at + 8 + out.readUInt32BE(at);
    if (end + 4 > out.length) break;
    out.writeUInt32BE(crc32(out.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return out;
}

/** Sums every table whose record lies inside the file. The fields stand at the given distances from a record's begin. */
function repairFont(
  out: Buffer,
  head: number,
  record: number,
  offsetAt: number,
  lengthAt: number,
  sumAt: number,
): Buffer {
  const count = out.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const at = head + index * record;
    const start = out.readUInt32BE(at + offsetAt);
    const table = out.subarray(start, start + out.readUInt32BE(at + lengthAt));
    out.writeUInt32BE(sumTable(table), at + sumAt);
  }
  return out;
}

/** Tables are damaged inside of their compression by `damageWoffTable`; here their sums and the length of the file are made right. */
function repairWoff(bytes: Buffer): Buffer {
  const out = writeLength(Buffer.from(bytes), 8);
  for (let index = 0; index < out.readUInt16BE(12); index++) {
    const at = 44 + index * 20;
    const packed = out.subarray(out.readUInt32BE(at + 4), out.readUInt32BE(at + 4) + out.readUInt32BE(at + 8));
    const table = packed.length < out.readUInt32BE(at + 12) ? tryInflate(packed) : packed;
    if (table) out.writeUInt32BE(sumTable(table), at + 16);
  }
  return out;
}

function tryInflate(packed: Buffer): Buffer | null {
  try {
    return inflateSync(packed, { maxOutputLength: 1 << 24 });
  } catch {
    return null;
  }
}

/** Changes the content of one table of a WOFF and packs it again, so that the damage stands behind the compression. */
export function damageWoffTable(
  bytes: Buffer,
  roll: (sides: number) => number,
  damage: (table: Buffer) => Buffer,
): Buffer {
  const count = bytes.readUInt16BE(12);
  const chosen = roll(count);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20;
    const start = bytes.readUInt32BE(at + 4);
    const packed = bytes.subarray(start, start + bytes.readUInt32BE(at + 8));
    const length = bytes.readUInt32BE(at + 12);
    const plain = packed.length < length ? inflateSync(packed) : packed;
    return { tag: bytes.subarray(at, at + 4), plain: index === chosen ? damage(plain) : plain };
  });
  const head = Buffer.from(bytes.subarray(0, 44));
  const records = Buffer.alloc(count * 20);
  const parts: Buffer[] = [head, records];
  let offset = 44 + records.length;
  for (const [index, { tag, plain }] of tables.entries()) {
    const deflated = deflateSync(plain);
    const data = deflated.length < plain.length ? deflated : plain;
    const at = index * 20;
    tag.copy(records, at);
    records.writeUInt32BE(offset, at + 4);
    records.writeUInt32BE(data.length, at + 8);
    records.writeUInt32BE(plain.length, at + 12);
    records.writeUInt32BE(sumTable(plain), at + 16);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  head.writeUInt32BE(offset, 8);
  return Buffer.concat(parts);
}

function sumTable(table: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4)
    for (let byte = 0; byte < 4; byte++) sum = (sum + (table[at + byte] ?? 0) * 2 ** (24 - byte * 8)) % 2 ** 32;
  return sum;
}

function writeLength(out: Buffer, at: number): Buffer {
  out.writeUInt32BE(out.length, at);
  return out;
}

function writeRiffLength(out: Buffer): Buffer {
  out.writeUInt32LE(out.length - 8, 4);
  return out;
}
