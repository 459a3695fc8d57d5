import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { crc32 } from 'node:zlib';

const STORED = 0;
/** Names are UTF-8; checksum and size follow the bytes, for they are only known then. */
const FLAGS = 0x0808;
/** What an archive must be read with: ZIP64 from version 4.5 on. */
const VERSION = 45;
const MAX_UINT32 = 0xffff_ffff;
const MAX_UINT16 = 0xffff;

interface Entry {
  readonly name: Buffer;
  readonly time: number;
  readonly date: number;
  readonly offset: number;
  checksum: number;
  sizeBytes: number;
}

/**
 * The files of a folder as one ZIP archive, piece by piece; nothing is held whole. Pictures are packed already, so they are stored as they are.
 * Archives may be larger than 4 GiB, single files in them may not. Names begin with `root`, so that unpacking makes one folder.
 */
export async function* zipFolder(folder: string, root: string): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const path of await listFiles(folder)) {
    const { mtime } = await stat(path);
    const name = Buffer.from([root, ...relative(folder, path).split(sep)].join('/'));
    const entry: Entry = { name, ...toDosTime(mtime), offset, checksum: 0, sizeBytes: 0 };
    const head = Buffer.concat([writeLocalHeader(entry), name]);
    yield head;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      entry.checksum = crc32(chunk, entry.checksum);
      entry.sizeBytes += chunk.length;
      yield chunk;
    }
    if (entry.sizeBytes > MAX_UINT32) throw new RangeError(`${name.toString()} is larger than 4 GiB.`);
    const tail = writeDataDescriptor(entry);
    yield tail;
    offset += head.length + entry.sizeBytes + tail.length;
    entries.push(entry);
  }
  const directory = entries.map(writeDirectoryEntry);
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  for (const record of directory) yield record;
  yield writeEnd(entries.length, offset, directoryBytes);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Two seconds exact, and from 1980 on, as the format has it. */
function toDosTime(moment: Date): { time: number; date: number } {
  const year = Math.max(1980, moment.getFullYear());
  return {
    time: (moment.getHours() << 11) | (moment.getMinutes() << 5) | (moment.getSeconds() >> 1),
    date: ((year - 1980) << 9) | ((moment.getMonth() + 1) << 5) | moment.getDate(),
  };
}

function writeLocalHeader({ name, time, date }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(STORED, 8);
  header.writeUInt16LE(time, 10);
  header.writeUInt16LE(date, 12);
  header.writeUInt16LE(name.length, 26);
  return header;
}

function writeDataDescriptor({ checksum, sizeBytes }: Entry): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x0807_4b50, 0);
  descriptor.writeUInt32LE(checksum, 4);
  descriptor.writeUInt32LE(sizeBytes, 8);
  descriptor.writeUInt32LE(sizeBytes, 12);
  return descriptor;
}

function writeDirectoryEntry({ name, time, date, offset, checksum, sizeBytes }: Entry): Buffer {
  const isFar = offset >= MAX_UINT32;
  const extra = Buffer.alloc(isFar ? 12 : 0);
  if (isFar) {
    extra.writeUInt16LE(0x0001, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(offset), 4);
  }
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(VERSION, 4);
  record.writeUInt16LE(VERSION, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt16LE(STORED, 10);
  record.writeUInt16LE(time, 12);
  record.writeUInt16LE(date, 14);
  record.writeUInt32LE(checksum, 16);
  record.writeUInt32LE(sizeBytes, 20);
  record.writeUInt32LE(sizeBytes, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(isFar ? MAX_UINT32 : offset, 42);
  return Buffer.concat([record, name, extra]);
}

/** The end of a directory that begins at `offset`; where its fields are too small, the wide end and the way to it stand before it. */
export function writeEnd(count: number, offset: number, sizeBytes: number): Buffer {
  const isWide = count >= MAX_UINT16 || offset >= MAX_UINT32 || sizeBytes >= MAX_UINT32;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(count, MAX_UINT16), 8);
  end.writeUInt16LE(Math.min(count, MAX_UINT16), 10);
  end.writeUInt32LE(Math.min(sizeBytes, MAX_UINT32), 12);
  end.writeUInt32LE(Math.min(offset, MAX_UINT32), 16);
  if (!isWide) return end;
  const wide = Buffer.alloc(76);
  wide.writeUInt32LE(0x0606_4b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(VERSION, 12);
  wide.writeUInt16LE(VERSION, 14);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(sizeBytes), 40);
  wide.writeBigUInt64LE(BigInt(offset), 48);
  wide.writeUInt32LE(0x0706_4b50, 56);
  wide.writeBigUInt64LE(BigInt(offset + sizeBytes), 64);
  wide.writeUInt32LE(1, 72);
  return Buffer.concat([wide, end]);
}
