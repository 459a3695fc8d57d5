import { describe, expect, it } from 'vitest';
import { deliverableSchema, ideationEventSchema } from '../../../../../electron/contract/ideation.ts';
import type { IdeationEvent } from '../../../../../electron/contract/ideation.ts';
import { idleRun, reduceRun } from '../../../../../renderer/features/ideate/reduce-run.ts';

const deliverable = deliverableSchema.parse({
  id: '0'.repeat(26),
  briefId: '0'.repeat(26),
  content: { kind: 'gap', gap: { title: 't', observation: 'o', opportunity: 'p' } },
  origin: { kind: 'edit', of: '0'.repeat(26) },
  parentIds: [],
  citations: [],
  chosen: false,
  createdAtMs: 1,
});
const error = { code: 'text.invalidAnswer' as const, message: 'm', data: {} };
const after = (...events: IdeationEvent[]) =>
  events.map((event) => ideationEventSchema.parse(event)).reduce(reduceRun, { ...idleRun, running: true });

describe('reduceRun', () => {
  it('shows a card while it is written and takes it away when it is finished', () => {
    const writing = after(
      { type: 'started', index: 0, total: 2, kind: 'gap' },
      { type: 'text', index: 0, text: '{"title' },
    );
    expect(writing.pending).toEqual([{ index: 0, kind: 'gap', text: '{"title', error: null }]);
    expect(reduceRun(writing, { type: 'finished', index: 0, deliverable })).toMatchObject({
      pending: [],
      finished: 1,
      total: 2,
    });
  });

  it('keeps a card that failed, so that its reason can be read', () => {
    const run = after(
      { type: 'started', index: 0, total: 1, kind: 'concept' },
      { type: 'failed', index: 0, error },
      { type: 'done', made: 0, failed: 1, durationMs: 3 },
    );
    expect(run.running).toBe(false);
    expect(run.pending).toEqual([{ index: 0, kind: 'concept', text: '', error }]);
  });

  it('begins a card anew when the model tries it again', () => {
    const run = after(
      { type: 'started', index: 1, total: 2, kind: 'concept' },
      { type: 'text', index: 1, text: 'x' },
      { type: 'started', index: 1, total: 2, kind: 'concept' },
    );
    expect(run.pending).toEqual([{ index: 1, kind: 'concept', text: '', error: null }]);
  });
});
