import type { BatchId, CellId, JobId } from '../../contract/identifiers.ts';
import type { ClaimedJob, JobRepository } from '../../library/repositories/job-repository.ts';
import type { StudioError } from '../../contract/errors.ts';
import { hidePaths, toSafeRecord } from '../wire-error.ts';
import { decideAfterFailure } from './failure-policy.ts';
import type { QueueGate } from './queue-gate.ts';

/** One picture is in the engine, one waits in front of it, one gets its type and one is written: the engine never waits for the others. */
const LANES = 4;
const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;

/** A job that somebody works on. `steps` is 0 until the engine has begun. */
export type JobInHand = {
  readonly jobId: JobId;
  readonly batchId: BatchId;
  readonly cellId: CellId;
  readonly step: number;
  readonly steps: number;
  readonly preview: string | null;
};

export type JobProgress = Pick<JobInHand, 'step' | 'steps' | 'preview'>;

export type RenderCall = {
  readonly signal: AbortSignal;
  /** Identity of the job for the engine, which sets aside what kills it. */
  readonly jobKey: string;
  readonly onProgress: (progress: JobProgress) => void;
};

/** Makes the picture of a job and commits it. Rejects with a studio error, or with the signal's reason when it was aborted. */
export type RenderJob = (job: ClaimedJob, call: RenderCall) => Promise<void>;

export type QueueEvent =
  | { readonly kind: 'job' | 'progress'; readonly batchId: BatchId; readonly cellId: CellId }
  | { readonly kind: 'gate' };

export type RenderQueueOptions = {
  readonly jobs: JobRepository;
  readonly render: RenderJob;
  readonly gate: QueueGate;
  /** Any error as a studio error; unexpected ones are logged on the way. */
  readonly toStudioError: (error: unknown) => StudioError;
  readonly onEvent: (event: QueueEvent) => void;
  readonly worker: string;
};

type Hand = { -readonly [Key in keyof JobInHand]: JobInHand[Key] } & {
  readonly token: number;
  readonly stop: AbortController;
};

/** Takes jobs from the library, has their pictures made and survives whatever goes wrong on the way. Rows decide; memory only speeds things up. */
export class RenderQueue {
  readonly #options: RenderQueueOptions;
  readonly #closing = new AbortController();
  readonly #hands = new Map<JobId, Hand>();
  #lanes: Promise<void>[] = [];
  #wakers: (() => void)[] = [];
  #heartbeat: NodeJS.Timeout | null = null;
  #pardons = 0;
  readonly #owed: ClaimedJob[] = [];

  constructor(options: RenderQueueOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lanes = Array.from({ length: LANES }, () => this.#runLane());
    this.#heartbeat = setInterval(() => this.#prolongLeases(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** There may be work: a batch was started, resumed or set to try again. */
  wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }

  /** A person wants failed jobs to be tried again: from now on the engine sees them as new ones, whose past does not count. */
  forgive(): void {
    this.#pardons += 1;
  }

  inHand(batchId: BatchId | null): JobInHand[] {
    return [...this.#hands.values()]
      .filter((hand) => batchId === null || hand.batchId === batchId)
      .map(({ jobId, batchId, cellId, step, steps, preview }) => ({ jobId, batchId, cellId, step, steps, preview }));
  }

  /** Puts jobs of a batch that the engine has not begun back in line. The image in hand is finished. */
  letGo(batchId: BatchId): void {
    for (const hand of this.#hands.values())
      if (hand.batchId === batchId && hand.steps === 0) hand.stop.abort(new Error('the batch is not running'));
  }

  /** Stops work on jobs that somebody took back. Their rows say so already; jobs that are not in hand are passed over. */
  drop(jobIds: readonly JobId[]): void {
    for (const jobId of jobIds) this.#hands.get(jobId)?.stop.abort(new Error('the picture is not wanted any more'));
  }

  /** Resolves when nothing is in hand any more; what was in hand is back in line. */
  async close(): Promise<void> {
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    this.#closing.abort(new Error('the studio closes'));
    this.wake();
    await Promise.all(this.#lanes);
  }

  async #runLane(): Promise<void> {
    const { gate, jobs, worker } = this.#options;
    while (!this.#closing.signal.aborted) {
      await gate.passage(this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      let job: ClaimedJob | null = null;
      try {
        this.#payBack();
        job = jobs.claim({ worker, leaseMs: LEASE_MS });
      } catch (error) {
        this.#closeGate(error);
        continue;
      }
      if (job) await this.#work(job);
      else await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  async #work(job: ClaimedJob): Promise<void> {
    const { jobId, batchId, cellId } = job;
    const hand: Hand = {
      jobId,
      batchId,
      cellId,
      step: 0,
      steps: 0,
      preview: null,
      token: job.token,
      stop: new AbortController(),
    };
    const signal = AbortSignal.any([hand.stop.signal, this.#closing.signal]);
    this.#hands.set(jobId, hand);
    this.#options.onEvent({ kind: 'job', batchId, cellId });
    try {
      await this.#options.render(job, {
        signal,
        jobKey: `${jobId}.${this.#pardons}`,
        onProgress: (progress) => {
          Object.assign(hand, progress);
          this.#options.onEvent({ kind: 'progress', batchId, cellId });
        },
      });
    } catch (error) {
      this.#settleFailure(job, error, signal);
      this.wake();
    } finally {
      this.#hands.delete(jobId);
      this.#options.onEvent({ kind: 'job', batchId, cellId });
    }
  }

  #settleFailure(job: ClaimedJob, error: unknown, signal: AbortSignal): void {
    const { jobs, gate } = this.#options;
    try {
      if (signal.aborted) {
        jobs.release(job.jobId, job.token);
        return;
      }
      const known = this.#options.toStudioError(error);
      const decision = decideAfterFailure(known, job);
      if (decision.kind === 'wait') {
        gate.close(hidePaths(decision.sentence), decision.retryAtMs);
        jobs.release(job.jobId, job.token);
      } else {
        jobs.fail(job.jobId, job.token, { error: toSafeRecord(known), next: decision.kind, crashed: decision.crashed });
      }
    } catch (writeError) {
      // Not even the failure could be written (a full or broken disk): it is made up for when the gate opens again.
      this.#owed.push(job);
      this.#closeGate(writeError);
    }
  }

  /** Rows cannot be read or written: nothing can be done before that is over. */
  #closeGate(error: unknown): void {
    const known = this.#options.toStudioError(error);
    const decision = decideAfterFailure(known, { attempt: 1, crashes: 0 });
    this.#options.gate.close(hidePaths(decision.kind === 'wait' ? decision.sentence : known.message), null);
  }

  /** Puts jobs back in line that could not be put back while the disk was full. Throws when it still is. */
  #payBack(): void {
    for (let job = this.#owed.at(-1); job !== undefined; job = this.#owed.at(-1)) {
      this.#options.jobs.release(job.jobId, job.token);
      this.#owed.pop();
    }
  }

  #prolongLeases(): void {
    const { jobs } = this.#options;
    try {
      for (const { jobId, token } of this.#hands.values()) jobs.heartbeat(jobId, token, LEASE_MS);
      if (jobs.releaseExpired().length > 0) this.wake();
    } catch (error) {
      this.#closeGate(error);
    }
  }
}
