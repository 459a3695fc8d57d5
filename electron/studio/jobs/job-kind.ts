import type { JobId, RunId } from '../../contract/identifiers.ts';
import { jobCatalogue } from '../../contract/job.ts';
import type { JobInput, JobKindName, JobOutput, Resource } from '../../contract/job.ts';
import type { WorkInHand } from '../../contract/run.ts';
import type { StudioError } from '../../contract/errors.ts';
import type { ClaimedJob } from '../../library/repositories/job-repository.ts';
import type { FailureDecision } from './failure-policy.ts';

/** What a kind of job is given: its row, with the input that the catalogue describes. */
export type Job<Name extends JobKindName> = {
  readonly jobId: JobId;
  readonly runId: RunId;
  readonly subject: string | null;
  readonly input: JobInput<Name>;
  /** Its place among the jobs of its run, from 0. */
  readonly index: number;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Who asked for its run. */
  readonly askedBy: string;
};

export type JobProgress = {
  /** In units of the job; `total` above 0 says that it has begun. */
  readonly done: number;
  readonly total: number;
  /** What is counted; left out for plain steps. */
  readonly unit?: WorkInHand['unit'];
  /** Name of a preview; left out, the last one stands. */
  readonly preview?: string | null;
};

export type JobCall = {
  /** Aborts when nobody wants the work any more or the studio closes. */
  readonly signal: AbortSignal;
  /** Identity of the job for engines, which set aside what kills them. */
  readonly jobKey: string;
  readonly onProgress: (progress: JobProgress) => void;
  /** All the text that is written so far. It is kept, so that a stop or a kill leaves it. */
  readonly onDraft: (text: string) => void;
};

/** What a pause or a stop does to a job in hand: ends it now, or lets it end where it has begun. */
export type Interrupt = 'atOnce' | 'unlessBegun';

/**
 * One kind of job. `work` does what takes long and writes nothing but objects; it rejects with a studio error, or with the signal's reason when that aborted.
 * `commit` writes what `work` made, inside the transaction that ends the job, and must not wait for anything.
 */
export type JobKind<Name extends JobKindName, Made> = {
  readonly name: Name;
  readonly resource: Resource;
  readonly interrupt: Interrupt;
  work(job: Job<Name>, call: JobCall): Promise<Made>;
  /** `sequence` is the key of the job's row. */
  commit(made: Made, job: Job<Name>, sequence: number): JobOutput<Name>;
  /** After the commit, for what is told rather than written. */
  onCommitted?(made: Made, output: JobOutput<Name>, job: Job<Name>): void;
  /** What becomes of the job after this failure; null leaves it to the policy of all. */
  decide?(error: StudioError): FailureDecision | null;
};

/** What ends a job: called inside the transaction, then after it. */
export type Ending = {
  commit(sequence: number): unknown;
  onCommitted(): void;
};

/** A kind whose types are its own business. */
export type RunnableKind = {
  readonly name: JobKindName;
  readonly resource: Resource;
  readonly interrupt: Interrupt;
  run(job: ClaimedJob, call: JobCall): Promise<Ending>;
  decide(error: StudioError): FailureDecision | null;
};

/** Every kind of the catalogue has one: a kind without does not compile. */
export type JobKinds = { readonly [Name in JobKindName]: RunnableKind };

export function defineJobKind<Name extends JobKindName, Made>(kind: JobKind<Name, Made>): RunnableKind {
  const { input } = jobCatalogue[kind.name];
  return {
    name: kind.name,
    resource: kind.resource,
    interrupt: kind.interrupt,
    async run(claimed, call) {
      const { jobId, runId, subject, index, attempt, askedBy } = claimed;
      const parsed = input.parse(claimed.input) as JobInput<Name>;
      const job: Job<Name> = { jobId, runId, subject, index, attempt, askedBy, input: parsed };
      const made = await kind.work(job, call);
      let output: JobOutput<Name>;
      return {
        commit: (sequence) => (output = kind.commit(made, job, sequence)),
        onCommitted: () => kind.onCommitted?.(made, output, job),
      };
    },
    decide: (error) => kind.decide?.(error) ?? null,
  };
}
