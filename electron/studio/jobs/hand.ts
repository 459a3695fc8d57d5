import type { WorkInHand } from '../../contract/run.ts';
import type { ClaimedJob, JobRepository } from '../../library/repositories/job-repository.ts';
import type { Interrupt, JobCall } from './job-kind.ts';

/** Least time between two writes of a draft, in milliseconds: what a kill may cost. */
const DRAFT_EVERY_MS = 500;
/** Longest part of a draft that pages are shown. */
const SHOWN_DRAFT = 20_000;

export type HandOptions = {
  readonly job: ClaimedJob;
  readonly jobs: Pick<JobRepository, 'begin' | 'keepDraft'>;
  readonly interrupt: Interrupt;
  readonly onProgress: () => void;
};

/** A job that somebody works on, and how far it is. */
export class Hand {
  readonly job: ClaimedJob;
  readonly interrupt: Interrupt;
  readonly stop = new AbortController();
  readonly #jobs: HandOptions['jobs'];
  readonly #onProgress: () => void;
  #done = 0;
  #total = 0;
  #unit: WorkInHand['unit'] = null;
  #preview: string | null = null;
  #draft: string | null = null;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  #isOver = false;

  constructor({ job, jobs, interrupt, onProgress }: HandOptions) {
    this.job = job;
    this.interrupt = interrupt;
    this.#jobs = jobs;
    this.#onProgress = onProgress;
  }

  /** An engine or a writer is at work; before, the job only stands in front of it. */
  get hasBegun(): boolean {
    return this.#total > 0;
  }

  call(signal: AbortSignal, jobKey: string): JobCall {
    return {
      signal,
      jobKey,
      onProgress: ({ done, total, unit = null, preview }) => {
        if (this.#isOver) return;
        this.#markBegun(total);
        this.#done = done;
        this.#total = total;
        this.#unit = unit;
        if (preview !== undefined) this.#preview = preview;
        this.#onProgress();
      },
      onDraft: (text) => {
        if (this.#isOver) return;
        this.#draft = text;
        this.#keepDraft();
        this.#onProgress();
      },
    };
  }

  view(): WorkInHand {
    const { jobId, kind, subject, index } = this.job;
    return {
      jobId,
      kind,
      subject,
      index,
      done: this.#done,
      total: this.#total,
      unit: this.#unit,
      draft: this.#draft === null ? null : this.#draft.slice(-SHOWN_DRAFT),
      preview: this.#preview,
    };
  }

  end(): void {
    this.#isOver = true;
  }

  /** From here on a dead process counts against the job. */
  #markBegun(total: number): void {
    if (this.#total === 0 && total > 0) write(() => this.#jobs.begin(this.job));
  }

  #keepDraft(): void {
    const nowMs = performance.now();
    if (this.#draft === null || nowMs - this.#keptAtMs < DRAFT_EVERY_MS) return;
    this.#keptAtMs = nowMs;
    const draft = this.#draft;
    write(() => this.#jobs.keepDraft(this.job, draft));
  }
}

/** These notes are worth less than the work: a full or broken disk says so when the job ends, and not in the middle of an engine's callback. */
function write(note: () => void): void {
  try {
    note();
  } catch {
    return;
  }
}
