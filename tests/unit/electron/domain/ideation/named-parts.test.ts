import { expect, it } from 'vitest';
import { briefFrontMatterSchema } from '../../../../../electron/contract/brief.ts';
import { chooseDraftPolicy, countMissing } from '../../../../../electron/domain/ideation/draft-policy.ts';
import { findAudienceHead, listNamedParts } from '../../../../../electron/domain/ideation/named-parts.ts';

const fields = briefFrontMatterSchema.parse({
  name: 'First bottle',
  product: 'Lumen Oat',
  what: 'oat drink',
  audience: 'city families who cook at home',
  goal: 'make people try it',
});
const concept = (headline: string, body: string) => ({
  title: 't',
  headline,
  body,
  callToAction: 'c',
  imagePrompt: 'i',
});
const [small, large] = [chooseDraftPolicy({ sizeBytes: 4e6 }), chooseDraftPolicy({ sizeBytes: 4e9 })];

it('an audience has a short name, unless that would say nothing', () => {
  expect(findAudienceHead('city families who cook at home')).toBe('city families');
  expect(findAudienceHead('older people with bad balance, and carers')).toBe('older people');
  expect(findAudienceHead('people who miss someone')).toBe('people who miss someone');
  expect(findAudienceHead('hut wardens')).toBe('hut wardens');
});

it('product and audience are named in headline or body, whatever the case', () => {
  expect(listNamedParts(concept('LUMEN OAT, at last', 'Made for City Families.'), fields)).toEqual([
    'product',
    'audience',
  ]);
  expect(listNamedParts(concept('Good morning', 'Lumen drinks for families'), fields)).toEqual([]);
});

it('a small model is asked for the audience too, a large one for the product only, and a persona for neither', () => {
  const onlyProduct = { kind: 'concept' as const, concept: concept('Lumen Oat', 'It is here.') };
  expect(countMissing(onlyProduct, fields, small)).toBe(1);
  expect(countMissing(onlyProduct, fields, large)).toBe(0);
  expect(countMissing({ kind: 'concept', concept: concept('Hello', 'you') }, fields, large)).toBe(1);
  const looping = concept(`${fields.product} ${findAudienceHead(fields.audience)}`, 'oats and oats, oats, oats, oats');
  expect(countMissing({ kind: 'concept', concept: looping }, fields, small)).toBe(1);
  expect(countMissing({ kind: 'concept', concept: looping }, fields, large)).toBe(0);
  expect(small.drafts).toBeGreaterThan(large.drafts);
  expect([small.tries, large.tries]).toEqual([8, 3]);
  const gap = { kind: 'gap' as const, gap: { title: 't', observation: 'o', opportunity: 'p' } };
  expect(countMissing(gap, fields, small)).toBe(0);
});

it('a garbled word counts like a name that is missing, whatever is written', () => {
  const whole = concept(`${fields.product} ${findAudienceHead(fields.audience)}`, 'At last.');
  expect(countMissing({ kind: 'concept', concept: whole }, fields, small)).toBe(0);
  expect(countMissing({ kind: 'concept', concept: whole }, fields, small, ['durther'])).toBe(1);
  const gap = { kind: 'gap' as const, gap: { title: 't', observation: 'o', opportunity: 'p' } };
  expect(countMissing(gap, fields, small, ['glorb', 'durther'])).toBe(2);
});
