import { describe, expect, it } from 'vitest';
import { createWorkRate } from '../../../../../electron/studio/jobs/work-rate.ts';

describe('createWorkRate', () => {
  it('says nothing before three images', () => {
    const rate = createWorkRate();
    rate.add(2);
    rate.add(2);
    expect(rate.secondsPerImage()).toBeNull();
    expect(rate.remaining(10)).toBeNull();
  });

  it('has no spread where there is none', () => {
    const rate = createWorkRate();
    for (let index = 0; index < 5; index += 1) rate.add(2);
    expect(rate.remaining(10)).toEqual({ low: 20, middle: 20, high: 20 });
  });

  it('spreads around the middle and never below zero', () => {
    const rate = createWorkRate();
    for (const seconds of [1, 9, 1, 9]) rate.add(seconds);
    const remaining = rate.remaining(3);
    expect(remaining?.middle).toBeCloseTo(15);
    expect(remaining?.low).toBeGreaterThanOrEqual(0);
    expect(remaining?.low).toBeLessThan(15);
    expect(remaining?.high).toBeGreaterThan(15);
  });

  it('forgets the slow beginning', () => {
    const rate = createWorkRate();
    rate.add(1000);
    for (let index = 0; index < 40; index += 1) rate.add(1);
    expect(rate.secondsPerImage()).toBeCloseTo(1);
  });
});
