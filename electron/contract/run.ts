import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errorRecordSchema } from './errors.ts';
import {
  brandVersionIdSchema,
  briefIdSchema,
  jobIdSchema,
  planIdSchema,
  runIdSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { procedure } from './procedure.ts';

/** A run whose studio died is `running` again after the start. */
export const runStateSchema = z.enum(['running', 'paused', 'stopped', 'finished']);
export type RunState = z.infer<typeof runStateSchema>;

export const runKinds = ['batch', 'rescore', 'ideation', 'export', 'modelImport', 'filesImport'] as const;
export type RunKind = (typeof runKinds)[number];

/** What a run is about, so that its line leads to the thing itself. */
export const runSubjectSchema = z.strictObject({
  briefId: briefIdSchema.nullable().default(null),
  planId: planIdSchema.nullable().default(null),
  brandVersionId: brandVersionIdSchema.nullable().default(null),
});
export type RunSubject = z.infer<typeof runSubjectSchema>;

/** A job that is worked on now. */
export const workInHandSchema = z.strictObject({
  jobId: jobIdSchema,
  kind: z.string(),
  /** Identity of what the job is about: an asset, a cell, a name; null where there is none. */
  subject: z.string().nullable(),
  /** Its place among the jobs of the run, from 0. */
  index: z.int().nonnegative(),
  /** In units of the job (steps, bytes, files); `total` is 0 until it has begun. */
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** What is counted; null where it is plain steps. */
  unit: z.enum(['bytes', 'weights', 'files']).nullable(),
  /** Text as far as it is written; null for work that writes none. */
  draft: z.string().nullable(),
  /** Name of the newest preview under the previews address. */
  preview: z.string().nullable(),
});
export type WorkInHand = z.infer<typeof workInHandSchema>;

export const runSchema = z.strictObject({
  id: runIdSchema,
  /** One of `runKinds`, or the kind of a newer program, which is shown and not worked on. */
  kind: z.string(),
  state: runStateSchema,
  /** Name of what it works on, in the words of whoever made that ("Spring launch"). */
  title: z.string(),
  about: runSubjectSchema,
  total: z.int().nonnegative(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Done, but not at the first try: the studio mended what went wrong by itself. */
  healed: z.int().nonnegative(),
  /** Neither ended nor in hand. */
  waiting: z.int().nonnegative(),
  inHand: z.array(workInHandSchema).max(64),
  /** How many jobs end in a minute at the present rate; null before enough was measured. */
  perMinute: z.number().nullable(),
  /** Seconds still to go: middle, and the tenth and ninetieth percentile of the measured spread. */
  remaining: z.strictObject({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
  /** Why nothing moves although it is running, in one sentence; null when it moves. */
  waitingFor: z.string().nullable(),
  firstFailure: errorRecordSchema.nullable(),
  /** Who asked for it. */
  askedBy: z.string(),
  startedAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** How a job ended. `output` is as the catalogue of jobs says for its kind. */
export const jobEndSchema = z.strictObject({
  jobId: jobIdSchema,
  kind: z.string(),
  index: z.int().nonnegative(),
  subject: z.string().nullable(),
  state: z.enum(['done', 'failed', 'dropped']),
  attempts: z.int().nonnegative(),
  output: z.unknown(),
  error: errorRecordSchema.nullable(),
  /** What was written before it failed or was stopped. */
  draft: z.string().nullable(),
});
export type JobEnd = z.infer<typeof jobEndSchema>;

export const runFilterSchema = z.strictObject({
  kinds: z.array(z.string()).max(20).default([]),
  /** True: running and paused ones only; false: only those that have ended; null: both. */
  open: z.boolean().nullable().default(null),
  /** Only those with a job that failed. */
  failed: z.boolean().default(false),
  briefId: briefIdSchema.nullable().default(null),
  /** Only those that are older than this one. */
  before: runIdSchema.nullable().default(null),
  limit: z.int().min(1).max(200).default(50),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** Why jobs of a run failed, or needed another try; those that failed for one reason are one line. */
export const runTroublesSchema = z.strictObject({
  /** `attempts` is the most that one of them had. */
  failed: z.array(
    z.strictObject({ error: errorRecordSchema, jobs: z.int().positive(), attempts: z.int().nonnegative() }),
  ),
  /** What went wrong on the way to a good end. `error` is null where the whole studio ended with the job in hand. */
  healed: z.array(
    z.strictObject({
      error: errorRecordSchema.nullable(),
      jobs: z.int().positive(),
      lastAtMs: timestampMsSchema,
    }),
  ),
});
export type RunTroubles = z.infer<typeof runTroublesSchema>;

const runInput = z.strictObject({ runId: runIdSchema });

/** Work of every kind, wherever it was begun. */
export const runContract = {
  /** Newest first. */
  list: procedure().input(runFilterSchema).output(z.array(runSchema)),
  get: procedure('run.notFound').input(runInput).output(runSchema),
  /** What is in hand ends normally where it has begun; nothing new is taken. */
  pause: procedure('run.notFound', 'run.wrongState').input(runInput).output(runSchema),
  resume: procedure('run.notFound', 'run.wrongState').input(runInput).output(runSchema),
  /** What waits is dropped; what is finished stays. */
  stop: procedure('run.notFound', 'run.wrongState').input(runInput).output(runSchema),
  /** Failed jobs get in line again with their counters cleared. */
  retryFailed: procedure('run.notFound').input(runInput).output(runSchema),
  /** Jobs that ended, in their order in the run; at most 1,000. */
  ends: procedure('run.notFound').input(runInput).output(z.array(jobEndSchema)),
  /** At most 50 reasons of each, those with the most jobs first. */
  troubles: procedure('run.notFound').input(runInput).output(runTroublesSchema),
  /** The run now, then again after every change, at most ten times a second; ends when the run ends. Leaving changes nothing. */
  watch: procedure('run.notFound').input(runInput).output(eventIterator(runSchema)),
};
