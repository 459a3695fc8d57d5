import { expect, test } from 'vitest';
import { coversLocale, listRequiredLines } from '../../../../../electron/domain/brand/policy.ts';
import { readExampleBrand } from '../../../../support/example-brand.ts';

test.each([
  ['any', 'fr', true],
  ['DE', 'de-DE', true],
  ['DE', 'de', false],
  ['DE', 'en-DE', true],
  ['de', 'de-AT', true],
  ['de-AT', 'de-AT', true],
  ['de-AT', 'de-DE', false],
  ['AT', 'de-Latn-AT', true],
])('market %s covers locale %s: %s', (market, locale, covers) => {
  expect(coversLocale(market, locale)).toBe(covers);
});

test('lists the lines of a locale once each, in the order of the kit', () => {
  const { kit } = readExampleBrand();
  const requiredLines = [
    { market: 'AT', line: 'Nur in AT.' },
    { market: 'de', line: 'Pfand 25 ct.' },
    { market: 'any', line: 'Pfand 25 ct.' },
    { market: 'any', line: 'lumenoat.example' },
  ];
  const withPolicy = { ...kit, policy: { ...kit.policy, requiredLines } };
  expect(listRequiredLines(withPolicy, 'de-DE')).toEqual(['Pfand 25 ct.', 'lumenoat.example']);
});
