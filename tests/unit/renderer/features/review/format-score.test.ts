import { describe, expect, test } from 'vitest';
import { formatScore } from '../../../../../renderer/features/review/format-score.ts';

describe('formatScore', () => {
  test.each([
    [0.9987, 'share', '99.9 %'],
    [1, 'share', '100 %'],
    [4.654, ':1', '4.65:1'],
    [1.58, '× smallest size', '1.58 ×'],
    [9.357, 'ΔE00', '9.36 ΔE00'],
    [2, 'terms', '2 terms'],
    [3, '', '3'],
  ])('writes %f in %j as %s', (score, unit, text) => {
    expect(formatScore(score, unit)).toBe(text);
  });
});
