import { describe, expect, test } from 'vitest';
import { briefFrontMatterSchema } from '../../../../../electron/contract/brief.ts';
import { findCitations } from '../../../../../electron/domain/ideation/citations.ts';
import { findForbiddenTerms } from '../../../../../electron/domain/ideation/forbidden-terms.ts';

const fields = briefFrontMatterSchema.parse({
  name: 'x',
  product: 'Lumen Oat',
  what: 'oat drink in returnable glass bottles',
  audience: 'city families who cook at home',
  goal: 'make people try the first bottle',
  facts: ['made from Baltic oats', 'the bottle goes back to any shop', 'no added sugar'],
});
const content = {
  kind: 'concept',
  concept: {
    title: 'Return',
    headline: 'The bottle comes back',
    body: 'Lumen Oat uses Baltic oats. Take the bottle back to the shop.',
    callToAction: 'Try one',
    imagePrompt: 'no added sugar in blue',
  },
} as const;

describe('findCitations', () => {
  test('names the lines whose words a deliverable uses, and not the image prompt', () => {
    expect(
      findCitations(content, fields, '# Why\n- It froths like dairy\n- The deposit comes back at the shop').map(
        ({ field }) => field,
      ),
    ).toEqual(['product', 'goal', 'facts[0]', 'facts[1]', 'notes[2]']);
  });

  test('cites nothing for text of its own', () => {
    const other = {
      kind: 'gap',
      gap: { title: 'Quiet', observation: 'People hurry.', opportunity: 'Slow down.' },
    } as const;
    expect(findCitations(other, fields, '')).toEqual([]);
  });
});

describe('findForbiddenTerms', () => {
  test('finds whole words and phrases whatever their case and punctuation', () => {
    const terms = ['cheap', 'guilt-free', 'save the planet', 'Ωmega', ''];
    expect(findForbiddenTerms(['Cheap!', 'a GUILT free day'], terms)).toEqual(['cheap', 'guilt-free']);
    expect(findForbiddenTerms(['cheaper', 'guiltless', 'save a planet'], terms)).toEqual([]);
  });
});
