import { reviveError } from '../../contract/errors.ts';
import type { RunId } from '../../contract/identifiers.ts';
import { jobCatalogue } from '../../contract/job.ts';
import type { JobKindName, JobOutput, Resource } from '../../contract/job.ts';
import type { Run, RunKind } from '../../contract/run.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { stopRun } from './control-run.ts';
import { Patience } from './patience.ts';
import { mainResource } from './view-run.ts';
import { watchRun } from './watch-run.ts';

export type FollowCall = {
  readonly signal: AbortSignal;
  readonly onRun?: (run: Run) => void;
  /** What becomes of the run when the signal aborts: it goes on with the library, or is stopped. */
  readonly onAbort: 'goesOn' | 'stops';
  /** Longest time behind a shut gate without a job done, in milliseconds. Left out, it waits for ever. */
  readonly patienceMs?: number;
};

/** Resolves with the run when it is over. Rejects with the signal's reason, or with what stands in its way when patience ends; the run stays open. */
export async function followRun(context: StudioContext, runId: RunId, call: FollowCall): Promise<Run> {
  const patience = startPatience(context, context.library.runs.get(runId).kind, call.patienceMs);
  for await (const run of watchRun(context, runId, call.signal)) {
    call.onRun?.(run);
    patience?.look(run.done);
  }
  const last = context.viewRun(context.library.runs.get(runId));
  if (call.signal.aborted) {
    if (call.onAbort === 'stops' && (last.state === 'running' || last.state === 'paused')) stopRun(context, runId);
    call.signal.throwIfAborted();
  }
  return last;
}

/** Null where nobody said how long, and for work of a newer program. */
export function startPatience(
  { gates, clock }: Pick<StudioContext, 'gates' | 'clock'>,
  kind: string,
  limitMs: number | undefined,
): Patience | null {
  const resource = mainResource[kind as RunKind] as Resource | undefined;
  if (limitMs === undefined || resource === undefined) return null;
  return new Patience({ gate: gates.of[resource], limitMs, monotonicMs: clock.monotonicMs });
}

/** What the only job of a run put out. @throws what the job failed with */
export function readOutput<Name extends JobKindName>(
  context: StudioContext,
  { id, firstFailure }: Run,
  kind: Name,
): JobOutput<Name> {
  if (firstFailure !== null) throw reviveError(firstFailure);
  const end = context.library.runs.ends(id).find((job) => job.kind === kind && job.state === 'done');
  if (end === undefined) throw new Error(`run ${id} ended without a ${kind}`);
  return jobCatalogue[kind].output.parse(end.output) as JobOutput<Name>;
}
