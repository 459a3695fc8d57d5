import { describe, expect, test } from 'vitest';
import { countEdits, findNearestWord } from '../../../../../electron/domain/text/nearest-word.ts';

describe('findNearestWord', () => {
  test('finds misspelt words and swapped letters, and nothing for strangers', () => {
    const known = ['audience', 'product', 'goal', 'tone'];
    expect(
      ['audiance', 'prodcut', 'Goals', 'TONE', 'colour', 'xyz'].map((word) => findNearestWord(word, known)),
    ).toEqual(['audience', 'product', 'goal', 'tone', null, null]);
    expect(findNearestWord('product'.repeat(10_000), known)).toBeNull();
  });

  test('counts a swap of neighbours as one edit', () => {
    expect([
      countEdits('form', 'from'),
      countEdits('', 'abc'),
      countEdits('abc', 'abc'),
      countEdits('kitten', 'sitting'),
    ]).toEqual([1, 3, 0, 3]);
  });
});
