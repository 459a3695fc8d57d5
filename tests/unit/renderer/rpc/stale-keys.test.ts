import { describe, expect, it } from 'vitest';
import { changeSchema } from '../../../../electron/contract/system.ts';
import { staleKeys } from '../../../../renderer/rpc/stale-keys.ts';

describe('staleKeys', () => {
  it('names something for every topic of the contract', () => {
    for (const topic of changeSchema.shape.topic.options)
      expect(staleKeys({ sequence: 1, topic, verb: 'changed', ids: ['x'] }).length).toBeGreaterThan(0);
  });

  it('counts the images of briefs and brands again when one comes or goes', () => {
    for (const verb of ['added', 'removed'] as const)
      expect(staleKeys({ sequence: 1, topic: 'asset', verb, ids: ['x'] })).toEqual(
        expect.arrayContaining([
          ['brief', 'list'],
          ['brand', 'list'],
        ]),
      );
  });

  it('asks again for a single brief only when it is not new', () => {
    expect(staleKeys({ sequence: 1, topic: 'brief', verb: 'added', ids: ['x'] })).toEqual([['brief', 'list']]);
    expect(staleKeys({ sequence: 1, topic: 'brief', verb: 'changed', ids: ['x'] })).toEqual([
      ['brief', 'list'],
      ['brief', 'get', 'x'],
    ]);
  });
});
