import { describe, expect, it } from 'vitest';
import { findOddWords, listWords } from '../../../../native-models/text/odd-words.ts';

const known = new Set(listWords("a quiet morning don't wait for the"));

describe('findOddWords', () => {
  it('names what the model was not taught and was not given, once and without regard to case', () => {
    const answer = JSON.stringify({ headline: 'A quiet Mornig', body: ['for Lumen Oat', 'mornig don’t', "don't"] });
    expect(findOddWords(answer, 'Product: Lumen Oat', known)).toEqual(['mornig', 'don’t']);
  });

  it('reads the values of an answer and not its keys, and plain text where it is no JSON', () => {
    expect(findOddWords('{"imagePrompt":"quiet morning"}', '', known)).toEqual([]);
    expect(findOddWords('quiet glorb {', '', known)).toEqual(['glorb']);
  });

  it('finds none where the model declares no words', () => {
    expect(findOddWords('glorb', '', new Set())).toEqual([]);
  });
});
