import type { Resource } from '../../contract/job.ts';
import type { Run, RunKind } from '../../contract/run.ts';
import type { RunRecord } from '../../library/repositories/run-repository.ts';
import type { WorkRate } from './work-rate.ts';
import type { JobRunner } from './job-runner.ts';
import type { LaneGates } from './lane-gates.ts';

const SECONDS_PER_MINUTE = 60;
/** Jobs in hand that a page is told of. */
const MOST_SHOWN = 64;

/** What the jobs of a run need most, which says whose gate and whose turn it waits for. */
export const mainResource: Readonly<Record<RunKind, Resource>> = {
  batch: 'image',
  rescore: 'processor',
  ideation: 'text',
  export: 'disk',
  modelImport: 'disk',
  filesImport: 'disk',
};

export type RunSources = {
  readonly runner: JobRunner;
  readonly gates: LaneGates;
  /** How fast jobs of a kind of run end. */
  readonly rateOf: (kind: string) => WorkRate | null;
  /** The running runs, the one that comes first in front. */
  readonly listRunning: () => readonly Pick<RunRecord, 'id' | 'kind'>[];
};

/** What a page sees of a run: the rows, and what memory knows of the jobs in hand. */
export function viewRun({ running, ...record }: RunRecord, sources: RunSources): Run {
  const { inHand, ...progress } = viewProgress({ ...record, running }, sources);
  return { ...record, ...progress, inHand: inHand.slice(0, MOST_SHOWN) };
}

type Counted = Pick<RunRecord, 'id' | 'kind' | 'state' | 'waiting' | 'running'>;
type Progress = Pick<Run, 'waiting' | 'inHand' | 'perMinute' | 'remaining' | 'waitingFor'>;

/** A job that is claimed but has not begun counts as waiting. */
export function viewProgress({ id, kind, state, waiting, running }: Counted, sources: RunSources): Progress {
  const begun = sources.runner.inHand(id).filter(({ total }) => total > 0);
  const left = waiting + running;
  const isRunning = state === 'running' && left > 0;
  const rate = sources.rateOf(kind);
  const secondsPerJob = rate?.secondsPerImage() ?? null;
  return {
    waiting: Math.max(0, left - begun.length),
    inHand: begun,
    perMinute: secondsPerJob === null || secondsPerJob === 0 ? null : SECONDS_PER_MINUTE / secondsPerJob,
    remaining: isRunning ? (rate?.remaining(left) ?? null) : null,
    waitingFor: isRunning ? findObstacle({ id, kind }, sources) : null,
  };
}

/** Why nothing moves, in one sentence, or null. */
export function findObstacle({ id, kind }: Pick<RunRecord, 'id' | 'kind'>, sources: RunSources): string | null {
  if (!isKnown(kind)) return 'A newer program wrote this work; open the library with that one to go on';
  const resource = mainResource[kind];
  const shut = sources.gates.of[resource].sentence();
  if (shut !== null) return shut;
  const first = sources.listRunning().find((other) => isKnown(other.kind) && mainResource[other.kind] === resource);
  return first === undefined || first.id === id ? null : 'An earlier run is done first';
}

function isKnown(kind: string): kind is RunKind {
  return kind in mainResource;
}
