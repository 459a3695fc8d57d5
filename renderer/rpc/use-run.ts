import type { RunId } from '../../electron/contract/identifiers.ts';
import type { Run } from '../../electron/contract/run.ts';
import { studio } from './studio.ts';
import { useStream } from './use-stream.ts';
import type { StreamState } from './use-stream.ts';

/** A run as it goes on, wherever it was begun; null listens to nothing. Leaving changes nothing about the run. */
export function useRun(runId: RunId | null, onRun?: (run: Run) => void): StreamState<Run> {
  return useStream(
    runId === null ? null : `run ${runId}`,
    (signal) => (runId === null ? Promise.resolve(nothing()) : studio.run.watch({ runId }, { signal })),
    onRun,
  );
}

async function* nothing(): AsyncGenerator<Run, void, void> {}

/** Calls back with each state of a run until it is over; for work whose screen may close meanwhile. */
export async function followRun(runId: RunId, onRun: (run: Run) => void, signal?: AbortSignal): Promise<void> {
  for await (const run of await studio.run.watch({ runId }, { ...(signal && { signal }) })) onRun(run);
}
