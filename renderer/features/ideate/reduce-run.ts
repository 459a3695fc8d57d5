import type { ErrorRecord } from '../../../electron/contract/errors.ts';
import type { DeliverableKind, IdeationEvent } from '../../../electron/contract/ideation.ts';

/** A card that the model is writing, or did not manage to write. */
export interface PendingCard {
  index: number;
  kind: DeliverableKind;
  text: string;
  error: ErrorRecord | null;
}

export interface IdeationRun {
  running: boolean;
  total: number;
  pending: readonly PendingCard[];
  finished: number;
  /** Why the whole run ended early; null when it did not. */
  error: unknown;
}

export const idleRun: IdeationRun = { running: false, total: 0, pending: [], finished: 0, error: null };

/** What a run looks like after one more event. Pure: it knows no studio. */
export function reduceRun(run: IdeationRun, event: IdeationEvent): IdeationRun {
  const without = (index: number) => run.pending.filter((card) => card.index !== index);
  switch (event.type) {
    case 'started':
      return {
        ...run,
        total: event.total,
        pending: [...without(event.index), { index: event.index, kind: event.kind, text: '', error: null }],
      };
    case 'text':
      return {
        ...run,
        pending: run.pending.map((card) => (card.index === event.index ? { ...card, text: event.text } : card)),
      };
    case 'finished':
      return { ...run, finished: run.finished + 1, pending: without(event.index) };
    case 'failed':
      return {
        ...run,
        pending: run.pending.map((card) => (card.index === event.index ? { ...card, error: event.error } : card)),
      };
    case 'done':
      return { ...run, running: false };
  }
}
