import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { errorRecordSchema } from './errors.ts';
import {
  assetIdSchema,
  batchIdSchema,
  cellIdSchema,
  jobIdSchema,
  planIdSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { procedure } from './procedure.ts';
import { runStateSchema } from './run.ts';

export const jobInHandSchema = z.strictObject({
  jobId: jobIdSchema,
  cellId: cellIdSchema,
  step: z.int().nonnegative(),
  steps: z.int().positive(),
  /** Name of the newest preview under the previews address, or null before the first. */
  preview: z.string().nullable(),
});

export const batchSchema = z.strictObject({
  id: batchIdSchema,
  planId: planIdSchema,
  state: runStateSchema,
  total: z.int().nonnegative(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** How many of its jobs make a picture again whose try before failed a check. */
  remade: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  inHand: z.array(jobInHandSchema).max(64),
  imagesPerMinute: z.number().nullable(),
  /** Seconds still to go: middle, and the tenth and ninetieth percentile of the measured spread. */
  remaining: z.strictObject({ low: z.number(), middle: z.number(), high: z.number() }).nullable(),
  /** Why nothing moves although it is running, in one sentence; null when it moves. */
  waitingFor: z.string().nullable(),
  latestAssetIds: z.array(assetIdSchema).max(24),
  startedAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
export type Batch = z.infer<typeof batchSchema>;

export const failedJobSchema = z.strictObject({
  jobId: jobIdSchema,
  cellId: cellIdSchema,
  attempts: z.int(),
  error: errorRecordSchema,
});
export type FailedJob = z.infer<typeof failedJobSchema>;

const batchInput = z.strictObject({ batchId: batchIdSchema });

/** Batches by what only they have. They pause, stop and try again as every run does. */
export const batchContract = {
  list: procedure()
    .input(z.strictObject({ planId: planIdSchema.nullable(), limit: z.int().min(1).max(200) }))
    .output(z.array(batchSchema)),
  get: procedure('batch.notFound').input(batchInput).output(batchSchema),
  /** Queues one image for each of the plan's cells, or for the named ones only (another take of each). */
  start: procedure('plan.notFound', 'plan.empty')
    .input(z.strictObject({ planId: planIdSchema, cellIds: z.array(cellIdSchema).max(20_000).nullable() }))
    .output(batchSchema),
  /** Cells whose newest picture says something else than its concept does now, and whose art is kept. */
  staleWords: procedure('plan.notFound')
    .input(z.strictObject({ planId: planIdSchema }))
    .output(z.strictObject({ cellIds: z.array(cellIdSchema) })),
  /** Sets the words of today over the art of each such cell, or of the named ones only, as another take. No picture is drawn anew. */
  updateWords: procedure('plan.notFound', 'plan.empty')
    .input(z.strictObject({ planId: planIdSchema, cellIds: z.array(cellIdSchema).max(20_000).nullable() }))
    .output(batchSchema),
  failures: procedure('run.notFound').input(batchInput).output(z.array(failedJobSchema)),
  /** The batch now, then again after every change, at most ten times a second; ends when the batch ends. */
  watch: procedure('batch.notFound').input(batchInput).output(eventIterator(batchSchema)),
};
