import type { StudioError } from '../../contract/errors.ts';
import type { AssetId, RescoreId } from '../../contract/identifiers.ts';
import type { RescoreJob, RescoreRepository } from '../../library/repositories/rescore-repository.ts';
import { toSafeRecord } from '../wire-error.ts';
import { createWaker } from '../waker.ts';
import { pause } from '../watch-value.ts';
import type { ScoreAgain } from './score-again.ts';

const LEASE_MS = 60_000;
/** A picture that fails this often is set aside. */
const MAX_ATTEMPTS = 2;
/** After a failure of the library itself (a full disk) the queue waits this long before it looks again. */
const RETRY_MS = 5000;

export type RescoreQueueOptions = {
  readonly jobs: RescoreRepository;
  readonly scoreAgain: ScoreAgain;
  readonly toStudioError: (error: unknown) => StudioError;
  readonly onScored: (rescoreId: RescoreId, assetId: AssetId) => void;
  readonly onChange: (rescoreId: RescoreId) => void;
};

/** Scores one picture after the other. Rows decide what is next, so a run goes on where it was when the studio starts again. */
export class RescoreQueue {
  readonly #options: RescoreQueueOptions;
  readonly #closing = new AbortController();
  readonly #waker = createWaker();
  #lane: Promise<void> | null = null;

  constructor(options: RescoreQueueOptions) {
    this.#options = options;
  }

  start(): void {
    this.#lane = this.#runLane();
  }

  /** There may be work. */
  wake(): void {
    this.#waker.wake();
  }

  /** Resolves when nothing is in hand; what was in hand is back in line. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#waker.wake();
    await this.#lane;
  }

  async #runLane(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      let job: RescoreJob | null = null;
      try {
        this.#options.jobs.releaseExpired();
        job = this.#options.jobs.claim(LEASE_MS);
      } catch (error) {
        this.#options.toStudioError(error);
        await pause(RETRY_MS, signal);
        continue;
      }
      if (job) await this.#work(job);
      else await this.#waker.wait();
    }
  }

  async #work(job: RescoreJob): Promise<void> {
    const { jobs, scoreAgain, toStudioError, onScored, onChange } = this.#options;
    try {
      const report = await Promise.race([scoreAgain(job), this.#whenClosing()]);
      if (report === null) jobs.release(job);
      else if (jobs.complete(job, report)) onScored(job.rescoreId, job.assetId);
    } catch (error) {
      await this.#settleFailure(job, toStudioError(error));
    }
    onChange(job.rescoreId);
  }

  async #settleFailure(job: RescoreJob, error: StudioError): Promise<void> {
    const { jobs, toStudioError } = this.#options;
    try {
      if (error.code === 'library.diskFull' || error.code === 'library.damaged') {
        jobs.release(job);
        await pause(RETRY_MS, this.#closing.signal);
      } else {
        const isLast = job.attempt >= MAX_ATTEMPTS || error.code === 'library.unsupportedFile';
        jobs.fail(job, toSafeRecord(error), isLast ? 'giveUp' : 'again');
      }
    } catch (writeError) {
      // The lease runs out and puts the job back in line once the rows can be written again.
      toStudioError(writeError);
      await pause(RETRY_MS, this.#closing.signal);
    }
  }

  #whenClosing(): Promise<null> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      if (signal.aborted) resolve(null);
      else signal.addEventListener('abort', () => resolve(null), { once: true });
    });
  }
}
