import { describe, expect, it } from 'vitest';
import { findBriefProblem } from '../../../../../renderer/features/ideate/find-brief-problem.ts';
import { stubBriefText } from '../../../../support/stub-studio/stub-content.ts';

describe('findBriefProblem', () => {
  it('is null for a brief that the studio takes', () => {
    expect(findBriefProblem(stubBriefText, null)).toBeNull();
  });
  it('names the line of what is wrong', () => {
    expect(findBriefProblem(stubBriefText.replace('goal:', 'gaol:'), null)).toMatchObject({ line: 6, field: 'gaol' });
    expect(findBriefProblem('hello', null)).toMatchObject({ line: 1, field: null });
  });
  it('takes the formats of the library for granted, and names the nearest to one that is not there', () => {
    const text = stubBriefText.replace(/^formats:.*\n/m, '').replace('goal:', 'formats: [shop-windo]\ngoal:');
    expect(findBriefProblem(text, ['shop-window', 'story'])).toMatchObject({
      field: 'formats[0]',
      expected: expect.stringContaining('shop-window'),
    });
    expect(findBriefProblem(text, ['shop-windo'])).toBeNull();
  });
});
