import type { RunId } from '../../contract/identifiers.ts';
import type { Run } from '../../contract/run.ts';
import type { NewRun, RunRecord } from '../../library/repositories/run-repository.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** Writes the run and lets the lanes know. @throws what the rows that it is about do when they are not there */
export function startRun(context: StudioContext, run: NewRun): Run {
  const record = context.library.runs.start(run);
  context.runner.wake();
  return context.viewRun(record);
}

/** What is in hand ends normally where it has begun; nothing new is taken. @throws run.notFound, run.wrongState */
export function pauseRun(context: StudioContext, runId: RunId): Run {
  const record = context.library.runs.pause(runId);
  context.runner.letGo(runId);
  return view(context, record);
}

/** @throws run.notFound, run.wrongState */
export function resumeRun(context: StudioContext, runId: RunId): Run {
  const record = context.library.runs.resume(runId);
  context.gates.open();
  context.runner.wake();
  return view(context, record);
}

/** @throws run.notFound, run.wrongState */
export function stopRun(context: StudioContext, runId: RunId): Run {
  const record = context.library.runs.stop(runId);
  context.runner.letGo(runId);
  return view(context, record);
}

/** A fresh start for jobs that were set aside: neither the rows nor an engine hold their past against them. @throws run.notFound */
export function retryFailedJobs(context: StudioContext, runId: RunId): Run {
  const record = context.library.runs.retryFailed(runId);
  context.runner.forgive();
  context.gates.open();
  context.runner.wake();
  return view(context, record);
}

/** As it is after what was in hand has been let go. */
function view(context: StudioContext, record: RunRecord): Run {
  return context.viewRun(context.library.runs.get(record.id));
}
