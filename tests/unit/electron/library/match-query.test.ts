import { describe, expect, it } from 'vitest';
import { toMatchQuery } from '../../../../electron/library/repositories/match-query.ts';

describe('toMatchQuery', () => {
  it('asks for every word and takes the last one as a beginning', () => {
    expect(toMatchQuery('oat  mil')).toBe('"oat" "mil"*');
  });

  it('takes no character for the query language', () => {
    expect(toMatchQuery('a" OR b:* NEAR(c) -d ^e')).toBe('"a" "OR" "b" "NEAR" "c" "d" "e"*');
  });

  it('keeps letters of every script together with their marks', () => {
    expect(toMatchQuery('Größe naïve 日本 café')).toBe('"Größe" "naïve" "日本" "café"*');
  });

  it('finds nothing to ask in punctuation and spaces', () => {
    expect(toMatchQuery('')).toBeNull();
    expect(toMatchQuery(' -*"():^ \u0000 ')).toBeNull();
  });

  it('stops after twelve words', () => {
    expect(toMatchQuery('w '.repeat(40))?.match(/"w"/g)).toHaveLength(12);
  });
});
