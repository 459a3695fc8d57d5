import { expect, test } from 'vitest';
import { run } from '../../../../scripts/bench/closed-loop.ts';

test('the closed-loop bench reports what passes at first and after the tries of the kit', async () => {
  const figures = await run({ json: true, small: true, progress: () => {} });
  expect(figures).toMatchObject({ images: 6, tries: 3 });
  expect(Number(figures['passedFirst'])).toBeLessThanOrEqual(Number(figures['passedAfter']));
  expect(figures['perBrand']).toHaveLength(3);
}, 60_000);
