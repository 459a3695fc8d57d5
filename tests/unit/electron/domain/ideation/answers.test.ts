import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { conceptSchema, gapSchema, personaSchema } from '../../../../../electron/contract/ideation.ts';
import { answerJsonSchemas } from '../../../../../electron/domain/ideation/answer-schemas.ts';
import { findStutter, foldHeadline, parseAnswer } from '../../../../../electron/domain/ideation/answers.ts';

const rules = { forbiddenTerms: ['miracle'], usedHeadlines: ['Pour, rinse, return'] };
const concept = {
  title: 'The way back',
  headline: 'The bottle comes back',
  body: 'Lumen Oat is made from Baltic oats.',
  callToAction: 'Try it',
  imagePrompt: 'calm waves in blue and white',
};
const parse = (value: unknown) => parseAnswer('concept', JSON.stringify(value), rules);

describe('answerJsonSchemas', () => {
  test.each([
    ['persona', personaSchema],
    ['gap', gapSchema],
    ['concept', conceptSchema],
  ] as const)('has the limits of the contract for a %s', (kind, schema) => {
    const { $schema: _, ...contract } = z.toJSONSchema(schema);
    expect(answerJsonSchemas[kind]).toEqual(contract);
  });
});

describe('parseAnswer', () => {
  test('takes a good answer, also with chatter and spaces around it', () => {
    expect(parse(concept)).toEqual({ kind: 'content', content: { kind: 'concept', concept } });
    const chatty = `Here you are:\n${JSON.stringify({ ...concept, body: '  Lumen Oat   is made\nfrom Baltic oats. ' })}\nAnything else?`;
    expect(parseAnswer('concept', chatty, rules)).toEqual({ kind: 'content', content: { kind: 'concept', concept } });
  });

  test('cuts a text that ended at its limit back to a sentence or a word', () => {
    const body = `${'A sentence that is long enough to stay here as it is. '.repeat(3)}And one that was cut in the mid`
      .padEnd(180, 'x')
      .slice(0, 180);
    const result = parse({ ...concept, body });
    expect(
      result.kind === 'content' &&
        result.content.kind === 'concept' &&
        result.content.concept.body.endsWith('as it is.'),
    ).toBe(true);
  });

  test.each([
    ['no JSON', 'Sorry, I cannot.', 'not JSON'],
    ['half an answer', JSON.stringify(concept).slice(0, 60), 'not JSON'],
    ['a missing field', JSON.stringify({ ...concept, body: undefined }), 'body'],
    ['an empty field', JSON.stringify({ ...concept, headline: '  ' }), 'headline'],
    ['an unknown field', JSON.stringify({ ...concept, extra: 1 }), 'extra'],
    ['a forbidden word', JSON.stringify({ ...concept, body: 'It is a Miracle!' }), 'miracle'],
    [
      'a list that goes on with a used headline',
      JSON.stringify({ ...concept, headline: 'Share it | Pour, rinse, return' }),
      'used already',
    ],
    ['a used headline', JSON.stringify({ ...concept, headline: 'Pour  rinse return!' }), 'used already'],
    ['a headline without words', JSON.stringify({ ...concept, headline: '...' }), 'no words'],
    ['a stutter', JSON.stringify({ ...concept, body: 'Lumen Oat Oat Oat is here.' }), 'repeats "oat"'],
    ['a number', '42', 'answer'],
  ])('refuses %s with a reason', (_, answer, reason) => {
    const result = parseAnswer('concept', answer, rules);
    expect(result.kind === 'refused' && result.reason).toContain(reason);
  });

  test('refuses a persona whose needs are the same once doubles are dropped', () => {
    const persona = { name: 'Ida', summary: 's', needs: ['one', 'one '], frustrations: ['a', 'b'], quote: 'q' };
    expect(parseAnswer('persona', JSON.stringify(persona), rules).kind).toBe('refused');
  });

  test('never throws, whatever a model writes', () => {
    fc.assert(
      fc.property(fc.constantFrom('persona', 'gap', 'concept'), fc.oneof(fc.string(), fc.json()), (kind, answer) => {
        expect(['content', 'refused']).toContain(parseAnswer(kind, answer, rules).kind);
      }),
      { seed: 3 },
    );
  });
});

describe('findStutter', () => {
  test('finds a word three times in a row or five times in a text, and lets rhetoric pass', () => {
    expect(findStutter('Oatay Oatay oatay')).toBe('oatay');
    expect(findStutter('bottle in, bottle out, bottle up, bottle down, bottle')).toBe('bottle');
    expect(findStutter('Pour it, rinse it, return it. Pour again, rinse again.')).toBeNull();
    expect(findStutter('the one and the two and the three and the four and the five')).toBeNull();
  });
});

describe('foldHeadline', () => {
  test('sees through case, punctuation and spaces only', () => {
    expect(foldHeadline('  Pour, RINSE — return! ')).toBe('pour rinse return');
    expect(foldHeadline('Größe 2')).toBe('größe 2');
  });
});
