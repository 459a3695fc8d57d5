import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEnd, zipFolder } from '../../../../../electron/studio/deliver/zip-folder.ts';
import { readZip } from '../../../../support/read-zip.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zip-folder-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function zip(root: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zipFolder(folder, root)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('zipFolder', () => {
  it('holds every file under the root, whole, with its checksum', async () => {
    const long = Buffer.alloc(300_000, 'housestyle ');
    mkdirSync(join(folder, 'thumbs'));
    writeFileSync(join(folder, 'manifest.json'), '{}');
    writeFileSync(join(folder, 'thumbs', 'Größe ✓.png'), long);
    writeFileSync(join(folder, 'empty.txt'), '');
    const files = readZip(await zip('spring'));
    expect(files.map(({ name }) => name)).toEqual([
      'spring/empty.txt',
      'spring/manifest.json',
      'spring/thumbs/Größe ✓.png',
    ]);
    expect(files[1]?.bytes.toString()).toBe('{}');
    expect(files[2]?.bytes.equals(long)).toBe(true);
    for (const { bytes, checksum } of files) expect(crc32(bytes)).toBe(checksum);
  });

  it('is a whole archive without files too', async () => {
    expect(readZip(await zip('empty'))).toEqual([]);
  });
});

describe('writeEnd', () => {
  it('stands alone where its fields are wide enough', () => {
    expect(writeEnd(65_534, 4_000_000_000, 9_000_000)).toHaveLength(22);
  });

  it.each([
    [65_535, 9, 9],
    [2, 5_000_000_000, 90],
  ])('tells %i entries at %i in the wide end, with the way to it', (count, offset, sizeBytes) => {
    const end = writeEnd(count, offset, sizeBytes);
    expect(end).toHaveLength(98);
    expect(end.readUInt32LE(0)).toBe(0x0606_4b50);
    expect([end.readBigUInt64LE(32), end.readBigUInt64LE(40), end.readBigUInt64LE(48)].map(Number)).toEqual([
      count,
      sizeBytes,
      offset,
    ]);
    expect(Number(end.readBigUInt64LE(64))).toBe(offset + sizeBytes);
    expect(end.readUInt32LE(76)).toBe(0x0605_4b50);
  });
});
