import { describe, expect, it } from 'vitest';
import { createChangeFeed } from '../../../../electron/studio/change-feed.ts';

describe('createChangeFeed', () => {
  it('numbers every change and gives all of them to all readers', async () => {
    const feed = createChangeFeed();
    const stop = new AbortController();
    const [one, two] = [feed.read(stop.signal), feed.read(stop.signal)];
    feed.publish('asset', 'added', ['a']);
    feed.publish('asset', 'changed', ['a']);
    for (const reader of [one, two]) {
      expect((await reader.next()).value).toEqual({ sequence: 1, topic: 'asset', verb: 'added', ids: ['a'] });
      expect((await reader.next()).value).toMatchObject({ sequence: 2, verb: 'changed' });
    }
    const waiting = one.next();
    stop.abort();
    expect((await waiting).done).toBe(true);
    expect(feed.readerCount()).toBe(0);
  });

  it('splits long lists and says nothing about empty ones', async () => {
    const feed = createChangeFeed();
    const stop = new AbortController();
    const reader = feed.read(stop.signal);
    feed.publish('cell', 'changed', []);
    feed.publish(
      'cell',
      'changed',
      Array.from({ length: 25_000 }, (_, index) => String(index)),
    );
    const sizes = [];
    for (let part = 0; part < 3; part += 1) sizes.push((await reader.next()).value?.ids.length);
    expect(sizes).toEqual([10_000, 10_000, 5_000]);
    stop.abort();
  });

  it('drops the oldest for a reader that sleeps, who sees the gap', async () => {
    const feed = createChangeFeed();
    const stop = new AbortController();
    const reader = feed.read(stop.signal);
    for (let index = 0; index < 2_500; index += 1) feed.publish('run', 'changed', ['b']);
    expect((await reader.next()).value?.sequence).toBe(501);
    stop.abort();
  });
});
