import { expect, it } from 'vitest';
import { run } from '../../../../scripts/bench/ideation.ts';
import { benchBriefs } from '../../../../scripts/bench/ideation/briefs.ts';
import { isGrounded, isJunk, isOnBrief } from '../../../../scripts/bench/ideation/judge-words.ts';

it('ideation: every figure of the starter on one brief', { timeout: 120_000 }, async () => {
  expect(await run({ json: true, small: true, progress: () => {} })).toMatchObject({
    model: 'starter-text',
    briefs: 1,
    valid: 1,
    made: 1,
    grounded: expect.any(Number),
    onBrief: 1,
    junk: 0,
    distinct: 1,
    secondsPerConcept: expect.any(Number),
  });
});

it('has 20 briefs in six fields and four languages', () => {
  expect(benchBriefs).toHaveLength(20);
  expect(new Set(benchBriefs.map(({ field }) => field)).size).toBe(6);
  expect(new Set(benchBriefs.map(({ locale }) => locale)).size).toBe(4);
});

it('tells grounded, on brief and junk from what is not', () => {
  const brief = benchBriefs[0];
  if (brief === undefined) throw new Error('no briefs');
  const words = {
    title: 'The early loaf',
    headline: 'Lunch is on its way',
    body: 'Tarn Bakery rides sourdough bread to your desk.',
    callToAction: 'Order a loaf',
    imagePrompt: 'a warm loaf on grey, open space at the top',
  };
  const concept = (changes: Partial<typeof words>) => ({ kind: 'concept' as const, concept: { ...words, ...changes } });
  expect([isGrounded(concept({}), brief), isOnBrief(concept({}), brief), isJunk(concept({}))]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isGrounded(concept({ body: 'Tarn Bakery rides 9 loaves.' }), brief)).toBe(false);
  expect(isGrounded(concept({ body: 'Tarn Bakery beats that of Hofmann.' }), brief)).toBe(false);
  expect(isOnBrief(concept({ body: 'It rides sourdough bread to your desk.' }), brief)).toBe(false);
  expect(isJunk(concept({ headline: 'The early loaf!' }))).toBe(true);
  expect(isJunk(concept({ callToAction: '2 / 2' }))).toBe(true);
});
