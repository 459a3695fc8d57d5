import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { compress } from 'woff2-encoder';
import { openFileReader } from '../../../../electron/hosts/host-defaults.ts';
import { openKitFiles } from '../../../../electron/studio/brand/open-kit-files.ts';
import { readFontTable } from '../../../../electron/readers/font-table.ts';
import { readExampleBrand } from '../../../support/example-brand.ts';

const { kit, files } = readExampleBrand();
const reader = openFileReader();
afterAll(() => reader[Symbol.asyncDispose]());
const headlineFile = kit.type.headline.file;

/** The example brand with a headline font as WOFF2. */
async function packHeadline(change: (woff2: Uint8Array) => Uint8Array = (woff2) => woff2) {
  const name = 'fonts/headline.woff2';
  const packed = new Uint8Array(await compress(await toOpenType(files.get(headlineFile) ?? new Uint8Array())));
  return {
    kit: { ...kit, type: { ...kit.type, headline: { ...kit.type.headline, file: name } } },
    files: new Map([...files, [name, change(packed)]]),
    name,
  };
}

/** Unpacks a WOFF of this project: the compressor takes OpenType only. */
async function toOpenType(woff: Uint8Array): Promise<Uint8Array> {
  const view = Buffer.from(woff);
  const count = view.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20;
    return { tag: view.toString('latin1', at, at + 4), checksum: view.readUInt32BE(at + 16) };
  });
  const header = Buffer.alloc(12 + count * 16);
  view.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  header.writeUInt16BE(power * 16, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE(count * 16 - power * 16, 10);
  const tables: Buffer[] = [];
  let offset = header.length;
  for (const [index, { tag, checksum }] of entries.entries()) {
    const found = readFontTable(woff, tag);
    const table = found ? Buffer.from(found.buffer, found.byteOffset, found.byteLength) : Buffer.alloc(0);
    const at = 12 + index * 16;
    header.write(tag, at, 'latin1');
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(table.length, at + 12);
    const padded = Buffer.alloc(Math.ceil(table.length / 4) * 4);
    table.copy(padded);
    tables.push(padded);
    offset += padded.length;
  }
  return new Uint8Array(Buffer.concat([header, ...tables]));
}

describe('openKitFiles', () => {
  test('keeps a WOFF2 font as the OpenType font inside', async () => {
    const brand = await packHeadline();
    const opened = await openKitFiles(reader, brand.kit, brand.files);
    const font = Buffer.from(opened.get(brand.name) ?? []);
    expect([...font.subarray(0, 4)]).toEqual([0, 1, 0, 0]);
    expect(font.length).toBeGreaterThan((brand.files.get(brand.name)?.length ?? 0) * 1.2);
    // A WOFF font too: what is drawn later is what a reader has unpacked.
    expect([...Buffer.from(opened.get(kit.type.body.file) ?? []).subarray(0, 4)]).toEqual([0, 1, 0, 0]);
  });

  test.each([
    ['cut off', (woff2: Uint8Array) => woff2.slice(0, 40), /cut off/],
    ['damaged', (woff2: Uint8Array) => woff2.map((byte, index) => (index > 200 ? byte ^ 0x5a : byte)), /damaged/],
    [
      'a bomb',
      (woff2: Uint8Array) => {
        const bomb = Buffer.from(woff2);
        bomb.writeUInt32BE(0xf000_0000, 16);
        return new Uint8Array(bomb);
      },
      /unpacks to 3840 MiB/,
    ],
  ])('refuses a WOFF2 font that is %s', async (_, change, reason) => {
    const brand = await packHeadline(change);
    await expect(openKitFiles(reader, brand.kit, brand.files)).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { field: 'type.headline.file', reason: expect.stringMatching(reason) },
    });
  });

  test('refuses a reference that is no whole picture', async () => {
    const jpeg = new Uint8Array(
      await sharp({ create: { width: 90, height: 60, channels: 3, background: '#2352d1' } })
        .jpeg()
        .toBuffer(),
    );
    const withReference = { ...kit, style: { ...kit.style, references: ['mood.jpg'] } };
    await expect(openKitFiles(reader, withReference, new Map([...files, ['mood.jpg', jpeg]]))).resolves.toBeDefined();
    for (const bytes of [jpeg.slice(0, jpeg.length / 2), new TextEncoder().encode('<svg/>')])
      await expect(openKitFiles(reader, withReference, new Map([...files, ['mood.jpg', bytes]]))).rejects.toMatchObject(
        {
          code: 'brand.invalid',
          data: { field: 'style.references[0]' },
        },
      );
    await expect(openKitFiles(reader, withReference, files)).rejects.toMatchObject({ code: 'brand.fileMissing' });
  });
});
