import { z } from 'zod';
import { formatIdSchema } from './format.ts';
import { deliverableIdSchema, planIdSchema } from './identifiers.ts';
import { localeSchema } from './plan.ts';
import { procedure } from './procedure.ts';

/** The words that stand in a picture. Lengths in UTF-16 units; other languages need more room than English for the same. */
export const wordsSchema = z.strictObject({
  headline: z.string().trim().min(1).max(120),
  body: z.string().trim().min(1).max(360),
  callToAction: z.string().trim().min(1).max(48),
});
export type Words = z.infer<typeof wordsSchema>;

/** Where a copy belongs: a concept in one language, in every channel format or in one. */
export const copyPlaceSchema = z.strictObject({
  conceptId: deliverableIdSchema,
  locale: localeSchema,
  formatId: formatIdSchema.nullable(),
});
export type CopyPlace = z.infer<typeof copyPlaceSchema>;

export const copyOriginSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hand') }),
  z.strictObject({ kind: z.literal('file'), name: z.string().max(255) }),
]);
export type CopyOrigin = z.infer<typeof copyOriginSchema>;

/** The copy that counts at a place. */
export const copySchema = copyPlaceSchema.extend({
  words: wordsSchema,
  origin: copyOriginSchema,
  /** What the concept said when this was written; another concept now means that somebody should look at it again. */
  isBehind: z.boolean(),
});
export type Copy = z.infer<typeof copySchema>;

export const copyTableSchema = z.strictObject({
  /** What the plan's concepts say themselves, which every language without a copy of its own says too. */
  concepts: z.array(z.strictObject({ conceptId: deliverableIdSchema, title: z.string(), words: wordsSchema })),
  locales: z.array(localeSchema),
  copies: z.array(copySchema),
});
export type CopyTable = z.infer<typeof copyTableSchema>;

/** What became of a file of copies. Rows count from 1 and the line with the names of the columns is the first. */
export const copyImportSchema = z.strictObject({
  written: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  /** Rows without any words: nobody has written them yet. */
  empty: z.int().nonnegative(),
});
export type CopyImport = z.infer<typeof copyImportSchema>;

/** Largest file of copies, in characters. */
export const MAX_COPY_FILE_CHARACTERS = 4 * 1024 * 1024;

const planInput = z.strictObject({ planId: planIdSchema });

/** The words of a plan, by language and channel format. */
export const copyContract = {
  table: procedure('plan.notFound').input(planInput).output(copyTableSchema),
  /** All or none. Null takes a copy away: the place says again what the concept says. */
  write: procedure('plan.notFound', 'deliverable.notFound')
    .input(
      planInput.extend({
        copies: z
          .array(copyPlaceSchema.extend({ words: wordsSchema.nullable() }))
          .min(1)
          .max(10_000),
      }),
    )
    .output(z.strictObject({ written: z.int().nonnegative() })),
  /** Every place of the plan as CSV for a translator, with what the concept says beside it. */
  exportFile: procedure('plan.notFound')
    .input(planInput)
    .output(z.strictObject({ name: z.string(), text: z.string() })),
  /** A file that `exportFile` gave, with words filled in. All or none: a mistake names its row and column, and nothing is written. */
  importFile: procedure('plan.notFound')
    .input(
      planInput.extend({
        name: z.string().min(1).max(255),
        text: z.string().max(MAX_COPY_FILE_CHARACTERS),
      }),
    )
    .output(copyImportSchema),
};
