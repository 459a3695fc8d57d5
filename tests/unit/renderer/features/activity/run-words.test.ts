import { expect, it } from 'vitest';
import { runIdSchema } from '../../../../../electron/contract/identifiers.ts';
import type { Run } from '../../../../../electron/contract/run.ts';
import {
  describePace,
  destinationOf,
  markOf,
  nameKind,
  progressOf,
} from '../../../../../renderer/features/activity/run-words.ts';

const run: Run = {
  id: runIdSchema.parse('0'.repeat(26)),
  kind: 'batch',
  state: 'running',
  title: 'Spring',
  about: { briefId: null, planId: null, brandVersionId: null },
  total: 10,
  done: 3,
  failed: 1,
  healed: 0,
  waiting: 6,
  inHand: [],
  perMinute: 12,
  remaining: { low: 20, middle: 30, high: 60 },
  waitingFor: null,
  firstFailure: null,
  askedBy: 'owner',
  startedAtMs: 0,
  finishedAtMs: null,
};
const job = { jobId: '0' as never, kind: 'model.install', subject: null, index: 0, draft: null, preview: null };

it('says how fast a run is, or why nothing moves', () => {
  expect(describePace(run)).toBe('12 a minute  ·  30 s left');
  expect(describePace({ ...run, waitingFor: 'The disk is full' })).toBe('The disk is full');
  expect(describePace({ ...run, state: 'paused' })).toBe('6 to go');
});

it('takes a run of one job to be as far as its job', () => {
  const inHand = [{ ...job, done: 512, total: 2048, unit: 'bytes' as const }];
  const single = { ...run, total: 1, done: 0, failed: 0, perMinute: null, remaining: null, inHand };
  expect(progressOf(single)).toEqual({ value: 512, max: 2048 });
  expect(describePace(single)).toBe('512 B of 2 KiB');
  expect(progressOf(run)).toEqual({ value: 4, max: 10 });
});

it('shows work of a newer version, which leads nowhere', () => {
  const unknown = { ...run, kind: 'clip' };
  expect(nameKind('clip')).toBe('Work of a newer version');
  expect(destinationOf(unknown)).toBeNull();
});

it('marks an end with failures as one, whatever its state', () => {
  expect(markOf({ ...run, state: 'finished' })).toBe('failed');
  expect(markOf({ ...run, state: 'stopped', failed: 0 })).toBe('empty');
});
