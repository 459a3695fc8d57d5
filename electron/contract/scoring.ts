import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkNameSchema, complianceReportSchema } from './compliance.ts';
import {
  assetIdSchema,
  brandIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  planIdSchema,
  rescoreIdSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';
import { runStateSchema } from './run.ts';

/** Which pictures: one brief's, one plan's, or with null those of the whole library. */
export const scoreScopeSchema = z.strictObject({
  briefId: briefIdSchema.nullable(),
  planId: planIdSchema.nullable(),
});
export type ScoreScope = z.infer<typeof scoreScopeSchema>;

/** Scoring pictures again against a brand version, as jobs that survive the studio. */
export const rescoreSchema = z.strictObject({
  id: rescoreIdSchema,
  brandVersionId: brandVersionIdSchema,
  brandName: z.string(),
  versionNumber: z.int().min(1),
  state: runStateSchema,
  total: z.int().nonnegative(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  /** Why the first picture that failed could not be scored; null when none failed. */
  firstFailure: z.string().max(2000).nullable(),
  createdAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
export type Rescore = z.infer<typeof rescoreSchema>;

/** How many fields the scores of a check are counted in. */
export const SCORE_BUCKETS = 24;

/** The scores of one check. Buckets divide the way from `lowest` to `highest` evenly. */
export const checkDistributionSchema = z.strictObject({
  name: checkNameSchema,
  unit: z.string(),
  better: z.enum(['lower', 'higher']),
  /** The strictest that any picture was held against. */
  threshold: z.number(),
  total: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  lowest: z.number(),
  highest: z.number(),
  middle: z.number(),
  buckets: z.array(z.int().nonnegative()).length(SCORE_BUCKETS),
  /** How many of each bucket failed: thresholds differ between formats, so a bucket may hold both. */
  failedBuckets: z.array(z.int().nonnegative()).length(SCORE_BUCKETS),
  /** The pictures that fail by most, worst first. */
  worst: z.array(assetIdSchema).max(6),
});
export type CheckDistribution = z.infer<typeof checkDistributionSchema>;

export const scoredVersionSchema = z.strictObject({
  brandVersionId: brandVersionIdSchema,
  brandId: brandIdSchema,
  brandName: z.string(),
  number: z.int().min(1),
  /** Pictures of the scope that were made under it, and that have a report against it. */
  made: z.int().nonnegative(),
  scored: z.int().nonnegative(),
});
export type ScoredVersion = z.infer<typeof scoredVersionSchema>;

export const scoreOverviewSchema = z.strictObject({
  /** Pictures of the scope that are counted here. */
  total: z.int().nonnegative(),
  /** Those that are not: rejected, or a take that a newer one of its cell took the place of, unless it was approved. */
  leftOut: z.int().nonnegative(),
  /** Of `total`, those with a report of the wanted version, and of these those that pass all checks. */
  scored: z.int().nonnegative(),
  passed: z.int().nonnegative(),
  /** The check that most pictures fail first. */
  checks: z.array(checkDistributionSchema),
});
export type ScoreOverview = z.infer<typeof scoreOverviewSchema>;

export const assetReportSchema = z.strictObject({
  report: complianceReportSchema,
  brandName: z.string(),
  versionNumber: z.int().min(1),
  /** Whether the picture was made under this version. */
  isPinned: z.boolean(),
});
export type AssetReport = z.infer<typeof assetReportSchema>;

const rescoreInput = z.strictObject({ rescoreId: rescoreIdSchema });

/** A re-scoring is stopped as every run is. */
export const scoringContract = {
  /** Counts each picture's newest report against the version, or against the one that it was made under. */
  overview: procedure()
    .input(z.strictObject({ scope: scoreScopeSchema, brandVersionId: brandVersionIdSchema.nullable() }))
    .output(scoreOverviewSchema),
  /** The brand versions that pictures of the scope were made under or scored against, newest first. */
  versions: procedure()
    .input(z.strictObject({ scope: scoreScopeSchema }))
    .output(z.array(scoredVersionSchema)),
  /** Every report of a picture, oldest first. Reports are only ever added. */
  reports: procedure('asset.notFound')
    .input(z.strictObject({ assetId: assetIdSchema }))
    .output(z.array(assetReportSchema)),
  /** Queues every picture of the scope that has no report against the version yet. */
  start: procedure('brand.notFound', 'rescore.empty')
    .input(z.strictObject({ scope: scoreScopeSchema, brandVersionId: brandVersionIdSchema }))
    .output(rescoreSchema),
  /** Newest first, at most 50. */
  list: procedure().input(emptySchema).output(z.array(rescoreSchema)),
  /** Now, then after every change, at most ten times a second; ends when nothing is left to do. */
  watch: procedure('rescore.notFound').input(rescoreInput).output(eventIterator(rescoreSchema)),
};
