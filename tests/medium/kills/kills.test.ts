import { expect, it } from 'vitest';
import { run } from '../../../scripts/bench/kills.ts';

it('loses and doubles no image when engine and host are killed in the middle of a batch', async () => {
  const said: string[] = [];
  const figures = await run({ json: true, small: true, progress: (text) => said.push(text) });
  expect(figures).toMatchObject({ images: 15, lost: 0, doubled: 0, damage: 0, orphans: 0 });
  expect(figures['kills']).toBeGreaterThanOrEqual(4);
  expect(figures['restartP95Ms']).toEqual(expect.any(Number));
  expect(said.length).toBeGreaterThan(0);
}, 240_000);
