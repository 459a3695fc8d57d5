import { z } from 'zod';
import { assetFilterSchema } from './asset.ts';
import { deliverySchema } from './delivery.ts';
import {
  assetIdSchema,
  cellIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  deliverableIdSchema,
  objectHashSchema,
  seedSchema,
} from './identifiers.ts';
import { importReportSchema } from './model.ts';

/** What a job needs to itself while it is worked on; each has lanes of its own. */
export const resources = ['image', 'text', 'processor', 'disk'] as const;
export const resourceSchema = z.enum(resources);
export type Resource = z.infer<typeof resourceSchema>;

/**
 * The closed list of what is done as a job: the input that its row holds and the output that ends it. A row of a kind that is not listed, because a newer
 * program wrote it, is kept and shown, and nobody works on it.
 */
export const jobCatalogue = {
  /** The finished picture of a cell. Cell and try stand in columns of the row. */
  'picture.make': { input: z.strictObject({}), output: z.strictObject({ assetId: assetIdSchema }) },
  /** Words over known art, which no image model draws. The input is the picture whose art it takes, or the cell whose newest picture has the art when the work begins. */
  'picture.compose': {
    input: z.union([z.strictObject({ assetId: assetIdSchema }), z.strictObject({ cellId: cellIdSchema })]),
    output: z.strictObject({ assetId: assetIdSchema }),
  },
  /** Another report on a picture; the subject is the asset. */
  'picture.rescore': { input: z.strictObject({ brandVersionId: brandVersionIdSchema }), output: z.strictObject({}) },
  /** One deliverable of a brief. */
  'deliverable.write': {
    input: z.strictObject({
      briefId: briefIdSchema,
      brandVersionId: brandVersionIdSchema.nullable(),
      kind: z.enum(['persona', 'gap', 'concept']),
      /** Among those of its kind in the run. */
      position: z.int().nonnegative(),
      seed: seedSchema,
      /** The text model; left out, the usual one. */
      model: z.string().min(1).max(200).optional(),
    }),
    output: z.strictObject({ deliverableId: deliverableIdSchema }),
  },
  /** A folder with what fits a filter. Without a target it stands among the library's exports. */
  'delivery.write': {
    input: z.strictObject({
      name: z.string().min(1).max(80),
      filter: assetFilterSchema,
      target: z.strictObject({ folder: z.string(), replace: z.boolean() }).nullable(),
    }),
    output: deliverySchema,
  },
  /** One file of somebody's own, opened by a reader and kept as it came. The subject is its name. */
  'files.import': {
    input: z.strictObject({
      name: z.string().min(1).max(1000),
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('path'), path: z.string() }),
        /** Bytes that a page has sent before. */
        z.strictObject({ kind: z.literal('upload'), hash: objectHashSchema }),
      ]),
      briefId: briefIdSchema.nullable(),
    }),
    /** `known`: these bytes are in the library already; `restored`: they lay in its bin and were put back. */
    output: z.strictObject({ assetId: assetIdSchema, outcome: z.enum(['added', 'known', 'restored']) }),
  },
  /** Files of a model, checked and put where models are. */
  'model.install': {
    input: z.strictObject({ path: z.string(), name: z.string().nullable(), base: z.string().nullable() }),
    output: importReportSchema,
  },
} as const;

export type JobKindName = keyof typeof jobCatalogue;
export type JobInput<Name extends JobKindName> = z.infer<(typeof jobCatalogue)[Name]['input']>;
export type JobOutput<Name extends JobKindName> = z.infer<(typeof jobCatalogue)[Name]['output']>;
