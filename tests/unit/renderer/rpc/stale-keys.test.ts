import { describe, expect, it } from 'vitest';
import { eventNames } from '../../../../electron/contract/event.ts';
import { staleKeys } from '../../../../renderer/rpc/stale-keys.ts';

describe('staleKeys', () => {
  it('names something for every event of the contract', () => {
    for (const name of eventNames) expect(staleKeys({ name, subject: ['x'] }).length).toBeGreaterThan(0);
  });

  it('counts the images of briefs and brands again when one comes or goes', () => {
    for (const name of ['asset.made', 'asset.binned', 'asset.restored', 'asset.deleted'] as const)
      expect(staleKeys({ name, subject: ['x'] })).toEqual(
        expect.arrayContaining([
          ['brief', 'list'],
          ['brand', 'list'],
        ]),
      );
  });

  it('asks again for a single brief only when it is not new', () => {
    expect(staleKeys({ name: 'brief.created', subject: ['x'] })).toEqual([['brief', 'list']]);
    expect(staleKeys({ name: 'brief.edited', subject: ['x'] })).toEqual([
      ['brief', 'list'],
      ['brief', 'get', 'x'],
    ]);
  });

  it('looks into the bin again when something goes there or leaves it', () => {
    for (const name of ['asset.binned', 'asset.restored', 'deliverable.binned', 'deliverable.deleted'] as const)
      expect(staleKeys({ name, subject: ['x'] })).toContainEqual(['bin']);
    expect(staleKeys({ name: 'asset.made', subject: ['x'] })).not.toContainEqual(['bin']);
  });
});
