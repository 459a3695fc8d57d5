import { describe, expect, it } from 'vitest';
import { findCircles } from '../../../../scripts/check/find-circles.ts';

const edges = (...pairs: readonly string[]) => {
  const found = new Map<string, string[]>();
  for (const [from = '', to = ''] of pairs) {
    found.set(from, [...(found.get(from) ?? []), to]);
    if (!found.has(to)) found.set(to, []);
  }
  return found;
};

describe('findCircles', () => {
  it('finds none where all ways lead down, even by two ways', () => {
    expect(findCircles(edges('ab', 'ac', 'bd', 'cd', 'ad'))).toEqual([]);
  });

  it('names the shortest way around, once, whoever is looked at first', () => {
    expect(findCircles(edges('ab', 'bc', 'ca', 'bd', 'da'))).toEqual([['a', 'b', 'c', 'a']]);
    expect(findCircles(edges('xa', 'ab', 'ba'))).toEqual([['a', 'b', 'a']]);
  });

  it('tells circles apart, and takes a file that imports itself for one', () => {
    expect(findCircles(edges('ab', 'ba', 'bc', 'cd', 'dc', 'ee'))).toEqual([
      ['c', 'd', 'c'],
      ['a', 'b', 'a'],
      ['e', 'e'],
    ]);
  });
});
