import { inflateRawSync } from 'node:zlib';

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const FILE_MARK = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;

/** How many bytes an entry may unfold to. */
const MAX_ENTRY_BYTES = 64 * 1024 * 1024;

/** Content of one entry of a ZIP archive by its name; null where there is none. @throws where the archive is broken, or the entry is encrypted, packed otherwise or too large */
export function readZipEntry(archive: Buffer, name: string): Buffer | null {
  const end = findEnd(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let entries = archive.readUInt16LE(end + 10); entries > 0; entries -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY_MARK) throw new TypeError('the list of entries is broken');
    const nameBytes = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + 46, at + 46 + nameBytes) === name) return unpack(archive, at);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return null;
}

function findEnd(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = archive.length - END_BYTES; at >= first; at -= 1) if (archive.readUInt32LE(at) === END_MARK) return at;
  throw new TypeError('the archive has no end');
}

function unpack(archive: Buffer, entry: number): Buffer {
  const isEncrypted = (archive.readUInt16LE(entry + 8) & 1) === 1;
  const method = archive.readUInt16LE(entry + 10);
  const packedBytes = archive.readUInt32LE(entry + 20);
  const file = archive.readUInt32LE(entry + 42);
  if (archive.readUInt32LE(file) !== FILE_MARK || isEncrypted) throw new TypeError('the entry cannot be read');
  const start = file + 30 + archive.readUInt16LE(file + 26) + archive.readUInt16LE(file + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (method === 0 && packed.length <= MAX_ENTRY_BYTES) return packed;
  if (method !== 8) throw new TypeError('the entry is packed in a way that is not known');
  return inflateRawSync(packed, { maxOutputLength: MAX_ENTRY_BYTES });
}
