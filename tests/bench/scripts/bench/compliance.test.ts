import { expect, test } from 'vitest';
import { run } from '../../../../scripts/bench/compliance.ts';

test('the compliance bench reports its speed and says what it could not measure', async () => {
  const figures = await run({ json: true, small: true, progress: () => {} });
  expect(figures).toMatchObject({
    images: 10,
    edgePx: 1024,
    checks: 13,
    recall: null,
    falseAlarms: null,
    why: { recall: expect.any(String), falseAlarms: expect.any(String) },
  });
  expect(Number(figures['imagesPerSecondPerCore'])).toBeGreaterThan(5);
});
