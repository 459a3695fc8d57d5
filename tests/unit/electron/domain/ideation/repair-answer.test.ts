import { describe, expect, it } from 'vitest';
import { briefFrontMatterSchema } from '../../../../../electron/contract/brief.ts';
import { parseAnswer } from '../../../../../electron/domain/ideation/answers.ts';
import { buildConceptJob } from '../../../../../electron/domain/ideation/prompts.ts';
import { buildRepair, mergeRepair } from '../../../../../electron/domain/ideation/repair-answer.ts';

const fields = briefFrontMatterSchema.parse({
  name: 'First bottle',
  product: 'Lumen Oat',
  what: 'oat drink in returnable glass bottles',
  audience: 'city families',
  goal: 'make people try the first bottle',
  facts: ['made from Baltic oats'],
});
const concept = {
  title: 'The way back',
  headline: 'The bottle comes home',
  body: 'Lumen Oat is made from Baltic oats. The glass goes back to any shop.',
  callToAction: 'Try the first bottle',
  imagePrompt: 'soft shapes in navy and cream',
};
const rules = {
  forbiddenTerms: ['milk'],
  usedHeadlines: ['Taken already'],
  material: { fields, notes: '', board: [] },
};
const fault = (changes: object) => {
  const parsed = parseAnswer('concept', JSON.stringify({ ...concept, ...changes }), rules);
  return parsed.kind === 'refused' ? parsed.field : 'none';
};

describe('the field at fault', () => {
  it.each([
    ['callToAction', { callToAction: 'Sell out baked goods to' }],
    ['headline', { headline: 'Taken already' }],
    ['headline', { headline: '' }],
    ['body', { body: 'Our drink is made from Baltic oats.' }],
    ['body', { body: 'Lumen Oat is like milk, only warmer.' }],
    ['headline', { title: 'The bottle comes home' }],
    ['body', { body: 'Lumen Oat bottle bottle bottle is here.' }],
  ])('is %s for %j', (field, changes) => {
    expect(fault(changes)).toBe(field);
  });

  it('is none where the whole answer is at fault', () => {
    expect(parseAnswer('concept', 'no JSON at all', rules)).toMatchObject({ kind: 'refused', field: null });
    expect(fault({})).toBe('none');
  });
});

describe('buildRepair', () => {
  const job = buildConceptJob({ fields, voice: null, index: 0, seed: 5, notes: '', refusal: null }, null, null, []);
  const repair = {
    kind: 'concept' as const,
    field: 'callToAction',
    reason: 'it ends early',
    answer: '{"a":1}',
    number: 0,
  };

  it('asks for one field under its own schema, after the same beginning, with another seed each time', () => {
    const asked = buildRepair(job, repair);
    expect(asked?.jsonSchema).toMatchObject({
      required: ['callToAction'],
      properties: { callToAction: { maxLength: 24 } },
    });
    expect(asked?.instructions?.user.startsWith(job.instructions?.user ?? 'none')).toBe(true);
    expect(asked?.instructions?.user).toContain('it ends early');
    expect(buildRepair(job, { ...repair, number: 1 })?.seed).not.toBe(asked?.seed);
  });

  it('knows no question for a field that is none, nor for a model that takes no instructions', () => {
    expect(buildRepair(job, { ...repair, field: 'answer' })).toBeNull();
    const { instructions: _none, ...dialect } = job;
    expect(buildRepair(dialect, repair)).toBeNull();
  });
});

describe('mergeRepair', () => {
  it('changes the one field, and nothing where there is no object', () => {
    expect(mergeRepair('Here: {"a":1,"b":2}', '{"b":3,"c":4}', 'b')).toBe('{"a":1,"b":3}');
    expect(mergeRepair('{"a":1}', 'nothing', 'a')).toBeNull();
    expect(mergeRepair('{"a":1}', '{"b":1}', 'a')).toBeNull();
    expect(mergeRepair('[1]', '{"a":1}', 'a')).toBeNull();
  });
});
