import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileReader } from '../../../../electron/hosts/host-defaults.ts';
import { openFace } from '../../../../electron/readers/font-face.ts';
import { readFontTable } from '../../../../electron/readers/font-table.ts';
import { loadFont } from '../../../../electron/readers/load-font.ts';
import type { KitFile } from '../../../../electron/readers/reader-task.ts';
import { renderSvg } from '../../../../electron/readers/render-svg.ts';
import { unwrapWoff } from '../../../../electron/readers/unwrap-woff.ts';
import type { FileReader } from '../../../../electron/studio/reading/file-reader.ts';
import { readExampleBrand } from '../../../support/example-brand.ts';

let reader: FileReader;
beforeAll(() => void (reader = openFileReader()));
afterAll(() => reader[Symbol.asyncDispose]());

const { kit, files } = readExampleBrand();
const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const open = (use: KitFile['use'], file: string, bytes: Uint8Array) =>
  reader.openKitFile({ use, file, field: 'x', bytes });
const exampleFont = unwrapWoff(files.get(kit.type.headline.file) ?? new Uint8Array());
const blocks = new Uint8Array(
  readFileSync(fileURLToPath(new URL('../../../support/fixtures/fonts/blocks.otf', import.meta.url))),
);

/** A copy of a font with a table changed in its place. */
function patch(font: Uint8Array, tag: string, change: (table: DataView) => void): Uint8Array {
  const copy = new Uint8Array(font);
  const table = readFontTable(copy, tag);
  if (table === null) throw new RangeError(`no ${tag}`);
  change(table);
  return copy;
}

const RICH = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100" width="200">
<title>Secret words</title><style>.a{fill:#123456;stroke:red;stroke-width:2}</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="#00f" stop-opacity=".3"/></linearGradient>
<clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath><mask id="m"><rect width="200" height="100" fill="url(#g)"/></mask>
<symbol id="s" viewBox="0 0 10 10"><rect width="5" height="5"/></symbol></defs>
<g clip-path="url(#c)" opacity=".5" data-x="1"><rect class="a" width="100" height="100"/></g>
<use xlink:href="#s" x="100" width="50" height="50" mask="url(#m)"/>
<ellipse cx="150" cy="50" rx="30" ry="20" fill="url(#g)" transform="rotate(20)"/></svg>`;

const rawOf = (bytes: Uint8Array) => sharp(bytes).flatten({ background: '#ffffff' }).raw().toBuffer();

describe('a drawing', () => {
  const drawings: readonly (readonly [string, Uint8Array])[] = [
    ['with styles, symbols, clips and masks', utf8(RICH)],
    ...kit.logos.map(({ file }) => [file, files.get(file) ?? new Uint8Array()] as const),
  ];
  it.each(drawings)('%s is kept as the paths that the renderer draws, to the pixel', async (_name, bytes) => {
    const plain = await open('logo', 'logo.svg', bytes);
    expect(text(plain)).not.toMatch(/<style|<use|<symbol|<title|class=|data-x|Secret/);
    const [before, after] = [renderSvg(text(bytes), 640), renderSvg(text(plain), 640)];
    expect([after.width, after.height]).toEqual([before.width, before.height]);
    expect(Buffer.compare(after.rgba, before.rgba)).toBe(0);
  });

  it('whose masks lead into each other is refused, however little time it takes today', async () => {
    const masks = Array.from(
      { length: 9 },
      (_, index) =>
        `<mask id="m${index}"><rect width="9" height="9" fill="#fff" ${index > 0 ? `mask="url(#m${index - 1})"` : ''}/></mask>`,
    );
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${masks.join('')}<rect width="9" height="9" mask="url(#m8)"/></svg>`;
    await expect(open('logo', 'logo.svg', utf8(svg))).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { reason: expect.stringMatching(/too deep/) },
    });
  });
});

describe('a font', () => {
  it.each([
    ['TrueType', exampleFont],
    ['CFF', blocks],
  ])('of %s outlines is kept with the tables that lines need, and sets them alike', async (_kind, font) => {
    const plain = await open('font', 'font.ttf', font);
    expect(readFontTable(plain, 'DSIG')).toBeNull();
    expect(readFontTable(plain, 'fpgm')).toBeNull();
    const line = 'Typo AV To, 0123';
    const shape = (bytes: Uint8Array) => {
      const face = openFace(bytes);
      const glyphs = face.shape(line, 0, line.length, false, true);
      return { glyphs, outlines: glyphs.map(({ glyph }) => face.outlineOf(glyph)), cap: face.capHeight };
    };
    expect(shape(plain)).toEqual(shape(font));
    const path = (bytes: Uint8Array) => loadFont(bytes, 'f', 'x').outline(line, 0, 0, 40, 0)?.path;
    expect(path(plain)).toBe(path(font));
  });

  it('has true sums, so that others read it too', async () => {
    const plain = await open('font', 'font.ttf', exampleFont);
    const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
    let sum = 0;
    for (let at = 0; at < plain.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
    expect(sum).toBe(0xb1b0afba);
  });

  it.each([
    [
      'whose accented letter is made of itself',
      () => {
        const loca = readFontTable(exampleFont, 'loca');
        const isLong = readFontTable(exampleFont, 'head')?.getInt16(50) === 1;
        return patch(exampleFont, 'glyf', (glyf) => {
          const glyphs = (loca?.byteLength ?? 0) / (isLong ? 4 : 2) - 1;
          for (let glyph = 0; glyph < glyphs; glyph++) {
            const at = isLong ? (loca?.getUint32(glyph * 4) ?? 0) : (loca?.getUint16(glyph * 2) ?? 0) * 2;
            if (at + 16 < glyf.byteLength && glyf.getInt16(at) < 0) {
              glyf.setUint16(at + 12, glyph);
              return;
            }
          }
          throw new RangeError('the font has no glyph of parts');
        });
      },
      /made of itself/,
    ],
    [
      'whose last outline lies beyond its end',
      () => patch(exampleFont, 'loca', (loca) => loca.setUint16(loca.byteLength - 2, 0xfff0)),
      /outside of the font's outlines|damaged/,
    ],
    [
      'with one outline that nobody can draw',
      // Its program calls a subroutine that is not there, where it should end.
      () =>
        patch(blocks, 'CFF ', (cff) => {
          let end = cff.byteLength - 1;
          while (cff.getUint8(end) !== 14) end--;
          cff.setUint8(end, 10);
        }),
      /cannot set a line|damaged/,
    ],
  ])('%s is refused before a text needs that sign', async (_name, make, reason) => {
    await expect(open('font', 'font.ttf', make())).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { reason: expect.stringMatching(reason) },
    });
  });
});

describe('a picture', () => {
  const pixels = Uint8Array.from({ length: 90 * 60 * 4 }, (_, index) => (index * 37) & 255);
  const paint = () => sharp(pixels, { raw: { width: 90, height: 60, channels: 4 } });

  it('to start from is kept as a PNG of the pixels that count, without what it says of its maker', async () => {
    const jpeg = new Uint8Array(
      await paint()
        .flatten({ background: '#ffffff' })
        .withExif({ IFD0: { Copyright: 'Nobody' } })
        .jpeg()
        .toBuffer(),
    );
    const plain = await reader.openPicture('a.jpg', 'picture', jpeg);
    expect(await sharp(plain).metadata()).toMatchObject({ format: 'png', width: 90, height: 60, channels: 3 });
    expect(Buffer.from(plain).includes('Nobody')).toBe(false);
    expect(await rawOf(plain)).toEqual(await rawOf(jpeg));
    expect(await reader.openPicture('a.png', 'picture', plain)).toEqual(plain);
  });

  it('that stands on its side is set upright', async () => {
    const turned = new Uint8Array(await paint().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(await sharp(await reader.openPicture('a.jpg', 'picture', turned)).metadata()).toMatchObject({
      width: 60,
      height: 90,
    });
  });

  it('larger than any model draws is made smaller; a mask keeps its values', async () => {
    const mask = Buffer.alloc(3000 * 2400, 0).fill(255, 0, 3000 * 1200);
    const png = await sharp(mask, { raw: { width: 3000, height: 2400, channels: 1 } })
      .png()
      .toBuffer();
    const plain = await reader.openPicture('m.png', 'mask', new Uint8Array(png));
    const { data, info } = await sharp(plain).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([2560, 2048]);
    expect([...new Set(data)].toSorted((a, b) => a - b)).toEqual([0, 255]);
  });
});

it('what a reader made comes back as it is', async () => {
  const reference = new Uint8Array(
    await sharp({ create: { width: 1500, height: 900, channels: 3, background: '#2352d1' } })
      .jpeg()
      .toBuffer(),
  );
  const logo = new Uint8Array(
    await sharp({ create: { width: 80, height: 40, channels: 4, background: '#2352d180' } })
      .png()
      .withMetadata()
      .toBuffer(),
  );
  const all: [KitFile['use'], Uint8Array][] = [
    ['logo', utf8(RICH)],
    ['logo', logo],
    ['reference', reference],
    ['font', exampleFont],
    ['font', blocks],
  ];
  for (const [use, bytes] of all) {
    const plain = await open(use, 'a', bytes);
    expect(plain).not.toEqual(bytes);
    expect(await open(use, 'a', plain)).toEqual(plain);
  }
});
