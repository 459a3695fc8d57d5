import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSources } from '../../../../electron/readers/sources/read-sources.ts';
import { readFiles, sayColours } from '../../../support/read-colours.ts';
import type { Files } from '../../../support/read-colours.ts';

const fixture = (name: string) => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../../../support/fixtures/tokens/${name}`, import.meta.url))),
});

describe('the files that strangers tried', () => {
  test('tokens in a style sheet are the colours that its comments say', async () => {
    const reading = await readSources([fixture('tokens-as-people-write-them.css')]);
    expect(sayColours(reading)).toEqual([
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
    expect(sayColours(reading).toSorted()).toEqual([
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
    const reading = await readFiles(files);
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
    const reading = await readFiles(files);
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
    const reading = await readFiles({ 'a.css': `:root{--ink:#111;${doubling}--a60: ;${circles}}` });
    expect(sayColours(reading)).toEqual(['ink #111111 text']);
    expect(performance.now() - beganMs).toBeLessThan(3000);
  });
});
