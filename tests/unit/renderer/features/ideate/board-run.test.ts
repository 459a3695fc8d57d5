import { describe, expect, it } from 'vitest';
import { jobIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { jobEndSchema, runSchema } from '../../../../../electron/contract/run.ts';
import { showRun } from '../../../../../renderer/features/ideate/board-run.ts';

const jobId = (digit: string) => jobIdSchema.parse(digit.repeat(26));
const error = { code: 'text.invalidAnswer' as const, message: 'm', data: {} };
const run = runSchema.parse({
  id: '0'.repeat(26),
  kind: 'ideation',
  state: 'running',
  title: 'Launch',
  about: {},
  total: 3,
  done: 1,
  failed: 1,
  healed: 0,
  waiting: 0,
  inHand: [
    {
      jobId: jobId('2'),
      kind: 'deliverable.write',
      subject: 'concept',
      index: 2,
      done: 0,
      total: 8,
      unit: null,
      draft: '{"title',
      preview: null,
    },
  ],
  perMinute: null,
  remaining: null,
  waitingFor: null,
  firstFailure: error,
  askedBy: 'owner',
  startedAtMs: 1,
  finishedAtMs: null,
});
const ends = (['done', 'failed'] as const).map((state, index) =>
  jobEndSchema.parse({
    jobId: jobId(String(index)),
    kind: 'deliverable.write',
    index,
    subject: 'gap',
    state,
    attempts: 1,
    output: null,
    error: state === 'failed' ? error : null,
    draft: state === 'failed' ? 'half' : null,
  }),
);

describe('showRun', () => {
  it('shows what failed with its draft and what is being written, in the order of the run', () => {
    expect(showRun(run, ends, new Set())).toMatchObject({
      running: true,
      total: 3,
      finished: 1,
      pending: [
        { index: 1, kind: 'gap', text: 'half', error },
        { index: 2, kind: 'concept', text: '{"title', error: null },
      ],
    });
  });

  it('shows no failure that was read', () => {
    expect(showRun(run, ends, new Set([jobId('1')])).pending.map(({ index }) => index)).toEqual([2]);
  });
});
