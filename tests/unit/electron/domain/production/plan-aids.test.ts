import { describe, expect, test } from 'vitest';
import type { CheckName, ComplianceCheck } from '../../../../../electron/contract/compliance.ts';
import { planAids, wantsOtherTemplate } from '../../../../../electron/domain/production/plan-aids.ts';

const check = (name: CheckName, passed: boolean, part?: 'text' | 'logo'): ComplianceCheck => ({
  name,
  score: 0,
  threshold: 0,
  unit: 'share',
  better: 'lower',
  passed,
  reason: '',
  region: null,
  ...(part ? { part } : {}),
});
const failed = (name: CheckName, part?: 'text' | 'logo') => [check('palette', true), check(name, false, part)];

describe('planAids', () => {
  test('gives faint type a veil first and then a panel, which is the last there is', () => {
    expect(planAids(failed('contrast'), [])).toEqual(['veil']);
    expect(planAids(failed('contrast'), ['veil'])).toEqual(['panel']);
    expect(planAids(failed('contrast'), ['panel'])).toBeNull();
  });

  test('gives type over edges of shapes a panel at once', () => {
    expect(planAids(failed('busy-ground', 'text'), [])).toEqual(['panel']);
  });

  test('gives a logo that is lost, or stands over edges, a chip', () => {
    expect(planAids(failed('busy-ground', 'logo'), [])).toEqual(['chip']);
    for (const name of ['logo', 'logo-contrast', 'logo-variant', 'logo-ground'] as const)
      expect(planAids(failed(name), [])).toEqual(['chip']);
    expect(planAids(failed('logo-contrast'), ['chip'])).toBeNull();
  });

  test('keeps what is in use when something else needs help too', () => {
    expect(planAids(failed('logo-contrast'), ['panel'])).toEqual(['panel', 'chip']);
  });

  test('does nothing for what passes and for what no setting of type mends', () => {
    expect(planAids([check('contrast', true)], [])).toBeNull();
    for (const name of ['palette', 'style', 'sameness', 'terms'] as const)
      expect(planAids(failed(name), [])).toBeNull();
  });
});

test('only checks that hang on room want another template', () => {
  expect(wantsOtherTemplate(failed('text-fit'))).toBe(true);
  expect(wantsOtherTemplate(failed('contrast'))).toBe(false);
});
