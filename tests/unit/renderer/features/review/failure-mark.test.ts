import { describe, expect, test } from 'vitest';
import type { AssetSummary } from '../../../../../electron/contract/asset.ts';
import { describeFailure } from '../../../../../renderer/features/review/failure-mark.tsx';

const remake = (number: number, cause: 'checks' | 'person'): AssetSummary['remake'] => ({
  number,
  cause,
  failedChecks: [],
  changes: [{ what: 'seed', from: 1, to: 2 }],
  settings: { seed: 2, paletteGuidance: null, negativeTerms: [], template: null },
});

describe('describeFailure', () => {
  test('names every check that failed, by its title', () => {
    expect(describeFailure({ failedChecks: ['contrast', 'busy-ground'], remake: null, wasRemade: false })).toBe(
      'Fails Contrast, Calm ground',
    );
  });

  test('says that a picture is kept as the last of its tries', () => {
    expect(describeFailure({ failedChecks: ['logo-contrast'], remake: remake(3, 'checks'), wasRemade: false })).toBe(
      'Kept as the last of 3 tries, although it fails Logo contrast',
    );
    expect(describeFailure({ failedChecks: ['logo'], remake: remake(1, 'person'), wasRemade: false })).toBe(
      'Fails Logo',
    );
  });

  test('says that a picture was made again', () => {
    expect(describeFailure({ failedChecks: ['palette'], remake: null, wasRemade: true })).toBe(
      'Failed Palette and was made again',
    );
  });
});
