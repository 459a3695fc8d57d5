import { describe, expect, it } from 'vitest';
import { findBriefProblem } from '../../../../../renderer/features/ideate/find-brief-problem.ts';
import { stubBriefText } from '../../../../support/stub-studio/stub-content.ts';

describe('findBriefProblem', () => {
  it('is null for a brief that the studio takes', () => {
    expect(findBriefProblem(stubBriefText)).toBeNull();
  });
  it('names the line of what is wrong', () => {
    expect(findBriefProblem(stubBriefText.replace('goal:', 'gaol:'))).toMatchObject({ line: 6, field: 'gaol' });
    expect(findBriefProblem('hello')).toMatchObject({ line: 1, field: null });
  });
});
