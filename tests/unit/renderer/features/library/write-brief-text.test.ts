import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseBrief } from '../../../../../electron/domain/brief/parse-brief.ts';
import { writeBriefText } from '../../../../../renderer/features/library/write-brief-text.ts';

const line = fc
  .string({ minLength: 1, maxLength: 70, unit: 'grapheme' })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\p{Cn}\u2028\u2029\ufeff]/gu, '').trim())
  .filter((text) => text !== '' && text.length <= 80);

describe('writeBriefText', () => {
  it('writes a brief that reads back as it was typed, whatever was typed', () => {
    fc.assert(
      fc.property(line, line, line, line, line, (name, product, what, audience, goal) => {
        const { fields } = parseBrief(writeBriefText({ name, product, what, audience, goal }), 'brief.md');
        expect([fields.name, fields.product, fields.what, fields.audience, fields.goal]).toEqual([
          name,
          product,
          what,
          audience,
          goal,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps plain text plain', () => {
    expect(
      writeBriefText({
        name: 'Spring launch',
        product: 'Lumen Oat',
        what: 'a drink: oats',
        audience: 'all',
        goal: 'try it',
      }),
    ).toBe('---\nname: Spring launch\nproduct: Lumen Oat\nwhat: "a drink: oats"\naudience: all\ngoal: try it\n---\n\n');
  });
});
