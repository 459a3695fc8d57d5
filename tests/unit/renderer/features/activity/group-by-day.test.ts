import { expect, it } from 'vitest';
import type { Run } from '../../../../../electron/contract/run.ts';
import { groupByDay } from '../../../../../renderer/features/activity/group-by-day.ts';

const at = (text: string) => new Date(text).getTime();
const run = (startedAt: string) => ({ startedAtMs: at(startedAt) }) as Run;

it('names the days as people do, in the order in which the runs come', () => {
  const groups = groupByDay(
    [
      run('2026-03-29T09:00'),
      run('2026-03-29T00:00'),
      run('2026-03-28T23:59'),
      run('2026-03-02T12:00'),
      run('2025-12-31T12:00'),
    ],
    at('2026-03-29T10:00'),
  );
  expect(groups.map(({ title, runs }) => [title, runs.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    ['Monday, March 2', 1],
    ['December 31, 2025', 1],
  ]);
});
