import { expect, it } from 'vitest';
import { ModelHolds } from '../../../../../electron/engines/models/model-holds.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function order(holds: ModelHolds, keys: readonly string[]) {
  const entered: string[] = [];
  const releases = new Map<string, () => void>();
  keys.forEach((key, index) => {
    const name = `${key}${index}`;
    void holds.take(key).then((release) => {
      entered.push(name);
      releases.set(name, release);
    });
  });
  await settle();
  return {
    entered,
    release: async (...names: string[]): Promise<void> => {
      for (const name of names) releases.get(name)?.();
      await settle();
    },
  };
}

it('holds of one model share it; another waits, and nobody overtakes who waits', async () => {
  const { entered, release } = await order(new ModelHolds(), ['a', 'a', 'b', 'a', 'b']);
  expect(entered).toEqual(['a0', 'a1']);
  await release('a0');
  expect(entered).toEqual(['a0', 'a1']);
  await release('a1');
  expect(entered).toEqual(['a0', 'a1', 'b2']);
  await release('b2');
  expect(entered).toEqual(['a0', 'a1', 'b2', 'a3']);
  await release('a3');
  expect(entered).toEqual(['a0', 'a1', 'b2', 'a3', 'b4']);
});

it('a release counts once, and one that gave up waiting holds nobody up', async () => {
  const holds = new ModelHolds();
  const release = await holds.take('a');
  const giveUp = new AbortController();
  const waiting = holds.take('b', giveUp.signal);
  const later = holds.take('a');
  giveUp.abort(new Error('changed my mind'));
  await expect(waiting).rejects.toThrow('changed my mind');
  release();
  release();
  const second = await later;
  expect(holds.isFree).toBe(false);
  second();
  expect(holds.isFree).toBe(true);
});
