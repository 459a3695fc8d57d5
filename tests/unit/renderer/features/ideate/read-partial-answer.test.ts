import { describe, expect, it } from 'vitest';
import { readPartialAnswer } from '../../../../../renderer/features/ideate/read-partial-answer.ts';

const answer = JSON.stringify({
  name: 'Mira',
  summary: 'One "good" coffee, then\nwork',
  needs: ['Foam, always', 'Taste'],
  quote: 'caf\u00e9',
});

describe('readPartialAnswer', () => {
  it('reads a whole answer field by field', () => {
    expect(readPartialAnswer(answer)).toEqual([
      { name: 'name', text: 'Mira' },
      { name: 'summary', text: 'One "good" coffee, then work' },
      { name: 'needs', text: 'Foam, always, Taste' },
      { name: 'quote', text: 'café' },
    ]);
  });

  it('never loses a finished field while the answer grows, whatever the cut', () => {
    const whole = readPartialAnswer(answer);
    let before = 0;
    for (let end = 0; end <= answer.length; end += 1) {
      const fields = readPartialAnswer(answer.slice(0, end)).filter((field) => field.text !== '');
      expect(fields.length).toBeGreaterThanOrEqual(before);
      before = fields.length;
      for (const [index, field] of fields.slice(0, -1).entries()) expect(field).toEqual(whole[index]);
      for (const field of fields) expect(whole.map(({ name }) => name)).toContain(field.name);
    }
  });

  it('shows nothing of what is no JSON', () => {
    expect([readPartialAnswer(''), readPartialAnswer('Sure, here is'), readPartialAnswer('"loose"')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
