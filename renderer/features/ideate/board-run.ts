import type { ErrorRecord } from '../../../electron/contract/errors.ts';
import type { DeliverableKind } from '../../../electron/contract/ideation.ts';
import type { JobEnd, Run } from '../../../electron/contract/run.ts';

/** A card that the model is writing, or did not manage to write. */
export interface PendingCard {
  index: number;
  kind: DeliverableKind;
  text: string;
  error: ErrorRecord | null;
}

/** The newest ideation of a brief as its board shows it. */
export interface BoardRun {
  running: boolean;
  total: number;
  pending: readonly PendingCard[];
  finished: number;
  /** Why nothing moves, in one sentence; null when it moves. */
  waitingFor: string | null;
  /** Why nothing was begun; null when something was. */
  error: unknown;
}

export const idleRun: BoardRun = {
  running: false,
  total: 0,
  pending: [],
  finished: 0,
  waitingFor: null,
  error: null,
};

/** What a board shows of a run: failures that nobody dismissed first, in the order of the run, then what is being written. */
export function showRun(run: Run, ends: readonly JobEnd[], dismissed: ReadonlySet<string>): BoardRun {
  const failures = ends
    .filter(({ jobId, state }) => state === 'failed' && !dismissed.has(jobId))
    .map((end) => toCard(end, end.draft ?? '', end.error));
  const written = run.inHand.map((job) => toCard(job, job.draft ?? '', null));
  return {
    running: run.state === 'running' || run.state === 'paused',
    total: run.total,
    pending: [...failures, ...written].sort((a, b) => a.index - b.index),
    finished: run.done,
    waitingFor: run.waitingFor,
    error: null,
  };
}

function toCard(
  { index, subject }: { readonly index: number; readonly subject: string | null },
  text: string,
  error: ErrorRecord | null,
): PendingCard {
  return { index, kind: toKind(subject), text, error };
}

function toKind(subject: string | null): DeliverableKind {
  return subject === 'persona' || subject === 'gap' ? subject : 'concept';
}
