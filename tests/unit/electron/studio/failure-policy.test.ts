import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../electron/contract/errors.ts';
import { decideAfterFailure } from '../../../../electron/studio/jobs/failure-policy.ts';

const crashed = new StudioError('engine.crashed', 'x', {
  kind: 'image',
  exitCode: null,
  signal: 'SIGKILL',
  lastWords: '',
});
const first = { attempt: 1, crashes: 0 };

describe('decideAfterFailure', () => {
  it('tries again after a crash and leaves it to the engine to call a job poison', () => {
    expect(decideAfterFailure(crashed, first)).toEqual({ kind: 'again', crashed: true });
    expect(decideAfterFailure(crashed, { attempt: 2, crashes: 1 })).toEqual({ kind: 'again', crashed: true });
    expect(decideAfterFailure(crashed, { attempt: 3, crashes: 2 })).toEqual({ kind: 'giveUp', crashed: true });
    expect(decideAfterFailure(new StudioError('engine.poisonJob', 'x', { kind: 'image', crashes: 2 }), first)).toEqual({
      kind: 'giveUp',
      crashed: false,
    });
  });

  it('lets no job pay for an engine that died before it had begun one', () => {
    const kind = 'image';
    const died = [
      new StudioError('engine.crashed', 'It died.', { kind, exitCode: 1, signal: null, lastWords: '', begun: false }),
      new StudioError('engine.hung', 'It died.', { kind, silentMs: 1, begun: false }),
    ];
    for (const error of died)
      expect(decideAfterFailure(error, { attempt: 9, crashes: 9 })).toEqual({
        kind: 'wait',
        sentence: 'It died before it had begun anything; it is started again by itself',
        retryAtMs: null,
      });
  });

  it('lets no job pay for a model that found no room', () => {
    const data = { kind: 'image', neededMiB: 9000, freeMiB: 4000, holders: [], begun: false };
    const error = new StudioError('engine.outOfMemory', 'flux needs 9000 MiB on cpu; 4000 MiB are free.', data);
    expect(decideAfterFailure(error, { attempt: 9, crashes: 9 })).toEqual({
      kind: 'wait',
      sentence: expect.stringMatching(/4000 MiB are free; close other programs/),
      retryAtMs: null,
    });
  });

  it('tries a picture that ran out of memory once more', () => {
    const error = new StudioError('engine.outOfMemory', 'x', { kind: 'image', neededMiB: 1, freeMiB: 1, holders: [] });
    expect(decideAfterFailure(error, first).kind).toBe('again');
    expect(decideAfterFailure(error, { attempt: 2, crashes: 1 }).kind).toBe('giveUp');
  });

  it('waits for what is not the fault of the job', () => {
    expect(
      decideAfterFailure(
        new StudioError('engine.unavailable', 'x', { kind: 'image', reason: 'y', retryAtMs: 99 }),
        first,
      ),
    ).toMatchObject({ kind: 'wait', retryAtMs: 99 });
    expect(
      decideAfterFailure(
        new StudioError('library.diskFull', 'x', { volume: 'v', neededBytes: null, freeBytes: null }),
        first,
      ),
    ).toMatchObject({ kind: 'wait' });
    expect(
      decideAfterFailure(
        new StudioError('model.notInstalled', 'The model is not installed.', { wanted: 'm', installed: [] }),
        first,
      ),
    ).toMatchObject({ kind: 'wait', sentence: 'The model is not installed.' });
  });

  it('gives up at once where another try would end the same', () => {
    expect(decideAfterFailure(new StudioError('brand.fileMissing', 'x', { file: 'f', field: 'g' }), first).kind).toBe(
      'giveUp',
    );
  });

  it('gives up on defects after three tries', () => {
    const error = new StudioError('internal.unexpected', 'x', { logId: 'l' });
    expect([1, 2, 3].map((attempt) => decideAfterFailure(error, { attempt, crashes: 0 }).kind)).toEqual([
      'again',
      'again',
      'giveUp',
    ]);
  });
});
