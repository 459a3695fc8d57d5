import { describe, expect, it } from 'vitest';
import { endAtSentence } from '../../../../../electron/engines/models/model-scan.ts';

describe('endAtSentence', () => {
  it('keeps what fits whole', () => {
    expect(endAtSentence('Draws shapes. No people.', 24)).toBe('Draws shapes. No people.');
  });

  it('ends with the last sentence that fits, and not inside a number', () => {
    expect(endAtSentence('Draws shapes. Makes 2.5 pictures a second on two cores.', 40)).toBe('Draws shapes.');
    expect(endAtSentence('Is it so? It is. And more than that', 17)).toBe('Is it so? It is.');
  });

  it('says with an ellipsis where a single sentence is too long', () => {
    expect(endAtSentence('A very long sentence without an end', 14)).toBe('A very long…');
    expect(endAtSentence('Unbreakable', 5)).toBe('Unbr…');
  });
});
