import { expect, it } from 'vitest';
import { Semaphore } from '../../../../../electron/studio/reading/semaphore.ts';

it('lets as many in as it is wide, the others in the order in which they came', async () => {
  const semaphore = new Semaphore(2);
  const order: string[] = [];
  const enter = async (name: string) => {
    await semaphore.acquire();
    order.push(name);
  };
  await enter('a');
  await enter('b');
  const waiting = [enter('c'), enter('d')];
  await Promise.resolve();
  expect(order).toEqual(['a', 'b']);
  semaphore.release();
  await waiting[0];
  // Whoever comes now does not overtake the one that waits.
  const late = enter('e');
  semaphore.release();
  await waiting[1];
  expect(order).toEqual(['a', 'b', 'c', 'd']);
  semaphore.release();
  await late;
  expect(order.at(-1)).toBe('e');
});

it('refuses a caller that has left already, and takes no place for it', async () => {
  const semaphore = new Semaphore(1);
  await expect(semaphore.acquire(AbortSignal.abort(new Error('left before')))).rejects.toThrow('left before');
  await semaphore.acquire();
});

it('lets go of a caller that leaves while it waits, and the next one moves up', async () => {
  const semaphore = new Semaphore(1);
  await semaphore.acquire();
  const leave = new AbortController();
  const gone = semaphore.acquire(leave.signal);
  const next = semaphore.acquire();
  leave.abort(new Error('left the line'));
  await expect(gone).rejects.toThrow('left the line');
  semaphore.release();
  await next;
});
