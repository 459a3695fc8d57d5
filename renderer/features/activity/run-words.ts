import type { Run, RunKind, WorkInHand } from '../../../electron/contract/run.ts';
import type { Destination } from '../../app/use-route.ts';
import { formatBytes, formatDuration, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import type { StatusMarkKind } from '../../ui/status-mark.tsx';

const kindTitles = {
  batch: 'activity.kind.batch',
  rescore: 'activity.kind.rescore',
  ideation: 'activity.kind.ideation',
  export: 'activity.kind.export',
  modelImport: 'activity.kind.modelImport',
  filesImport: 'activity.kind.filesImport',
} as const satisfies Record<RunKind, string>;

function isKnown(kind: string): kind is RunKind {
  return Object.hasOwn(kindTitles, kind);
}

export function nameKind(kind: string): string {
  return message(isKnown(kind) ? kindTitles[kind] : 'activity.kind.other');
}

export function titleOf({ title }: Run): string {
  return title || message('activity.untitled');
}

export function isOpen({ state }: Run): boolean {
  return state === 'running' || state === 'paused';
}

export function markOf({ state, failed }: Run): StatusMarkKind {
  if (state === 'running') return 'running';
  if (state === 'paused') return 'queued';
  if (failed > 0) return 'failed';
  return state === 'stopped' ? 'empty' : 'done';
}

/** How far it is. A run of one job is as far as its job, which counts in files or bytes. */
export function progressOf({ total, done, failed, inHand }: Run): { readonly value: number; readonly max: number } {
  const [job] = inHand;
  if (total === 1 && job !== undefined && job.total > 0) return { value: job.done, max: job.total };
  return { value: done + failed, max: total };
}

/** Seconds from its start to its end, or until now. */
export function secondsOf({ startedAtMs, finishedAtMs }: Run, nowMs: number = Date.now()): number {
  return Math.max(0, ((finishedAtMs ?? nowMs) - startedAtMs) / 1000);
}

/** What a job in hand has done so far; null before it counts anything. */
export function describeWork({ done, total, unit }: WorkInHand): string | null {
  if (total === 0) return null;
  if (unit === 'bytes') return message('activity.work.bytes', { done: formatBytes(done), total: formatBytes(total) });
  const counts = { done: formatNumber(done), total: formatNumber(total) };
  return message(`activity.work.${unit ?? 'steps'}`, counts);
}

/** Rate and time left, or why nothing moves. */
export function describePace(run: Run): string {
  if (run.waitingFor !== null) return run.waitingFor;
  if (run.state === 'paused') return message('activity.toGo', { count: run.waiting });
  const [job] = run.inHand;
  const parts = [
    run.total === 1 && job !== undefined ? describeWork(job) : null,
    run.perMinute === null ? null : message('activity.rate', { rate: formatNumber(run.perMinute) }),
    run.remaining === null ? null : message('activity.left', { time: formatDuration(run.remaining.middle) }),
  ];
  return parts.filter((part) => part !== null).join('  ·  ');
}

/** The thing that the run is about, and what going there is called; null where no screen shows it. */
export function destinationOf({ kind, id, about }: Run): { readonly to: Destination; readonly title: string } | null {
  const { briefId, planId } = about;
  if (kind === 'batch' && planId !== null) {
    const to = { screen: 'produce', parts: briefId === null ? [] : [briefId], parameters: { plan: planId, batch: id } };
    return { to: to as Destination, title: message('activity.open.batch') };
  }
  if (kind === 'ideation' && briefId !== null)
    return { to: { screen: 'ideate', parts: [briefId] }, title: message('activity.open.ideation') };
  if (kind === 'rescore') return { to: { screen: 'compliance' }, title: message('activity.open.rescore') };
  if (kind === 'filesImport')
    return {
      to: { screen: 'review', parameters: { origin: 'imported', ...(briefId === null ? {} : { brief: briefId }) } },
      title: message('activity.open.filesImport'),
    };
  if (kind === 'modelImport') return { to: { screen: 'models' }, title: message('activity.open.modelImport') };
  return null;
}
