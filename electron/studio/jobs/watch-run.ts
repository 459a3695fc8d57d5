import type { RunId } from '../../contract/identifiers.ts';
import type { Run } from '../../contract/run.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { watchValue } from '../streams/watch-value.ts';

/** At most ten times a second. */
const EVERY_MS = 100;

/** The run now and after every change, until it ends with nothing in hand. Leaving changes nothing. @throws run.notFound */
export function watchRun(
  context: StudioContext,
  runId: RunId,
  signal: AbortSignal | undefined,
): AsyncGenerator<Run, void, void> {
  const read = () => context.viewRun(context.library.runs.get(runId));
  read();
  return watchValue({
    read,
    subscribe: (listener) => context.onRunChange(runId, listener),
    everyMs: EVERY_MS,
    isLast: isOver,
    signal,
  });
}

export function isOver({ state, inHand, waiting }: Pick<Run, 'state' | 'waiting'> & { inHand: readonly unknown[] }) {
  return state === 'finished' || (state === 'stopped' && inHand.length === 0 && waiting === 0);
}
