import type { StudioError } from '../../contract/errors.ts';
import type { JobId, RunId } from '../../contract/identifiers.ts';
import { resources } from '../../contract/job.ts';
import type { Resource } from '../../contract/job.ts';
import type { WorkInHand } from '../../contract/run.ts';
import type { ClaimedJob, JobRepository } from '../../library/repositories/job-repository.ts';
import { hidePaths, toSafeRecord } from '../rpc/wire-error.ts';
import { decideAfterFailure } from './failure-policy.ts';
import { Hand } from './hand.ts';
import type { JobKinds, RunnableKind } from './job-kind.ts';
import type { LaneGate } from './lane-gate.ts';

/**
 * How many jobs of a resource are in hand at once. One picture is in the engine, one waits in front of it, one gets its type and one is written: the engine
 * never waits for the others.
 */
export const laneWidths: Readonly<Record<Resource, number>> = { image: 4, text: 1, processor: 1, disk: 1 };
const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;

export type JobRunnerOptions = {
  readonly jobs: JobRepository;
  readonly kinds: JobKinds;
  readonly gates: Readonly<Record<Resource, LaneGate>>;
  /** Any error as a studio error; unexpected ones are logged on the way. */
  readonly toStudioError: (error: unknown) => StudioError;
  /** A job was taken (null), or has ended after so many milliseconds; what went back in line counts as taken anew. */
  readonly onJob: (job: ClaimedJob, tookMs: number | null) => void;
  /** A job in hand is further than it was. */
  readonly onProgress: (runId: RunId) => void;
  readonly nowMs: () => number;
  readonly worker: string;
};

/** Takes jobs from the library, has them done and survives whatever goes wrong on the way. Rows decide; memory only speeds things up. */
export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #closing = new AbortController();
  readonly #hands = new Map<JobId, Hand>();
  readonly #owed: ClaimedJob[] = [];
  #lanes: Promise<void>[] = [];
  #wakers: (() => void)[] = [];
  #heartbeat: NodeJS.Timeout | null = null;
  #alarm: NodeJS.Timeout | null = null;
  #pardons = 0;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lanes = resources.flatMap((resource) =>
      Array.from({ length: laneWidths[resource] }, () => this.#runLane(resource)),
    );
    this.#heartbeat = setInterval(() => this.#prolongLeases(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** There may be work: a run was started, resumed or set to try again. */
  wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }

  /** A person wants failed jobs to be tried again: from now on engines see them as new ones, whose past does not count. */
  forgive(): void {
    this.#pardons += 1;
  }

  /** What is worked on now, of one run or of all, in the order in which it was taken. */
  inHand(runId: RunId | null): WorkInHand[] {
    return [...this.#hands.values()]
      .filter((hand) => runId === null || hand.job.runId === runId)
      .map((hand) => hand.view());
  }

  /** Puts jobs of a run that is no longer running back in line; those that are better finished and have begun are finished. */
  letGo(runId: RunId): void {
    for (const hand of this.#hands.values())
      if (hand.job.runId === runId && (hand.interrupt === 'atOnce' || !hand.hasBegun))
        hand.stop.abort(new Error('the run does not go on'));
  }

  /** Stops work on jobs that somebody took back. Their rows say so already; jobs that are not in hand are passed over. */
  drop(jobIds: readonly JobId[]): void {
    for (const jobId of jobIds) this.#hands.get(jobId)?.stop.abort(new Error('the work is not wanted any more'));
  }

  /** Resolves when nothing is in hand any more; what was in hand is back in line. */
  async close(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    if (this.#alarm) clearTimeout(this.#alarm);
    this.#closing.abort(new Error('the studio closes'));
    this.wake();
    await Promise.all(this.#lanes);
  }

  async #runLane(resource: Resource): Promise<void> {
    const { gates } = this.#options;
    while (!this.#closing.signal.aborted) {
      await gates[resource].passage(this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      let job: ClaimedJob | null = null;
      try {
        job = this.#claim(resource);
      } catch (error) {
        this.#closeGate(resource, error);
        continue;
      }
      if (job) await this.#work(job, resource);
      else await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  #claim(resource: Resource): ClaimedJob | null {
    const { jobs, kinds, worker } = this.#options;
    this.#payBack();
    const job = jobs.claim({ resource, kinds: Object.keys(kinds), worker, leaseMs: LEASE_MS });
    if (job === null) this.#setAlarm(resource);
    return job;
  }

  /** Wakes the lanes when the next job that waits for its time may begin. */
  #setAlarm(resource: Resource): void {
    const dueMs = this.#options.jobs.nextDueMs(resource);
    if (dueMs === null) return;
    if (this.#alarm) clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.wake(), Math.max(10, Math.min(dueMs - this.#options.nowMs(), HEARTBEAT_MS)));
    this.#alarm.unref();
  }

  async #work(job: ClaimedJob, resource: Resource): Promise<void> {
    const { jobs, kinds, onJob, onProgress } = this.#options;
    const kind: RunnableKind = kinds[job.kind as keyof JobKinds];
    const hand = new Hand({ job, jobs, interrupt: kind.interrupt, onProgress: () => onProgress(job.runId) });
    const signal = AbortSignal.any([hand.stop.signal, this.#closing.signal]);
    this.#hands.set(job.jobId, hand);
    onJob(job, null);
    const beganAtMs = performance.now();
    let tookMs: number | null = null;
    try {
      const ending = await kind.run(job, hand.call(signal, `${job.jobId}.${this.#pardons}`));
      if (jobs.complete(job, (sequence) => ending.commit(sequence))) {
        tookMs = performance.now() - beganAtMs;
        ending.onCommitted();
      }
    } catch (error) {
      this.#settleFailure(job, kind, error, signal, resource);
    } finally {
      this.#hands.delete(job.jobId);
      hand.end();
      onJob(job, tookMs);
      // What needed this job may begin now, in any lane.
      this.wake();
    }
  }

  #settleFailure(job: ClaimedJob, kind: RunnableKind, error: unknown, signal: AbortSignal, resource: Resource): void {
    const { jobs, gates } = this.#options;
    try {
      if (signal.aborted) {
        jobs.release(job);
        return;
      }
      const known = this.#options.toStudioError(error);
      const decision = kind.decide(known) ?? decideAfterFailure(known, job);
      if (decision.kind === 'wait') {
        gates[resource].close(hidePaths(decision.sentence), decision.retryAtMs, known);
        jobs.release(job);
      } else {
        jobs.fail(job, { error: toSafeRecord(known), next: decision.kind, crashed: decision.crashed });
      }
    } catch (writeError) {
      // Not even the failure could be written (a full or broken disk): it is made up for when the gate opens again.
      this.#owed.push(job);
      this.#closeGate(resource, writeError);
    }
  }

  /** Rows cannot be read or written: nothing can be done before that is over. */
  #closeGate(resource: Resource, error: unknown): void {
    const known = this.#options.toStudioError(error);
    const decision = decideAfterFailure(known, { attempt: 1, crashes: 0 });
    const sentence = decision.kind === 'wait' ? decision.sentence : known.message;
    this.#options.gates[resource].close(hidePaths(sentence), null, known);
  }

  /** Puts jobs back in line that could not be put back while the disk was full. Throws when it still is. */
  #payBack(): void {
    for (let job = this.#owed.at(-1); job !== undefined; job = this.#owed.at(-1)) {
      this.#options.jobs.release(job);
      this.#owed.pop();
    }
  }

  #prolongLeases(): void {
    const { jobs } = this.#options;
    try {
      for (const { job } of this.#hands.values()) jobs.heartbeat(job, LEASE_MS);
      if (jobs.releaseExpired().length > 0) this.wake();
    } catch (error) {
      for (const resource of resources) this.#closeGate(resource, error);
    }
  }
}
