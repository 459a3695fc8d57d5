import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { colourNames, nameColour } from '../../../../../electron/domain/brand/colour-names.ts';
import {
  buildImagePrompt,
  buildPaletteGuidance,
  pickColourWords,
  removeColours,
} from '../../../../../electron/domain/brand/palette.ts';
import { parseKit } from '../../../../../electron/domain/brand/parse-kit.ts';

const root = new URL('../../../../../', import.meta.url);
const kit = parseKit(readFileSync(new URL('examples/lumen-oat/brand.json', root), 'utf8'), 'brand.json');

describe('nameColour', () => {
  test('knows the same words as the image model was taught', () => {
    const vocabulary = JSON.parse(readFileSync(new URL('native-models/training/vocabulary.json', root), 'utf8'));
    expect(colourNames).toEqual(vocabulary.colours);
  });

  test('gives each word for its own colour and the nearest for others', () => {
    for (const [name, hex] of Object.entries(colourNames)) expect(nameColour(hex)).toBe(name);
    expect(['#ffffff', '#000000', '#0a1433', '#ff7a59'].map(nameColour)).toEqual(['white', 'black', 'navy', 'coral']);
  });
});

describe('removeColours', () => {
  test.each([
    [
      'calm soft gradient, grainy, open space at the top, in coral, cream and navy',
      'calm soft gradient, grainy, open space at the top',
    ],
    ['rolling hills in green and sky', 'rolling hills'],
    ['waves in #2f86e8 and white, soft focus', 'waves, soft focus'],
    ['a still life in the morning', 'a still life in the morning'],
    ['boats in blueberry season', 'boats in blueberry season'],
    ['in teal', ''],
  ])('turns %j into %j', (prompt, expected) => {
    expect(removeColours(prompt)).toBe(expected);
  });
});

describe('buildImagePrompt', () => {
  test("puts the brand's colours in the place of the concept's", () => {
    const { prompt, negativePrompt } = buildImagePrompt('calm flowing waves, flat, all over, in red and green', kit, 0);
    expect(prompt).toBe('calm flowing waves, flat, all over, in blue, lavender and ivory');
    expect(negativePrompt).toBe('text, letters, watermark, photo of people');
  });

  test('adds the style of the kit and turns the colours with the seed', () => {
    const styled = { ...kit, style: { ...kit.style, promptParts: ['soft light', ' grain '] } };
    expect(buildImagePrompt('bold stripes', styled, 1).prompt).toBe(
      'bold stripes, soft light, grain, in lavender, coral and ivory',
    );
    expect(new Set([0, 1, 2].map((seed) => pickColourWords(kit, seed).join())).size).toBe(3);
  });

  test('works for a palette of text and background alone', () => {
    const bare = { ...kit, palette: kit.palette.filter(({ role }) => role === 'background' || role === 'text') };
    expect(pickColourWords(bare, 5)).toEqual(['navy', 'ivory']);
  });
});

describe('buildPaletteGuidance', () => {
  test('gives shares that add up to one, largest for the background', () => {
    const guidance = buildPaletteGuidance(kit);
    expect(guidance?.strength).toBe(0.6);
    expect(guidance?.colours.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(guidance?.colours.toSorted((one, other) => other.share - one.share)[0]?.hex).toBe('#f6f0df');
  });

  test('is absent when the kit turns guidance off', () => {
    expect(buildPaletteGuidance({ ...kit, style: { ...kit.style, paletteGuidance: 0 } })).toBeNull();
  });
});

const bound = (name: string, share: { min: number; max: number }) => ({
  ...kit,
  palette: kit.palette.map((colour) => (colour.name === name ? { ...colour, share } : colour)),
});

const shareOf = (name: string, shares: { min: number; max: number }) => {
  const guidance = buildPaletteGuidance(bound(name, shares));
  const index = kit.palette.findIndex((colour) => colour.name === name);
  expect(guidance?.colours.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  return guidance?.colours[index]?.share;
};

describe('buildPaletteGuidance with bounded shares', () => {
  test('keeps each colour inside what the kit allows, and the sum at 1', () => {
    expect(shareOf('Oat cream', { min: 0, max: 0.1 })).toBeCloseTo(0.1, 9);
    expect(shareOf('Toast coral', { min: 0.5, max: 1 })).toBeCloseTo(0.5, 9);
    expect(shareOf('Oat cream', { min: 0, max: 1 })).toBe(buildPaletteGuidance(kit)?.colours[0]?.share);
  });
});
