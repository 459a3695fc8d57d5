import { describe, expect, it } from 'vitest';
import type { DeliverableContent } from '../../../../../electron/contract/ideation.ts';
import { conceptSchema, gapSchema, personaSchema } from '../../../../../electron/contract/ideation.ts';
import { applyCardValues, cardFields, readCardValues } from '../../../../../renderer/features/ideate/card-fields.ts';

const concept: DeliverableContent = {
  kind: 'concept',
  concept: { title: 'T', headline: 'H', body: 'B', callToAction: 'C', imagePrompt: 'I' },
};

describe('cardFields', () => {
  it('has the lengths of the contract', () => {
    const schemas = { concept: conceptSchema, gap: gapSchema, persona: personaSchema };
    for (const [kind, schema] of Object.entries(schemas)) {
      for (const [name, length] of cardFields[kind as keyof typeof schemas]) {
        const field = (schema.shape as Record<string, { safeParse: (value: unknown) => { success: boolean } }>)[name];
        expect([
          name,
          field?.safeParse('x'.repeat(length)).success,
          field?.safeParse('x'.repeat(length + 1)).success,
        ]).toEqual([name, true, false]);
      }
    }
  });
});

describe('applyCardValues', () => {
  it('changes texts and trims them', () => {
    expect(applyCardValues(concept, { ...readCardValues(concept), headline: '  New  ' })).toEqual({
      kind: 'concept',
      concept: { ...concept.concept, headline: 'New' },
    });
  });
  it('refuses an empty text', () => {
    expect(applyCardValues(concept, { ...readCardValues(concept), body: '   ' })).toBeNull();
  });
  it('keeps the lists of a persona, which are not edited here', () => {
    const persona: DeliverableContent = {
      kind: 'persona',
      persona: { name: 'N', summary: 'S', needs: ['a', 'b'], frustrations: ['c', 'd'], quote: 'Q' },
    };
    expect(applyCardValues(persona, { ...readCardValues(persona), name: 'M' })).toEqual({
      kind: 'persona',
      persona: { ...persona.persona, name: 'M' },
    });
  });
});
