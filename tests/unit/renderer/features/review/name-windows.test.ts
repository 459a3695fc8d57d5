import { describe, expect, test, vi } from 'vitest';
import { assetListIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../../../electron/contract/identifiers.ts';
import { NameWindows, WINDOW } from '../../../../../renderer/features/review/name-windows.ts';
import { placesFrom } from '../../../../../renderer/features/review/places.ts';
import { targetsAt } from '../../../../../renderer/features/review/targets.ts';
import { assetId, numberedId } from '../../../../support/review-fixtures.ts';

const first = assetListIdSchema.parse(numberedId(1));
const second = assetListIdSchema.parse(numberedId(2));

/** A list names its picture at place p `p + 1` thousand times its number. */
const nameAt = (list: typeof first, place: number) => assetId((list === first ? 1_000_000 : 2_000_000) + place);

function openWindows(length: number) {
  const calls: { start: number; count: number; answer: () => Promise<void> }[] = [];
  const load = (list: typeof first, start: number, count: number) => {
    const { promise, resolve } = Promise.withResolvers<AssetId[]>();
    const names = Array.from({ length: Math.max(0, Math.min(count, length - start)) }, (_, at) =>
      nameAt(list, start + at),
    );
    calls.push({
      start,
      count,
      answer: async () => {
        resolve(names);
        await promise;
        await Promise.resolve();
      },
    });
    return promise;
  };
  const onError = vi.fn();
  const windows = new NameWindows(load, onError);
  windows.open(
    first,
    length,
    0,
    Array.from({ length: Math.min(100, length) }, (_, at) => nameAt(first, at)),
  );
  return { windows, calls, onError };
}

async function readAll(parts: AsyncIterable<AssetId[]>): Promise<AssetId[]> {
  const all: AssetId[] = [];
  for await (const part of parts) all.push(...part);
  return all;
}

describe('NameWindows', () => {
  test('asks for each window that comes into sight once', async () => {
    const { windows, calls } = openWindows(10_000);
    windows.want(WINDOW * 4 + 3, WINDOW * 4 + 30);
    windows.want(WINDOW * 4 + 5, WINDOW * 4 + 32);
    expect(calls.map(({ start }) => start)).toEqual([WINDOW * 4]);
    expect(windows.get(WINDOW * 4)).toBeUndefined();
    await calls[0]?.answer();
    expect(windows.get(WINDOW * 4 + 7)).toBe(nameAt(first, WINDOW * 4 + 7));
    expect(windows.placeOf(nameAt(first, WINDOW * 4 + 7))).toBe(WINDOW * 4 + 7);
    windows.want(WINDOW * 4, WINDOW * 5);
    expect(calls).toHaveLength(1);
  });

  test('a key pressed before the name is here hits the picture of its place', async () => {
    const { windows, calls } = openWindows(10_000);
    const place = WINDOW * 9 + 11;
    const pressed = readAll(targetsAt(windows, first, placesFrom(place, place + 1)).read());
    await Promise.resolve();
    await calls[0]?.answer();
    expect(await pressed).toEqual([nameAt(first, place)]);
  });

  test('a key pressed on a list that is replaced meanwhile still hits the picture that it was pressed on', async () => {
    const { windows, calls } = openWindows(10_000);
    const place = WINDOW * 9 + 11;
    const targets = targetsAt(windows, first, placesFrom(place, place + 1));
    windows.open(second, 10_000, 0, [nameAt(second, 0)]);
    const pressed = readAll(targets.read());
    await Promise.resolve();
    expect(calls).toHaveLength(1);
    await calls[0]?.answer();
    expect(await pressed).toEqual([nameAt(first, place)]);
    expect(windows.get(place), 'a late answer names nothing of the new list').toBeUndefined();
    expect(targets.has(nameAt(second, place))).toBe(false);
  });

  test('a window on its way while the list is replaced is not taken for one of the new list', async () => {
    const { windows, calls } = openWindows(10_000);
    windows.want(WINDOW, WINDOW + 1);
    windows.open(second, 10_000, 0, []);
    await calls[0]?.answer();
    expect(windows.get(WINDOW)).toBeUndefined();
    windows.want(WINDOW, WINDOW + 1);
    await calls[1]?.answer();
    expect(windows.get(WINDOW)).toBe(nameAt(second, WINDOW));
  });

  test('loads the last window again when the list has grown', async () => {
    const { windows, calls } = openWindows(100);
    windows.want(0, 100);
    expect(calls).toHaveLength(0);
    windows.grow(130);
    windows.want(0, 130);
    expect(calls.map(({ start, count }) => [start, count])).toEqual([[0, WINDOW]]);
  });

  test('reads a selection of everything in parts and knows what is in it', async () => {
    const { windows, calls } = openWindows(25_000);
    const targets = targetsAt(windows, first, placesFrom(0, 25_000));
    expect(targets.count).toBe(25_000);
    expect(targets.shown).toHaveLength(100);
    const reading = readAll(targets.read());
    for (let part = 0; part < 3; part += 1) {
      await vi.waitFor(() => expect(calls).toHaveLength(part + 1));
      await calls[part]?.answer();
    }
    expect(await reading).toHaveLength(25_000);
    expect(calls.map(({ start, count }) => [start, count])).toEqual([
      [0, 10_000],
      [10_000, 10_000],
      [20_000, 5000],
    ]);
  });

  test('keeps a bounded number of windows', async () => {
    const { windows, calls } = openWindows(100_000);
    for (let at = 1; at <= 100; at += 1) {
      windows.want(at * WINDOW, at * WINDOW + 1);
      await calls.at(-1)?.answer();
    }
    const kept = Array.from({ length: 101 }, (_, at) => windows.get(at * WINDOW)).filter((id) => id !== undefined);
    expect(kept).toHaveLength(80);
  });

  test('says that names could not be had, and asks again', async () => {
    const onError = vi.fn();
    const load = vi.fn(() => Promise.reject(new Error('lost')));
    const windows = new NameWindows(load, onError);
    windows.open(first, 1000, 0, []);
    windows.want(0, 1);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    windows.want(0, 1);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
