import { describe, expect, test } from 'vitest';
import { breakBalanced, fitText, tidyCopy } from '../../../../../electron/studio/compose/fit-text.ts';
import type { Typeface } from '../../../../../electron/readers/load-font.ts';

/** A face whose letters are all half an em wide. */
const mono: Typeface = {
  capHeight: 0.7,
  measureWidth: (text, sizePx) => text.length * sizePx * 0.5,
  outline: () => null,
  findUnsettable: () => [],
};
const rules = { maxWidth: 500, maxHeight: 300, maxLines: 3, maxSizePx: 100, minSizePx: 20, leading: 1, tracking: 0 };
const widthOf = (text: string) => text.length;

describe('breakBalanced', () => {
  test('makes lines of about the same length instead of filling the first', () => {
    expect(breakBalanced('the bottle comes back so will you'.split(' '), widthOf, 26)).toEqual([
      'the bottle comes',
      'back so will you',
    ]);
  });

  test('gives up on a word that is too long', () => {
    expect(breakBalanced(['short', 'incomprehensibilities'], widthOf, 10)).toBeNull();
  });
});

describe('fitText', () => {
  test('sets as large as allowed', () => {
    expect(fitText('One two', mono, rules)).toEqual({
      lines: ['One two'],
      sizePx: 100,
      height: 70,
      width: 350,
      fitsMinimum: true,
    });
  });

  test('shrinks for a long word and for many words', () => {
    expect(fitText('x'.repeat(20), mono, rules).sizePx).toBeLessThanOrEqual(50);
    const many = fitText('some words that need more room than there is here', mono, rules);
    expect(many.lines.length).toBeLessThanOrEqual(3);
    expect(many.sizePx).toBeLessThan(100);
  });

  test('tries the smallest allowed size itself before it goes below', () => {
    expect(fitText('x'.repeat(50), mono, rules)).toMatchObject({ sizePx: 20, fitsMinimum: true });
    const below = fitText('x'.repeat(51), mono, rules);
    expect(below.fitsMinimum).toBe(false);
    expect(below.width).toBeLessThanOrEqual(500);
  });

  test('copes with nothing and with far too much', () => {
    expect(fitText('', mono, rules)).toMatchObject({ lines: [], height: 0, width: 0 });
    expect(fitText('x'.repeat(5000), mono, rules).sizePx).toBe(1);
  });
});

describe('tidyCopy', () => {
  test('makes one line of any white space and drops what is invisible', () => {
    expect(tidyCopy('  a\n\tb\u00a0c\u200b d\u00ade\u0007 ')).toBe('a b c de');
  });
});
