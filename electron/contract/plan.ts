import { z } from 'zod';
import {
  assetIdSchema,
  batchIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  planIdSchema,
  seedSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { formatIdSchema } from './format.ts';
import { procedure } from './procedure.ts';
import { pictureSourceSchema } from './recipe.ts';

/** A BCP 47 language tag. */
export const localeSchema = z
  .string()
  .max(20)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as en or de-AT');

/** Largest plan that is made in one go. */
export const MAX_PLAN_CELLS = 20_000;

const planTemplatesSchema = z.array(z.string().min(1).max(200)).max(24);

export const planSchema = z.strictObject({
  id: planIdSchema,
  /** Templates that the cells take in turn, by name or by file in the kit; absent or empty is the brand's own. */
  templates: planTemplatesSchema.optional(),
  briefId: briefIdSchema,
  brandVersionId: brandVersionIdSchema,
  name: z.string().min(1).max(120),
  conceptIds: z.array(deliverableIdSchema).min(1).max(500),
  formatIds: z.array(formatIdSchema).min(1).max(20),
  locales: z.array(localeSchema).min(1).max(20),
  variations: z.int().min(1).max(1000),
  seed: seedSchema,
  /** The picture that all cells are made from; absent where they are made from noise. */
  source: pictureSourceSchema.optional(),
  cellCount: z.int().nonnegative(),
  createdAtMs: timestampMsSchema,
});
export type Plan = z.infer<typeof planSchema>;

export const cellStatusSchema = z.enum(['empty', 'queued', 'running', 'done', 'failed']);
export type CellStatus = z.infer<typeof cellStatusSchema>;

export const cellSchema = z.strictObject({
  id: cellIdSchema,
  planId: planIdSchema,
  conceptId: deliverableIdSchema,
  formatId: formatIdSchema,
  locale: localeSchema,
  variation: z.int().min(0),
  seed: seedSchema,
  status: cellStatusSchema,
  takeCount: z.int().nonnegative(),
  /** The newest take that is not in the bin. */
  cover: z.strictObject({ assetId: assetIdSchema, thumbnail: z.string() }).nullable(),
});
export type Cell = z.infer<typeof cellSchema>;

export const forecastSchema = z.strictObject({
  images: z.int(),
  /** From measured times on this machine; null before the first image was made. */
  secondsPerImage: z.number().nullable(),
  totalSeconds: z.number().nullable(),
  diskBytes: z.int(),
});
export type Forecast = z.infer<typeof forecastSchema>;

const axesSchema = z.strictObject({
  conceptIds: z.array(deliverableIdSchema).min(1).max(500),
  formatIds: z.array(formatIdSchema).min(1).max(20),
  locales: z.array(localeSchema).min(1).max(20),
  variations: z.int().min(1).max(1000),
});

export const planContract = {
  list: procedure()
    .input(z.strictObject({ briefId: briefIdSchema.nullable() }))
    .output(z.array(planSchema)),
  get: procedure('plan.notFound')
    .input(z.strictObject({ planId: planIdSchema }))
    .output(planSchema),
  cells: procedure('plan.notFound')
    .input(z.strictObject({ planId: planIdSchema }))
    .output(z.array(cellSchema)),
  /** What the plan's concepts say now: each by the id that the plan names, with the headline of its newest edit. */
  headlines: procedure('plan.notFound')
    .input(z.strictObject({ planId: planIdSchema }))
    .output(z.array(z.strictObject({ conceptId: deliverableIdSchema, headline: z.string() }))),
  forecast: procedure('format.notFound').input(axesSchema).output(forecastSchema),
  create: procedure(
    'format.notFound',
    'brief.notFound',
    'brand.notFound',
    'brand.invalid',
    'deliverable.notFound',
    'plan.tooLarge',
    'library.objectMissing',
  )
    .input(
      axesSchema.extend({
        templates: planTemplatesSchema.default([]),
        briefId: briefIdSchema,
        brandVersionId: brandVersionIdSchema,
        name: z.string().min(1).max(120),
        seed: seedSchema,
        source: pictureSourceSchema.optional(),
      }),
    )
    .output(planSchema),
  /** Makes pictures from what lies under an asset's type and logo: a plan of their own, begun at once. */
  vary: procedure(
    'format.notFound',
    'asset.notFound',
    'asset.notMade',
    'library.unsupportedFile',
    'library.objectMissing',
    'brief.notFound',
    'brand.notFound',
    'brand.invalid',
    'deliverable.notFound',
    'plan.notFound',
    'plan.empty',
    'plan.tooLarge',
  )
    .input(
      z.strictObject({
        assetId: assetIdSchema,
        strength: pictureSourceSchema.shape.strength,
        formatIds: axesSchema.shape.formatIds,
        count: z.int().min(1).max(100),
        seed: seedSchema,
        name: z.string().min(1).max(120),
      }),
    )
    .output(z.strictObject({ briefId: briefIdSchema, planId: planIdSchema, batchId: batchIdSchema })),
};
