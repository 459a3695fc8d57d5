import { z } from 'zod';
import { mediumSchema } from './asset.ts';
import {
  assetIdSchema,
  briefIdSchema,
  deliverableIdSchema,
  objectHashSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';

const common = {
  /** The headline of a picture, the name of an imported file, the title of a concept or a gap, the name of a persona. */
  title: z.string(),
  binnedAtMs: timestampMsSchema,
};

export const binItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('asset'),
    id: assetIdSchema,
    ...common,
    medium: mediumSchema,
    /** Null for an imported file that belongs to no campaign. */
    briefId: briefIdSchema.nullable(),
    briefName: z.string().nullable(),
    /** Null for what cannot be seen. */
    thumbnail: objectHashSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('deliverable'),
    id: deliverableIdSchema,
    ...common,
    briefId: briefIdSchema,
    briefName: z.string(),
    what: z.enum(['persona', 'gap', 'concept']),
    /** A plan is built on it: emptying leaves it in the bin. */
    inUse: z.boolean(),
  }),
]);
export type BinItem = z.infer<typeof binItemSchema>;

/** `bytes` is what emptying would free at most. */
export const binContentSchema = z.strictObject({ assets: z.int(), deliverables: z.int(), bytes: z.int() });
export type BinContent = z.infer<typeof binContentSchema>;

export const emptiedSchema = z.strictObject({
  assets: z.int(),
  deliverables: z.int(),
  objects: z.int(),
  bytes: z.int(),
});
export type Emptied = z.infer<typeof emptiedSchema>;

export const binContract = {
  content: procedure().input(emptySchema).output(binContentSchema),
  /** A window of what lies in the bin, the last thrown away first. */
  list: procedure()
    .input(z.strictObject({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(200) }))
    .output(z.array(binItemSchema)),
  /** Puts back everything that lies in the bin. */
  restoreAll: procedure()
    .input(emptySchema)
    .output(z.strictObject({ restored: z.int() })),
  /** Deletes for good what was thrown away before that moment. Concepts that a plan is built on stay. */
  empty: procedure()
    .input(z.strictObject({ binnedBeforeMs: timestampMsSchema }))
    .output(emptiedSchema),
};
