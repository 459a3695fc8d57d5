import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SourceReading } from '../../../../electron/contract/brand-import.ts';
import { sourceReadingSchema } from '../../../../electron/contract/brand-import.ts';
import { readSources } from '../../../../electron/readers/sources/read-sources.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../../../support/fixtures/tokens/${name}`, import.meta.url))),
});

const color = (value: unknown) => ({ $type: 'color', $value: value });

type Files = Readonly<Record<string, unknown>>;

async function read(files: Files): Promise<SourceReading> {
  const list = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: utf8(typeof content === 'string' ? content : JSON.stringify(content)),
  }));
  return sourceReadingSchema.parse(await readSources(list));
}

/** "dark: primary #5c423d primary clipped", as a person sees the rows. */
function say({ findings }: SourceReading): string[] {
  return findings.flatMap((finding) =>
    finding.kind === 'colour'
      ? [
          [
            finding.theme === null ? '' : `${finding.theme}:`,
            finding.name,
            finding.hex,
            finding.role ?? '-',
            finding.change ?? '',
          ]
            .filter((word) => word !== '')
            .join(' '),
        ]
      : [],
  );
}

describe('colours of style sheets as people write them', () => {
  test.each<[what: string, files: Files, colours: string[]]>([
    [
      'shadcn channels with a dark theme',
      {
        'globals.css': `@layer base { :root { --background: 0 0% 100%; --foreground: 222.2 84% 4.9%; --primary: 222.2 47.4% 11.2%;
          --primary-foreground: 210 40% 98%; --secondary: 210 40% 96.1%; --muted-foreground: 215.4 16.3% 46.9%; --radius: 0.5rem; }
          .dark { --background: 222.2 84% 4.9%; --primary: 210 40% 98%; } }`,
      },
      [
        'background #ffffff background',
        'foreground #020817 text',
        'primary #0f172a primary',
        'primary foreground #f8fafc -',
        'secondary #f1f5f9 secondary',
        'muted foreground #64748b neutral',
        'dark: background #020817 background',
        'dark: primary #f8fafc primary',
      ],
    ],
    [
      'shadcn for Tailwind 4: names that lead to names once',
      {
        'a.css': `:root { --primary: oklch(0.205 0 0); --radius: 0.625rem }
          @theme inline { --color-primary: var(--primary); --radius-lg: var(--radius); }`,
      },
      ['primary #171717 primary'],
    ],
    [
      'a Tailwind 4 theme in a wide gamut',
      {
        'a.css':
          '@theme { --color-*: initial; --color-red-500: oklch(63.7% 0.237 25.331); --color-teal-500: oklch(70.4% 0.14 182.503); --color-blue-500: oklch(62.3% 0.214 259.815); --breakpoint-3xl: 120rem; --animate-x: fade 1s; }',
      },
      ['red 500 #fb2c36 -', 'teal 500 #00bba7 - clipped', 'blue 500 #2b7fff - clipped'],
    ],
    [
      'Bootstrap with its twins in rgb and the variables of buttons',
      {
        'bootstrap.css': `:root,[data-bs-theme=light]{--bs-primary:#0d6efd;--bs-primary-rgb:13, 110, 253;--bs-secondary:#6c757d;--bs-body-bg:#fff;--bs-body-color:#212529;--bs-body-bg-rgb:255,255,255;--bs-primary-bg-subtle:#cfe2ff}
          [data-bs-theme=dark]{color-scheme:dark;--bs-body-bg:#212529}
          .btn-primary{--bs-btn-bg:#0d6efd;--bs-btn-hover-bg:#0b5ed7}`,
      },
      [
        'primary #0d6efd primary',
        'secondary #6c757d secondary',
        'body bg #ffffff background',
        'body color #212529 text',
        'primary bg subtle #cfe2ff -',
        'dark: body bg #212529 background',
      ],
    ],
    [
      'rgb channels that stand alone and end with -rgb',
      { 'a.css': ':root{--brand-rgb: 35 82 209}' },
      ['brand #2352d1 primary'],
    ],
    [
      'rgb channels that a rule of the sheet wraps',
      {
        'a.css':
          ':root{--brand: 35 82 209; --grid: 1 2 3} a { color: rgb(var(--brand) / 50%) } b { color: rgba(var(--brand), .2) }',
      },
      ['brand #2352d1 primary'],
    ],
    [
      'oklch channels that a rule wraps',
      { 'a.css': ':root{--p: 100% 0 0} a{color:oklch(var(--p)/1)}' },
      ['p #ffffff -'],
    ],
    [
      'channels that a Tailwind configuration wraps',
      {
        'a.css': ':root{--brand: 35 82 209}',
        'tailwind.config.js': "module.exports={theme:{extend:{colors:{brand:'rgb(var(--brand) / <alpha-value>)'}}}}",
      },
      ['brand #2352d1 primary', 'brand #2352d1 primary'],
    ],
    [
      'a hue in a variable of its own',
      { 'a.css': ':root{--h: 335; --s: 78%; --brand: hsl(var(--h) var(--s) 50%)}' },
      ['brand #e31c6f primary'],
    ],
    ['no lengths that look like channels', { 'a.css': ':root{--hero-padding: 0 10% 20%; --a: #111}' }, ['a #111111 -']],
    [
      'no numbers, times, words or animations',
      {
        'a.css':
          ':root{--z: 100; --hue: 335; --id: 123456; --t: 200ms; --animation: fade; --w: 700; --x: bed; --a: #111}',
      },
      ['a #111111 -'],
    ],
    [
      'references in any order',
      { 'a.css': ':root{--a: var(--b); --b: var( --c ); --c: #123}' },
      ['a #112233 -', 'b #112233 -', 'c #112233 -'],
    ],
    [
      'fallbacks where a name is missing',
      { 'a.css': ':root{--a: var(--none, rgb(1 2 3)); --b: var(--n1, var(--n2, #abc))}' },
      ['a #010203 -', 'b #aabbcc -'],
    ],
    [
      'no fallback where the name is there',
      { 'a.css': ':root{--ink:#111; --a: var(--ink, red)}' },
      ['ink #111111 text', 'a #111111 -'],
    ],
    ['a fallback where the name is reset', { 'a.css': ':root{--x: initial; --a: var(--x, #222)}' }, ['a #222222 -']],
    [
      'references in the middle of a function',
      { 'a.css': ':root{--l: 50%; --a: hsl(0 100% var(--l))}' },
      ['a #ff0000 -'],
    ],
    [
      'mixed colours',
      { 'a.css': ':root{--a: color-mix(in srgb, var(--b) 50%, white); --b: black}' },
      ['a #808080 -', 'b #000000 -'],
    ],
    ['the last of two definitions', { 'a.css': ':root{--a: #111} :root{--a: #222}' }, ['a #222222 -']],
    [
      'a dark scheme by media',
      { 'a.css': ':root{--bg:#fff} @media (prefers-color-scheme: dark){:root{--bg:#000}}' },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'a dark scheme nested in the rule',
      { 'a.css': ':root{--bg:#fff; @media (prefers-color-scheme: dark){--bg:#000}}' },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'themes by attribute',
      { 'a.css': ':root{--bg:#fff} [data-theme="ocean"]{--bg:#013} html[data-mode=dark]{--bg:#000}' },
      ['bg #ffffff background', 'ocean: bg #001133 background', 'dark: bg #000000 background'],
    ],
    [
      'themes by class',
      { 'a.css': ':root{--bg:#fff} .theme-rose{--bg:#fcc} body.dark-mode{--bg:#000} :root:not(.light){--ink:#111}' },
      ['bg #ffffff background', 'rose: bg #ffcccc background', 'dark: bg #000000 background', 'ink #111111 text'],
    ],
    [
      'a theme that refers to the usual palette',
      { 'a.css': ':root{--ink:#111;--paper:#eee;--bg:var(--paper)} .dark{--paper:#222;--bg:var(--ink)}' },
      [
        'ink #111111 text',
        'paper #eeeeee background',
        'bg #eeeeee background',
        'dark: paper #222222 background',
        'dark: bg #111111 background',
      ],
    ],
    [
      'a theme whose own definition counts for it',
      { 'a.css': ':root{--c:#111;--a:var(--c)} .dark{--c:#eee;--a:var(--c)}' },
      ['c #111111 -', 'a #111111 -', 'dark: c #eeeeee -', 'dark: a #eeeeee -'],
    ],
    [
      'light and dark in one function',
      { 'a.css': ':root{--bg: light-dark(#fff, var(--n)); --n: #000}' },
      ['bg #ffffff background', 'dark: bg #000000 background', 'n #000000 -'],
    ],
    [
      'a light theme as the usual palette where there is no other',
      { 'a.css': '[data-theme=light]{--bg:#fff}[data-theme=dark]{--bg:#000}' },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'a wider gamut only where nothing else says the colour',
      {
        'a.css':
          ':root{--a:#f00} @media (color-gamut:p3){:root{--a:color(display-p3 1 0 0)}} @supports (color:oklch(0 0 0)){:root{--b:oklch(1 0 0)}}',
      },
      ['a #ff0000 -', 'b #ffffff -'],
    ],
    ['nothing of print', { 'a.css': ':root{--ink:#123} @media print{:root{--ink:#000}}' }, ['ink #112233 text']],
    [
      'variables of parts where the page has none',
      { 'a.css': '.card{--card-bg:#eee}' },
      ['card bg #eeeeee background'],
    ],
    [
      'stops of a gradient',
      { 'a.css': ':root{--ink:#111;--hero: linear-gradient(90deg, var(--ink) 0%, #f80 100%)}' },
      ['ink #111111 text', 'hero stop 1 #111111 -', 'hero stop 2 #ff8800 -'],
    ],
    [
      'references into another file, in either order',
      { 'b.css': ':root{--link: var(--blue)}', 'a.css': ':root{--blue:#00f}' },
      ['link #0000ff -', 'blue #0000ff -'],
    ],
    [
      "the file's own definition before another's",
      { 'a.css': ':root{--c:#111}', 'b.css': ':root{--c:#222;--d:var(--c)}' },
      ['c #111111 -', 'c #222222 -', 'd #222222 -'],
    ],
    [
      'a file of the dark theme by its name',
      { 'base.css': ':root{--bg:#fff}', 'theme-dark.css': ':root{--bg:#000}' },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'colours that are see-through, as such',
      { 'a.css': ':root{--a: rgb(0 0 255 / 80%); --veil: rgb(0 0 0 / 10%); --b:#111}' },
      ['a #0000ff - opaque', 'b #111111 -'],
    ],
    [
      'Material names',
      {
        'a.css':
          ':root{--md-sys-color-primary:#6750a4;--md-sys-color-on-primary:#fff;--md-sys-color-on-surface:#1d1b20;--md-sys-color-tertiary:#7d5260}',
      },
      ['primary #6750a4 primary', 'on primary #ffffff -', 'on surface #1d1b20 text', 'tertiary #7d5260 accent'],
    ],
  ])('are %s', async (_, files, colours) => {
    const reading = await read(files);
    expect(reading.refused).toEqual([]);
    expect(say(reading)).toEqual(colours);
  });
});

describe('colours of token files as programs write them', () => {
  test.each<[what: string, files: Files, colours: string[]]>([
    [
      'aliases through aliases',
      { 'a.json': { a: color('{b.c}'), b: { c: color('{d}') }, d: color('#123456') } },
      ['a #123456 -', 'b c #123456 -', 'd #123456 -'],
    ],
    [
      'types that groups hand down',
      { 'a.json': { colour: { $type: 'color', brand: { primary: { $value: 'red' } } } } },
      ['brand primary #ff0000 primary'],
    ],
    [
      'no names of colours under other types',
      { 'a.json': { f: { $type: 'string', $value: 'red' }, n: { $type: 'number', $value: 335 }, a: color('#111') } },
      ['a #111111 -'],
    ],
    [
      'no bare numbers, with or without a type',
      { 'a.json': { h: { $value: 335 }, i: { value: '335' }, j: color('100'), a: color('#111') } },
      ['a #111111 -'],
    ],
    [
      'a root token of a group',
      { 'a.json': { accent: { $type: 'color', $root: { $value: '#f80' }, soft: { $value: '#fda' } } } },
      ['accent #ff8800 accent', 'accent soft #ffddaa accent'],
    ],
    [
      'references by pointer',
      { 'a.json': { ink: color('#111'), text: { $type: 'color', $ref: '#/ink' } } },
      ['ink #111111 text', 'text #111111 text'],
    ],
    [
      'components of a colour space',
      {
        'a.json': {
          a: color({ colorSpace: 'hsl', components: [222.2, 47.4, 11.2] }),
          b: color({ colorSpace: 'srgb', components: [1, 'none', 0], alpha: 1 }),
          c: color({ colorSpace: 'display-p3', components: [1, 0, 0], hex: '#ff3322' }),
          d: color({ colorSpace: 'oklch', components: [1, 0, 0] }),
        },
      },
      ['a #0f172a -', 'b #ff0000 -', 'c #ff0000 - clipped', 'd #ffffff -'],
    ],
    [
      'colours with little opacity left out',
      { 'a.json': { veil: color({ colorSpace: 'srgb', components: [0, 0, 0], alpha: 0.1 }), a: color('#111') } },
      ['a #111111 -'],
    ],
    [
      'stops of gradients, aliases among them',
      {
        'a.json': {
          ink: color('#111'),
          g: {
            $type: 'gradient',
            $value: [
              { color: '{ink}', position: 0 },
              { color: '#f80', position: 1 },
            ],
          },
        },
      },
      ['ink #111111 text', 'g stop 1 #111111 -', 'g stop 2 #ff8800 -'],
    ],
    [
      'nothing of shadows and borders',
      { 'a.json': { s: { $type: 'shadow', $value: { color: '#000', blur: '4px' } }, a: color('#111') } },
      ['a #111111 -'],
    ],
    [
      'modes in extensions',
      { 'a.json': { bg: { $type: 'color', $value: '#fff', $extensions: { mode: { light: '#fff', dark: '#000' } } } } },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'themes as groups',
      { 'a.json': { color: { light: { bg: color('#fff') }, dark: { bg: color('#000') } } } },
      ['bg #ffffff background', 'dark: bg #000000 background'],
    ],
    [
      'shades called dark as shades',
      { 'a.json': { blue: { dark: color('#003'), light: color('#ccf') }, color: { dark: { 100: color('#222') } } } },
      ['blue dark #000033 -', 'blue light #ccccff -', 'dark 100 #222222 -'],
    ],
    [
      'a file of the dark theme by its name',
      {
        'Light.tokens.json': { bg: color('#fff') },
        'Dark.tokens.json': { bg: color('{base.ink}') },
        'base.json': { base: { ink: color('#111') } },
      },
      ['bg #ffffff background', 'dark: bg #111111 background', 'base ink #111111 text'],
    ],
    [
      'Style Dictionary with .value at the end',
      {
        'a.json': {
          color: {
            base: { red: { value: '#f00', type: 'color' } },
            font: { danger: { value: '{color.base.red.value}' } },
          },
        },
      },
      ['base red #ff0000 -', 'font danger #ff0000 -'],
    ],
    [
      'Style Dictionary without types, comments beside',
      {
        'a.json': {
          color: { brand: { value: '#2352d1', comment: 'our blue', attributes: { category: 'color' } } },
          size: { m: { value: '16' } },
        },
      },
      ['brand #2352d1 primary'],
    ],
    [
      'Tokens Studio sets, whose names aliases leave out',
      {
        'a.json': {
          global: { colors: { ink: { value: '#111', type: 'color' } } },
          light: { text: { value: '{colors.ink}', type: 'color' } },
          dark: { text: { value: '#eee', type: 'color' } },
          $themes: [],
          $metadata: { tokenSetOrder: ['global', 'light', 'dark'] },
        },
      },
      ['ink #111111 text', 'text #111111 text', 'dark: text #eeeeee text'],
    ],
    [
      'Tokens Studio colours with an opacity',
      {
        'a.json': {
          ink: { value: '#112233', type: 'color' },
          soft: { value: 'rgba({ink}, 0.8)', type: 'color' },
          faint: { value: 'rgba({ink}, 10%)', type: 'color' },
        },
      },
      ['ink #112233 text', 'soft #112233 - opaque'],
    ],
    [
      'Tokens Studio aliases with a dollar',
      {
        'a.json': {
          colors: { ink: { value: '#112233', type: 'color' } },
          text: { value: '$colors.ink', type: 'color' },
        },
      },
      ['ink #112233 text', 'text #112233 text'],
    ],
    [
      'a gradient in words',
      {
        'a.json': {
          ink: { value: '#112233', type: 'color' },
          hero: { value: 'linear-gradient(45deg, {ink} 0%, #ff8800 100%)', type: 'color' },
        },
      },
      ['ink #112233 text', 'hero stop 1 #112233 -', 'hero stop 2 #ff8800 -'],
    ],
    [
      'Material schemes',
      {
        'material-theme.json': {
          seed: '#6750A4',
          coreColors: { primary: '#6750A4' },
          schemes: { light: { primary: '#65558F', onPrimary: '#FFFFFF' }, dark: { primary: '#CFBDFE' } },
        },
      },
      [
        'seed #6750a4 -',
        'coreColors primary #6750a4 primary',
        'primary #65558f primary',
        'onPrimary #ffffff -',
        'dark: primary #cfbdfe primary',
      ],
    ],
    [
      'a plain object of colours',
      { 'a.json': { colors: { primary: '#123456', note: 'primary', n: '335' } } },
      ['primary #123456 primary'],
    ],
    [
      "Figma's variables by REST",
      {
        'variables.json': {
          meta: {
            variableCollections: {
              c1: { name: 'Primitives', defaultModeId: '1:0', modes: [{ modeId: '1:0', name: 'Mode 1' }] },
              c2: {
                name: 'Semantic',
                defaultModeId: '2:0',
                modes: [
                  { modeId: '2:0', name: 'Light' },
                  { modeId: '2:1', name: 'Dark' },
                ],
              },
            },
            variables: {
              v1: {
                name: 'blue/500',
                resolvedType: 'COLOR',
                variableCollectionId: 'c1',
                valuesByMode: { '1:0': { r: 0, g: 0, b: 1, a: 1 } },
              },
              v2: {
                name: 'color/primary',
                resolvedType: 'COLOR',
                variableCollectionId: 'c2',
                valuesByMode: { '2:0': { type: 'VARIABLE_ALIAS', id: 'v1' }, '2:1': { r: 1, g: 1, b: 1, a: 1 } },
              },
              v3: { name: 'space', resolvedType: 'FLOAT', variableCollectionId: 'c2', valuesByMode: { '2:0': 335 } },
            },
          },
        },
      },
      ['blue 500 #0000ff -', 'primary #0000ff primary', 'dark: primary #ffffff primary'],
    ],
    [
      "Figma's variables by a plugin",
      {
        'variables.json': {
          collections: [
            {
              name: 'Base',
              modes: [{ name: 'Value', variables: [{ name: 'ink', type: 'color', isAlias: false, value: '#111111' }] }],
            },
            {
              name: 'Theme',
              modes: [
                {
                  name: 'Light',
                  variables: [
                    { name: 'text', type: 'color', isAlias: true, value: { collection: 'Base', name: 'ink' } },
                  ],
                },
                { name: 'Dark', variables: [{ name: 'text', type: 'color', isAlias: false, value: '#EEEEEE' }] },
              ],
            },
          ],
        },
      },
      ['ink #111111 text', 'text #111111 text', 'dark: text #eeeeee text'],
    ],
    [
      'references into style sheets',
      { 'a.json': { link: color('var(--blue)') }, 'a.css': ':root{--blue:#00f}' },
      ['link #0000ff -', 'blue #0000ff -'],
    ],
  ])('are %s', async (_, files, colours) => {
    const reading = await read(files);
    expect(reading.refused).toEqual([]);
    expect(say(reading)).toEqual(colours);
  });

  test('come from a Tailwind 3 configuration whose names stand in a style sheet', async () => {
    const config =
      "module.exports={theme:{extend:{colors:{primary:{DEFAULT:'hsl(var(--primary))',foreground:'hsl(var(--primary-foreground))'},z:'335'}}}}";
    const reading = await read({
      'tailwind.config.js': config,
      'a.css': ':root{--primary: 222.2 47.4% 11.2%; --primary-foreground: 210 40% 98%}',
    });
    expect(say(reading).slice(0, 2)).toEqual(['primary #0f172a primary', 'primary foreground #f8fafc -']);
    const alone = await read({ 'tailwind.config.js': config });
    expect(alone.refused[0]?.reason).toBe('its references lead nowhere: --primary, --primary-foreground');
  });
});

describe('the files that strangers tried', () => {
  test('tokens in a style sheet are the colours that its comments say', async () => {
    const reading = await readSources([fixture('tokens-as-people-write-them.css')]);
    expect(say(reading)).toEqual([
      'primary #0f172a primary',
      'accent #f1f5f9 accent',
      'brand #ff0000 primary clipped',
      'mix #a300d9 - clipped',
      'ref #f1f5f9 -',
      'dark: primary #5c423d primary',
    ]);
    expect(reading.notes).toEqual([expect.stringMatching(/outside of sRGB and clipped.*--brand, --mix/)]);
  });

  test.each([
    ['tokens-base.json', 'tokens-references.json'],
    ['tokens-references.json', 'tokens-base.json'],
  ])('tokens whose references lead into another file are read together: %s, %s', async (...names) => {
    const reading = await readSources(names.map(fixture));
    expect(reading.refused).toEqual([]);
    expect(say(reading).toSorted()).toEqual([
      'base ink #1b1b1f text',
      'brand primary #3b5998 primary',
      'brand secondary #4267b2 secondary',
      'text base #1b1b1f text',
      'text link #3b5998 -',
    ]);
  });

  test('references that lead nowhere are refused by name', async () => {
    const { findings, refused } = await readSources([fixture('tokens-references.json')]);
    expect(findings).toEqual([]);
    expect(refused).toEqual([
      {
        file: 'tokens-references.json',
        reason: 'its references lead nowhere: {color.base.ink}, {color.brand.primary}',
        expected: 'the file that defines them, read together with it',
      },
    ]);
  });
});

describe('what a person is told', () => {
  test.each<[what: string, files: Files, note: RegExp]>([
    ['missing references of a sheet', { 'a.css': ':root{--a:#111;--b:var(--gone)}' }, /lead nowhere.*: --gone\./],
    [
      'missing references of tokens',
      { 'a.json': { a: { $type: 'color', $value: '#111' }, b: { $type: 'color', $value: '{gone}' } } },
      /lead nowhere.*: \{gone\}\./,
    ],
    ['circles', { 'a.css': ':root{--a:#111;--b:var(--c);--c:var(--b)}' }, /back to themselves/],
    [
      'circles of tokens',
      {
        'a.json': {
          a: { $type: 'color', $value: '#111' },
          b: { $type: 'color', $value: '{c}' },
          c: { $type: 'color', $value: '{b}' },
        },
      },
      /back to themselves/,
    ],
    [
      'colours that would be computed',
      { 'a.css': ':root{--a:#111;--b:oklch(from var(--a) calc(l * .9) c h)}' },
      /computed, left out: --b\./,
    ],
    ['colours of parts', { 'a.css': ':root{--a:#111} .btn{--btn:#f00}' }, /single parts.*: btn\./],
  ])('are %s', async (_, files, note) => {
    const reading = await read(files);
    expect(reading.notes).toEqual([expect.stringMatching(note)]);
  });

  test('stays short for a file with thousands of them', async () => {
    const names = Array.from({ length: 3000 }, (_, at) => `--a${at}: var(--gone${at});`).join('');
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `a${at}.css`,
        `:root{--ink:#111;--c:color(display-p3 1 0 0);${at === 0 ? names : '--x:var(--y)'}}`,
      ]),
    );
    const reading = await read(files);
    expect(reading.notes[1]).toMatch(/and 2992 more/);
    expect(reading.notes).toHaveLength(64);
  });

  test('comes at once for references that double at every step', async () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `--a${at}:var(--a${at + 1}) var(--a${at + 1});`).join('');
    const circles = Array.from(
      { length: 60 },
      (_, at) => `--c${at}:var(--c${(at + 1) % 60}, var(--c${(at + 7) % 60}));`,
    ).join('');
    const beganMs = performance.now();
    const reading = await read({ 'a.css': `:root{--ink:#111;${doubling}--a60: ;${circles}}` });
    expect(say(reading)).toEqual(['ink #111111 text']);
    expect(performance.now() - beganMs).toBeLessThan(3000);
  });
});
