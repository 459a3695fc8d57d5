import { describe, expect, test } from 'vitest';
import { readFiles, sayColours } from '../../../support/read-colours.ts';
import type { Files } from '../../../support/read-colours.ts';

const color = (value: unknown) => ({ $type: 'color', $value: value });

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
    const reading = await readFiles(files);
    expect(reading.refused).toEqual([]);
    expect(sayColours(reading)).toEqual(colours);
  });

  test('come from a Tailwind 3 configuration whose names stand in a style sheet', async () => {
    const config =
      "module.exports={theme:{extend:{colors:{primary:{DEFAULT:'hsl(var(--primary))',foreground:'hsl(var(--primary-foreground))'},z:'335'}}}}";
    const reading = await readFiles({
      'tailwind.config.js': config,
      'a.css': ':root{--primary: 222.2 47.4% 11.2%; --primary-foreground: 210 40% 98%}',
    });
    expect(sayColours(reading).slice(0, 2)).toEqual(['primary #0f172a primary', 'primary foreground #f8fafc -']);
    const alone = await readFiles({ 'tailwind.config.js': config });
    expect(alone.refused[0]?.reason).toBe('its references lead nowhere: --primary, --primary-foreground');
  });
});
