import { z } from 'zod';
import { checkNameSchema, complianceReportSchema } from './compliance.ts';
import {
  assetIdSchema,
  batchIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  objectHashSchema,
  planIdSchema,
  timestampMsSchema,
  verdictIdSchema,
} from './identifiers.ts';
import { localeSchema } from './plan.ts';
import { formatIdSchema } from './format.ts';
import { procedure } from './procedure.ts';
import { recipeSchema } from './recipe.ts';
import { remakeSchema } from './remake.ts';

export const flagSchema = z.enum(['none', 'pick', 'reject']);
export const starsSchema = z.int().min(0).max(5);
export const reviewStatusSchema = z.enum(['unreviewed', 'approved', 'rejected', 'redo']);
export type Flag = z.infer<typeof flagSchema>;
export type ReviewStatus = z.infer<typeof reviewStatusSchema>;

export const mediumSchema = z.enum(['picture', 'audio', 'video', 'document']);
export type Medium = z.infer<typeof mediumSchema>;
/** Made by a job of a plan, with a recipe; or a file of somebody's own, which came in as it is. */
export const originSchema = z.enum(['made', 'imported']);
export type Origin = z.infer<typeof originSchema>;

/** What the grid needs of an asset. Thumbnails are WebP with a long edge of 160, 480 and 1280 px; null until they are made, and for what is no picture. */
export const assetSummarySchema = z.strictObject({
  id: assetIdSchema,
  medium: mediumSchema,
  origin: originSchema,
  /** What is shown or played: of an imported picture the form that a reader made anew. */
  hash: objectHashSchema,
  /** In pixels; 0 for what is heard or read. */
  width: z.int(),
  height: z.int(),
  thumbnails: z.strictObject({ small: objectHashSchema, medium: objectHashSchema, large: objectHashSchema }).nullable(),
  /** Null for what no plan asked for. */
  formatId: formatIdSchema.nullable(),
  locale: localeSchema.nullable(),
  /** Of an imported file its name. */
  headline: z.string(),
  /** Of a sound or a film, in milliseconds; null for others. */
  durationMs: z.int().nonnegative().nullable(),
  /** Of a document; null where it has none or they are not known. */
  pages: z.int().nonnegative().nullable(),
  flag: flagSchema,
  stars: starsSchema,
  status: reviewStatusSchema,
  /** By the newest report against one brand version: the one asked for, else the one it was made under. Null: no report against it yet. */
  compliant: z.boolean().nullable(),
  failedChecks: z.array(z.string()).max(24),
  /** The version that `compliant` and `failedChecks` speak of; null like them. */
  judgedBy: z.strictObject({ brandVersionId: brandVersionIdSchema, number: z.int().min(1) }).nullable(),
  /** Why and how the picture was made again; null for a first try. */
  remake: remakeSchema.nullable(),
  /** Whether it failed and was made again, so that a newer take of its cell stands beside it. */
  wasRemade: z.boolean(),
  createdAtMs: timestampMsSchema,
});
export type AssetSummary = z.infer<typeof assetSummarySchema>;

export const verdictSchema = z.strictObject({
  id: verdictIdSchema,
  assetId: assetIdSchema,
  axis: z.enum(['flag', 'stars', 'status']),
  /** Value before and after, written as text ("pick", "4", "approved"). */
  before: z.string(),
  after: z.string(),
  reason: z.string(),
  reviewer: z.string(),
  /** Verdicts given with one key press share a group; undo takes back a whole group. */
  group: verdictIdSchema,
  /** Set when this verdict takes back an earlier group. */
  undoes: verdictIdSchema.nullable(),
  createdAtMs: timestampMsSchema,
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What one person says of an asset on an axis and has not taken back. */
export const standingVerdictSchema = verdictSchema
  .pick({ axis: true, reason: true, reviewer: true, createdAtMs: true })
  .extend({ value: z.string() });
export type StandingVerdict = z.infer<typeof standingVerdictSchema>;

/** What the cell of a plan became. */
export const madeAssetSchema = assetSummarySchema.extend({
  origin: z.literal('made'),
  formatId: formatIdSchema,
  locale: localeSchema,
  briefId: briefIdSchema,
  planId: planIdSchema,
  batchId: batchIdSchema,
  cellId: cellIdSchema,
  conceptId: deliverableIdSchema,
  brandVersionId: brandVersionIdSchema,
  sizeBytes: z.int(),
  recipe: recipeSchema,
  /** Against the version asked for where there is such a report, else against the one it was made under; it says which. */
  report: complianceReportSchema,
  verdicts: z.array(verdictSchema),
  /** The newest of each person on each axis, newest first. */
  standing: z.array(standingVerdictSchema),
});
export type MadeAsset = z.infer<typeof madeAssetSchema>;

/** Where a file came from: its own name and bytes, which are kept and exported as they came. */
export const importSourceSchema = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int().nonnegative(),
  sha256: objectHashSchema,
  by: z.string(),
  atMs: timestampMsSchema,
});
export type ImportSource = z.infer<typeof importSourceSchema>;

/** Characters of a document's text that are shown. */
export const MAX_EXCERPT = 20_000;

export const importedAssetSchema = assetSummarySchema.extend({
  origin: z.literal('imported'),
  /** The campaign that it was filed under, if any. */
  briefId: briefIdSchema.nullable(),
  source: importSourceSchema,
  /** The beginning of a document's text; empty for others. */
  excerpt: z.string().max(MAX_EXCERPT),
  sizeBytes: z.int(),
  verdicts: z.array(verdictSchema),
  /** The newest of each person on each axis, newest first. */
  standing: z.array(standingVerdictSchema),
});
export type ImportedAsset = z.infer<typeof importedAssetSchema>;

export const assetSchema = z.discriminatedUnion('origin', [madeAssetSchema, importedAssetSchema]);
export type Asset = z.infer<typeof assetSchema>;

/** Facets narrow each other; several values inside one facet widen it. An empty array means any. */
export const assetFilterSchema = z.strictObject({
  briefId: briefIdSchema.nullable().default(null),
  planId: planIdSchema.nullable().default(null),
  batchId: batchIdSchema.nullable().default(null),
  statuses: z.array(reviewStatusSchema).max(4).default([]),
  flags: z.array(flagSchema).max(3).default([]),
  minStars: starsSchema.default(0),
  origins: z.array(originSchema).max(2).default([]),
  media: z.array(mediumSchema).max(4).default([]),
  formatIds: z.array(formatIdSchema).max(20).default([]),
  compliance: z.enum(['any', 'passed', 'failed']).default('any'),
  /** Only what fails this check. */
  failedCheck: checkNameSchema.nullable().default(null),
  /** The brand version whose reports count, for the two facets above and the order by compliance; null: the version that each was made under. What has no report against it neither passed nor failed. */
  judgedAgainst: brandVersionIdSchema.nullable().default(null),
  text: z.string().max(200).default(''),
});
export type AssetFilter = z.infer<typeof assetFilterSchema>;

export const assetSortSchema = z.enum(['newest', 'oldest', 'stars', 'worst-compliance']);
export type AssetSort = z.infer<typeof assetSortSchema>;

const idsInput = z.strictObject({ assetIds: z.array(assetIdSchema).min(1).max(100_000) });

export const assetContract = {
  /** Content for the visible window, in the order asked; ids that are gone are left out. */
  summaries: procedure()
    .input(
      z.strictObject({
        assetIds: z.array(assetIdSchema).max(500),
        judgedAgainst: brandVersionIdSchema.nullable().default(null),
      }),
    )
    .output(z.array(assetSummarySchema)),
  /** The takes of a cell that are not in the bin, newest first; at most 200. */
  takes: procedure()
    .input(z.strictObject({ cellId: cellIdSchema }))
    .output(z.array(assetSummarySchema)),
  get: procedure('asset.notFound')
    .input(z.strictObject({ assetId: assetIdSchema, judgedAgainst: brandVersionIdSchema.nullable().default(null) }))
    .output(assetSchema),
  counts: procedure()
    .input(z.strictObject({ filter: assetFilterSchema }))
    .output(
      z.strictObject({
        total: z.int(),
        unreviewed: z.int(),
        approved: z.int(),
        rejected: z.int(),
        redo: z.int(),
        picks: z.int(),
        /** Of `total`, those with a report against the filter's version, and of these those that passed. */
        judged: z.int(),
        compliant: z.int(),
      }),
    ),
  bin: procedure()
    .input(idsInput)
    .output(z.strictObject({ binned: z.int() })),
  restore: procedure()
    .input(idsInput)
    .output(z.strictObject({ restored: z.int() })),
};
