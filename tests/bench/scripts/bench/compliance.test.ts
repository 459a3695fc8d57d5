import { expect, test } from 'vitest';
import { run } from '../../../../scripts/bench/compliance.ts';

test('the compliance bench reports its speed, and recall and false alarms of every check on its labelled set', async () => {
  const figures = await run({ json: true, small: true, progress: () => {} });
  expect(figures).toMatchObject({ images: 10, edgePx: 1024, checks: 17, assets: 18, cleanAssets: 2, nearMisses: 2 });
  expect(Number(figures['imagesPerSecondPerCore'])).toBeGreaterThan(5);
  expect(Number(figures['recall'])).toBeLessThanOrEqual(1);
  expect(Number(figures['falseAlarms'])).toBeGreaterThanOrEqual(0);
  expect(Object.keys(figures['checkFigures'] as object)).toEqual(
    expect.arrayContaining([
      'palette',
      'palette-share',
      'contrast',
      'busy-ground',
      'logo-contrast',
      'logo',
      'logo-ground',
      'safe-area',
      'text-fit',
      'terms',
      'voice',
      'format',
    ]),
  );
}, 60_000);
