import { expect, test } from 'vitest';
import { describeRemake } from '../../../../renderer/lib/describe-remake.ts';

const settings = { seed: 2, paletteGuidance: 0.8, negativeTerms: [], template: null };

test('says what was done differently, a new seed last', () => {
  expect(
    describeRemake({
      number: 2,
      cause: 'checks',
      failedChecks: ['palette'],
      changes: [
        { what: 'seed', from: 1, to: 2 },
        { what: 'paletteGuidance', from: 0.6, to: 0.8 },
        { what: 'negativeTerm', added: 'green' },
      ],
      settings,
    }),
  ).toBe('Second try: palette guidance 0.6 → 0.8, without green, new seed');
});

test('names a take that a person asked for', () => {
  expect(
    describeRemake({
      number: 1,
      cause: 'person',
      failedChecks: [],
      changes: [{ what: 'seed', from: 1, to: 2 }],
      settings,
    }),
  ).toBe('Another take: new seed');
});
