import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { isStudioError } from '../../../../../electron/contract/errors.ts';
import { loadFont } from '../../../../../electron/readers/load-font.ts';
import { loadLogo } from '../../../../../electron/studio/compose/load-logo.ts';
import { MAX_SVG_BYTES, sanitiseSvg } from '../../../../../electron/readers/sanitise-svg.ts';
import { readExampleBrand } from '../../../../support/example-brand.ts';

const { files } = readExampleBrand();
const spec = {
  name: 'mark',
  file: 'mark.svg',
  on: 'any' as const,
  clearSpace: 0.25,
  minWidthPx: 72,
  forbiddenBackgrounds: [],
};
const utf8 = (text: string) => new TextEncoder().encode(text);
const svg = (inside: string, attributes = '') =>
  utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20" ${attributes}>${inside}</svg>`,
  );

function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isStudioError(error) && error.code === 'brand.invalid') return String(Reflect.get(error.data, 'reason'));
    throw error;
  }
  return 'accepted';
}

describe('sanitiseSvg', () => {
  test.each(['logo-dark.svg', 'logo-light.svg'])('lets the example %s through', (file) => {
    expect(reasonOf(() => sanitiseSvg(files.get(file) ?? new Uint8Array(), file, 'logos[0].file'))).toBe('accepted');
  });

  test('lets gradients, clips, styles, comments and plain repeats through', () => {
    const drawing = svg(
      '<!-- made by hand --><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient><path id="p" d="M0 0h9v9z"/></defs><style>.a{fill:url(#g)}</style><use href="#p" class="a"/>',
    );
    expect(reasonOf(() => sanitiseSvg(drawing, 'mark.svg', 'f'))).toBe('accepted');
  });

  test.each([
    ['a script', svg('<script>alert(1)</script>'), '<script>'],
    ['a script in capitals', svg('<SCRIPT>alert(1)</SCRIPT>'), '<script>'],
    ['an event attribute', svg('<path d="M0 0" onload="x()"/>'), 'onload'],
    ['an event attribute on the root', svg('', 'OnClick="x()"'), 'onclick'],
    ['a foreign file', svg('<use xlink:href="https://example.com/a.svg#b"/>'), 'refers to another file'],
    ['a local file', svg('<use href="file:///etc/passwd"/>'), 'refers to another file'],
    ['an embedded image', svg('<image href="data:image/png;base64,AAAA"/>'), '<image>'],
    ['HTML', svg('<foreignObject><p>hi</p></foreignObject>'), '<foreignobject>'],
    ['text', svg('<text>Lumen</text>'), '<text>'],
    ['an animation', svg('<animate attributeName="href" values="x"/>'), '<animate>'],
    ['a style that imports', svg('<style>@import "https://example.com/x.css";</style>'), 'another file'],
    ['a style that loads', svg('<path style="fill:url(https://example.com/x)" d="M0 0"/>'), 'another file'],
    ['a reference in references', svg('<path fill="url(&#104;ttps://example.com/x)" d="M0 0"/>'), 'another file'],
    ['a CSS escape', svg('<style>@\\import "x"</style>'), 'another file'],
    [
      'entities',
      utf8('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'),
      'entities',
    ],
    ['a style sheet', utf8('<?xml-stylesheet href="x.css"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'style sheet'],
    ['CDATA', svg('<style><![CDATA[ @import "x"; ]]></style>'), 'CDATA'],
    [
      'a tower of repeats',
      svg(
        '<g id="a"><path d="M0 0h1v1z"/></g><g id="b"><use href="#a"/><use href="#a"/></g><g id="c"><use href="#b"/><use href="#b"/></g>',
      ),
      'repeats',
    ],
    ['another document', utf8('<html><svg></svg></html>'), 'not an SVG'],
    ['no document', utf8('hello'), 'not an SVG'],
    ['an empty file', new Uint8Array(), 'not an SVG'],
    ['Latin-1', Uint8Array.of(...svg('<title>').slice(0, 60), 0xe9, 0x20), 'Latin-1'],
    ['too much', new Uint8Array(MAX_SVG_BYTES + 1).fill(0x20), 'limit'],
    ['too many tags', svg('<g/>'.repeat(20_001)), 'limit'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(reasonOf(() => sanitiseSvg(bytes, 'mark.svg', 'logos[0].file'))).toContain(reason);
  });
});

describe('loadLogo', () => {
  test('draws SVG and PNG at any width', async () => {
    const drawing = await loadLogo(svg('<path fill="#ff0000" d="M0 0h40v20H0z"/>'), spec, 'f');
    expect(drawing.aspect).toBe(2);
    const raster = await drawing.render(30);
    expect([raster.width, raster.height, ...raster.rgba.slice(0, 4)]).toEqual([30, 15, 255, 0, 0, 255]);
    const png = new Uint8Array(
      await sharp({ create: { width: 90, height: 30, channels: 4, background: { r: 0, g: 0, b: 255, alpha: 0.5 } } })
        .png()
        .toBuffer(),
    );
    const picture = await loadLogo(png, { ...spec, file: 'mark.png' }, 'f');
    const small = await picture.render(30);
    expect([picture.aspect, small.width, small.height, ...small.rgba.slice(0, 4)]).toEqual([3, 30, 10, 0, 0, 255, 128]);
  });

  test.each([
    ['broken XML', svg('<path d="M0 0"'), /cannot be read|not an SVG|declaration/],
    ['no size', utf8('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'), /cannot be read|measures/],
    [
      'an absurd shape',
      utf8('<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="2"><path d="M0 0h9v2z"/></svg>'),
      /measures 9000 x 2/,
    ],
    ['a damaged PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3), /damaged/],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(loadLogo(bytes, spec, 'logos[0].file')).rejects.toMatchObject({
      code: 'brand.invalid',
      data: { field: 'logos[0].file', reason: expect.stringMatching(reason) },
    });
  });
});

describe('loadFont', () => {
  const woff = files.get('fonts/bricolage-grotesque-700.woff') ?? new Uint8Array();
  const face = loadFont(woff, 'a.woff', 'type.headline.file');

  test('measures lines with kerning and tracking', () => {
    expect(face.capHeight).toBeGreaterThan(0.6);
    expect(face.capHeight).toBeLessThan(0.8);
    expect(face.measureWidth('AVAVAV', 100, 0)).toBeLessThan(
      face.measureWidth('A', 100, 0) * 3 + face.measureWidth('V', 100, 0) * 3,
    );
    expect(face.measureWidth('ab', 100, 0.1) - face.measureWidth('ab', 100, 0)).toBeCloseTo(10, 6);
    expect(face.measureWidth('', 100, 0.1)).toBe(0);
  });

  test('writes outlines without NaN in any size and place', () => {
    for (let step = 0; step < 60; step++)
      expect(
        face.outline('Oatmeal, Größe & 0123456789', 112 + step / 7, 75.741 + step / 3, 17 + step, -0.02)?.path,
      ).toMatch(/^[MLQCZ0-9 .-]+$/);
  });

  test('knows what it cannot set', () => {
    expect(face.findUnsettable('Größe 10 €')).toEqual([]);
    expect(face.findUnsettable('日 שלום')).toEqual(['日', 'ש', 'ל', 'ו', 'ם']);
  });

  test.each([
    ['an empty file', new Uint8Array(), 'too short'],
    ['a text', utf8('this is not a font at all'), 'no font'],
    ['WOFF2', Uint8Array.of(0x77, 0x4f, 0x46, 0x32, ...new Uint8Array(40)), 'WOFF2'],
    ['half a font', woff.slice(0, woff.length >> 1), 'damaged'],
    ['a head without tables', woff.slice(0, 44), 'damaged'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(reasonOf(() => loadFont(bytes, 'a.woff', 'type.headline.file'))).toContain(reason);
  });
});
