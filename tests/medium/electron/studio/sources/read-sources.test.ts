import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Finding, SourceReading } from '../../../../../electron/contract/brand-import.ts';
import { readSources } from '../../../../../electron/readers/sources/read-sources.ts';
import { encodeAse, encodePdf } from '../../../../support/brand-sources.ts';

const example = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../../examples/lumen-oat/${name}`, import.meta.url)));
const utf8 = (text: string) => new TextEncoder().encode(text);

async function read(name: string, bytes: Uint8Array): Promise<SourceReading> {
  return readSources([{ name, bytes }]);
}

async function coloursOf(name: string, bytes: Uint8Array): Promise<Record<string, string>> {
  const { findings, refused } = await read(name, bytes);
  expect(refused).toEqual([]);
  return Object.fromEntries(
    findings.flatMap((finding) => (finding.kind === 'colour' ? [[finding.name, finding.hex] as const] : [])),
  );
}

describe('colours', () => {
  test('come from Adobe swatches in every colour model, with their names and groups', async () => {
    const bytes = encodeAse([
      { name: 'Delivery blue', model: 'RGB ', values: [35 / 255, 82 / 255, 209 / 255] },
      { name: 'Ink', model: 'Gray', values: [0.2] },
      { name: 'Coral', model: 'CMYK', values: [0, 0.5, 0.5, 0] },
      { name: 'Weiß', model: 'LAB ', values: [1, 0, 0] },
    ]);
    expect(await coloursOf('brand.ase', bytes)).toEqual({
      'Delivery blue': '#2352d1',
      Ink: '#333333',
      Coral: '#ff8080',
      Weiß: '#ffffff',
    });
    expect((await read('brand.ase', bytes)).notes[0]).toMatch(/CMYK/);
  });

  test('come from GIMP palettes', async () => {
    const text = 'GIMP Palette\nName: Oat\nColumns: 4\n# by hand\n246 240 223\tOat cream\n 35  82 209 Delivery blue\n';
    expect(await coloursOf('oat.gpl', utf8(text))).toEqual({ 'Oat cream': '#f6f0df', 'Delivery blue': '#2352d1' });
  });

  test('come from custom properties and a Tailwind 4 theme, through references, and nothing is fetched', async () => {
    const { findings, notes } = await read(
      'theme.css',
      utf8(`@import url("https://example.com/more.css");
@theme { --color-primary: oklch(0.5 0.2 264); --font-display: "Bricolage Grotesque", serif; }
:root { --ground: hsl(44 56% 92%); --color-text: var(--ink, #14213f); --loop: var(--loop2); --loop2: var(--loop); --gap: 4px; }`),
    );
    expect(
      findings.map((finding) => [finding.kind, 'name' in finding ? finding.name : '', finding.source.place]),
    ).toEqual([
      ['colour', 'primary', 'line 2, --color-primary'],
      ['typeface', '', 'line 2, --font-display'],
      ['colour', 'ground', 'line 3, --ground'],
      ['colour', 'text', 'line 3, --color-text'],
    ]);
    expect(findings[3]).toMatchObject({ hex: '#14213f', role: 'text' });
    expect(findings[1]).toMatchObject({ family: 'Bricolage Grotesque', face: 'headline' });
    expect(notes).toEqual([
      'theme.css: 2 references to other files were passed over.',
      'theme.css: references that lead back to themselves: --loop2, --loop.',
    ]);
  });

  test('come from a Tailwind 3 configuration that is read and never run', async () => {
    const script = `import plugin from './plugin';
globalThis.housestyleRan = true;
const ink = '#14213f';
const shared = { paper: '#f6f0df', ...require('./palette') };
export default defineConfig({
  theme: { colors: { ...shared, ink, brand: { DEFAULT: '#2352d1', 500: \`#2352d2\` }, computed: darken('#fff') },
    extend: { fontFamily: { sans: ['Instrument Sans', 'system-ui'] } } },
  plugins: [plugin],
} satisfies Config);
while (true) {}`;
    const { findings, notes } = await read('tailwind.config.ts', utf8(script));
    expect(findings.map((finding) => ('hex' in finding ? `${finding.name} ${finding.hex}` : finding.kind))).toEqual([
      'paper #f6f0df',
      'ink #14213f',
      'brand 500 #2352d2',
      'brand #2352d1',
      'typeface',
    ]);
    expect(notes[0]).toMatch(/values that a script would compute were left out/);
    expect('housestyleRan' in globalThis).toBe(false);
    expect(await coloursOf('tailwind.config.js', utf8("module.exports = { theme: { colors: { a: 'red' } } }"))).toEqual(
      {
        a: '#ff0000',
      },
    );
  });

  test('come from design tokens with groups, aliases and colour objects', async () => {
    const tokens = {
      colour: {
        $type: 'color',
        blue: { $value: '#2352d1' },
        primary: { $value: '{colour.blue}' },
        circle: { $value: '{colour.circle}' },
        object: { $value: { colorSpace: 'srgb', components: [1, 0.5, 0], alpha: 1 } },
      },
      heading: { $type: 'fontFamily', $value: ['Bricolage Grotesque', 'serif'] },
      old: { value: '#00ff00', type: 'color' },
    };
    const { findings } = await read('brand.tokens.json', utf8(JSON.stringify(tokens)));
    expect(findings.map((finding) => ('hex' in finding ? [finding.name, finding.hex] : [finding.kind]))).toEqual([
      ['blue', '#2352d1'],
      ['primary', '#2352d1'],
      ['object', '#ff8000'],
      ['typeface'],
      ['old', '#00ff00'],
    ]);
  });

  test('come from a logo, which is a finding itself', async () => {
    const { findings } = await read('logo-dark.svg', example('logo-dark.svg'));
    expect(findings[0]).toMatchObject({ kind: 'logo', name: 'Logo dark', file: 'logo-dark.svg', on: 'light' });
    expect(findings.slice(1).map((finding) => 'hex' in finding && finding.hex)).toContain('#14213f');
  });

  test('come from a picture with the share that each fills', async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100"><rect width="100" height="100" fill="#f6f0df"/><rect width="100" height="30" fill="#2352d1"/><rect y="90" width="100" height="10" fill="#f5775c"/></svg>`;
    const png = new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
    const { findings } = await read('mood.png', png);
    expect(findings[0]).toMatchObject({ kind: 'reference', file: 'mood.png' });
    const colours = findings.filter(
      (finding): finding is Extract<Finding, { kind: 'colour' }> => finding.kind === 'colour',
    );
    expect(colours.map(({ hex }) => hex)).toEqual(['#f6f0df', '#2352d1', '#f5775c']);
    expect(colours.map(({ share }) => Math.round((share ?? 0) * 10))).toEqual([6, 3, 1]);
  });
});

describe('fonts', () => {
  test('say their family and weight themselves', async () => {
    const { findings } = await read('bricolage.woff', example('fonts/bricolage-grotesque-700.woff'));
    expect(findings).toEqual([
      expect.objectContaining({ kind: 'typeface', family: expect.stringMatching(/Bricolage/), file: 'bricolage.woff' }),
    ]);
  });
});

describe('a brand guide', () => {
  test('gives colours, tone and phrases with page and words, for a person to confirm', async () => {
    const pdf = encodePdf([
      ['Lumen Oat', 'Colours', 'Delivery blue', 'HEX #2352D1 RGB 35 82 209', 'Toast coral: RGB 245 119 92'],
      [
        'Tone of voice: warm, plain, a little dry',
        'We never say',
        'miracle, guilt-free',
        'superfood',
        'Legal line',
        'Deposit 25 ct.',
      ],
    ]);
    const { findings, refused, notes } = await read('guide.pdf', pdf);
    expect(refused).toEqual([]);
    expect(
      findings
        .filter(({ kind }) => kind !== 'typeface')
        .map((finding) =>
          'hex' in finding ? [finding.name, finding.hex] : 'text' in finding ? [finding.kind, finding.text] : [],
        ),
    ).toEqual([
      ['Delivery blue', '#2352d1'],
      ['Toast coral', '#f5775c'],
      ['tone', 'warm, plain, a little dry'],
      ['phrase', 'miracle'],
      ['phrase', 'guilt-free'],
      ['phrase', 'superfood'],
      ['phrase', 'Deposit 25 ct.'],
    ]);
    expect(findings[0]?.source).toEqual({ file: 'guide.pdf', place: 'page 1: HEX #2352D1 RGB 35 82 209' });
    expect(notes[0]).toMatch(/Check each field/);
  });
});

describe('bad files', () => {
  test.each([
    ['an empty file', 'a.ase', new Uint8Array(), /empty/],
    ['a file of another kind', 'a.exe', utf8('MZ'), /holds no part of a brand/],
    ['swatches that are none', 'a.ase', utf8('not swatches at all'), /no swatch file/],
    [
      'swatches that are cut off',
      'a.ase',
      encodeAse([{ name: 'a', model: 'RGB ', values: [1, 0, 0] }]).slice(0, 30),
      /middle of a swatch/,
    ],
    ['a palette with a wrong line', 'a.gpl', utf8('GIMP Palette\n300 0 0 red'), /line 2 is no colour/],
    ['a palette of another program', 'a.gpl', utf8('JASC-PAL\n0100'), /first line/],
    ['a style sheet without colours', 'a.css', utf8('a { color: red }'), /no custom property/],
    [
      'a style sheet that nests without end',
      'a.css',
      utf8(`:root{--a:${'('.repeat(200_000)}`),
      /nested too deeply|no custom property/,
    ],
    ['a script that cannot be read', 'tailwind.config.js', utf8('export default {,'), /no script: line 1/],
    ['a script that only computes', 'tailwind.config.js', utf8('export default require("x")()'), /no plain object/],
    ['JSON that nests without end', 'a.json', utf8('['.repeat(500_000)), /no JSON or nested too deeply/],
    ['tokens that nest without end', 'a.json', utf8('{"a":'.repeat(60) + '1' + '}'.repeat(60)), /nested too deeply/],
    [
      'a drawing with a script',
      'a.svg',
      utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      /script/,
    ],
    [
      'a drawing with an event',
      'a.svg',
      utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><path d="M0 0h1v1z"/></svg>'),
      /onload/,
    ],
    [
      'a drawing that reaches out',
      'a.svg',
      utf8('<svg xmlns="http://www.w3.org/2000/svg"><use href="https://example.com/a.svg#b"/></svg>'),
      /refer|href/,
    ],
    [
      'an entity bomb',
      'a.svg',
      utf8(
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><title>&b;</title></svg>',
      ),
      /declaration|entit/i,
    ],
    ['a picture that is cut off', 'a.png', utf8('\u0089PNG'), /damaged/],
    ['a font that is none', 'a.ttf', utf8('this is no font at all'), /no font/],
    ['a document that is no PDF', 'a.pdf', utf8('hello'), /no PDF/],
    ['a PDF that is damaged', 'a.pdf', utf8('%PDF-1.7\ngarbage'), /damaged|no text/],
    ['a PDF with a password', 'a.pdf', encodePdf([['Blue #2352d1']], { encrypted: true }), /encrypted/],
    ['a PDF without text', 'a.pdf', encodePdf([[]]), /holds no text/],
    ['a file of 200 MB', 'a.pdf', new Uint8Array(200_000_000), /191 MiB/],
  ])('refuses %s with the reason', async (_, name, bytes, reason) => {
    const { findings, refused } = await read(name, bytes);
    expect(findings).toEqual([]);
    expect(refused).toEqual([{ file: name, reason: expect.stringMatching(reason), expected: expect.any(String) }]);
  });

  test('stop no other file', async () => {
    const { findings, refused } = await readSources([
      { name: 'bad.ase', bytes: utf8('nothing') },
      { name: 'good.gpl', bytes: utf8('GIMP Palette\n1 2 3 x') },
    ]);
    expect([findings.length, refused.length]).toEqual([1, 1]);
  });

  test('are read without a connection and without running what stands in them', async () => {
    const { fetch } = globalThis;
    let fetched = 0;
    globalThis.fetch = () => {
      fetched += 1;
      throw new Error('nothing may be fetched');
    };
    try {
      await readSources([
        {
          name: 'a.css',
          bytes: utf8('@import "https://example.com/x.css"; :root { --a: red; --b: url(https://example.com/y.png) }'),
        },
        { name: 'a.pdf', bytes: encodePdf([['Blue #2352d1']], { script: 'app.launchURL("https://example.com")' }) },
        {
          name: 'a.svg',
          bytes: utf8('<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.com/x.png"/></svg>'),
        },
      ]);
    } finally {
      globalThis.fetch = fetch;
    }
    expect(fetched).toBe(0);
  });
});
