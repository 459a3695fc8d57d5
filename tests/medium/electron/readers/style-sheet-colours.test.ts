import { describe, expect, test } from 'vitest';
import { readFiles, sayColours } from '../../../support/read-colours.ts';
import type { Files } from '../../../support/read-colours.ts';

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
    const reading = await readFiles(files);
    expect(reading.refused).toEqual([]);
    expect(sayColours(reading)).toEqual(colours);
  });
});
