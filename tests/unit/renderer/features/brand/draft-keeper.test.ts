import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftKeeper } from '../../../../../renderer/features/brand/draft-keeper.ts';

const PAUSE_MS = 600;
const rest = () => vi.advanceTimersByTimeAsync(PAUSE_MS);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A studio whose saves land when the test says so. */
function slowStudio() {
  const heard: string[] = [];
  const landing: (() => void)[] = [];
  const save = (what: string) => () =>
    new Promise<void>((resolve, reject) => {
      landing.push(() => {
        heard.push(what);
        if (what.startsWith('bad')) reject(new Error(what));
        else resolve();
      });
    });
  const discard = () => {
    heard.push('discard');
    return Promise.resolve();
  };
  return { heard, landing, save, discard };
}

describe('DraftKeeper', () => {
  it('sends a discard after a save that is on its way, so that the draft does not come back', async () => {
    const { heard, landing, save, discard } = slowStudio();
    const keeper = new DraftKeeper(PAUSE_MS);
    keeper.keepSoon('oat', save('save'));
    await rest();
    const discarded = keeper.call('oat', discard);
    await rest();
    expect([heard, landing.length]).toEqual([[], 1]);
    landing[0]?.();
    await discarded;
    expect(heard).toEqual(['save', 'discard']);
  });

  it('drops saves that still wait, for their pause or for another save, when a discard is asked for', async () => {
    const { heard, landing, save, discard } = slowStudio();
    const keeper = new DraftKeeper(PAUSE_MS);
    keeper.keepSoon('oat', save('first'));
    await rest();
    keeper.keepSoon('oat', save('second'));
    await rest();
    keeper.keepSoon('oat', save('third'));
    const discarded = keeper.call('oat', discard);
    landing[0]?.();
    await discarded;
    await rest();
    expect([heard, landing.length]).toEqual([['first', 'discard'], 1]);
  });

  it('goes on after a save that failed, keeps the newest of several edits, and lets other brands go their own way', async () => {
    const { heard, landing, save, discard } = slowStudio();
    const keeper = new DraftKeeper(PAUSE_MS);
    keeper.keepSoon('oat', save('bad'));
    await rest();
    await keeper.call('rye', discard);
    keeper.keepSoon('oat', save('older'));
    await rest();
    keeper.keepSoon('oat', save('newer'));
    await rest();
    landing[0]?.();
    await rest();
    landing[1]?.();
    await rest();
    expect([heard, landing.length]).toEqual([['discard', 'bad', 'newer'], 2]);
  });
});
