import { z } from 'zod';
import { briefIdSchema, timestampMsSchema } from './identifiers.ts';
import { localeSchema } from './plan.ts';
import { formatIdSchema } from './format.ts';
import type { FormatId } from './format.ts';
import { emptySchema, procedure } from './procedure.ts';

const line = (max: number) => z.string().trim().min(1).max(max);

const usualFormats: FormatId[] = ['square-post', 'portrait-post', 'story'];

/** Channel formats that a brief may name, each by a name of `one`. */
export const listFormatsSchema = (one: z.ZodType<FormatId>) => z.array(one).min(1).max(20).default(usualFormats);

/** The front matter of a brief. The text under it is free Markdown. Unknown fields are refused. */
export const briefFrontMatterSchema = z.strictObject({
  name: line(120),
  product: line(80),
  what: line(300),
  audience: line(300),
  goal: line(300),
  tone: line(200).default('plain, warm'),
  avoid: z.array(line(80)).max(50).default([]),
  facts: z.array(line(200)).max(50).default([]),
  formats: listFormatsSchema(formatIdSchema),
  locales: z.array(localeSchema).min(1).max(20).default(['en']),
});
export type BriefFrontMatter = z.infer<typeof briefFrontMatterSchema>;

/** Largest brief that is read, in bytes of UTF-8. */
export const MAX_BRIEF_BYTES = 256 * 1024;

export const briefSchema = z.strictObject({
  id: briefIdSchema,
  fields: briefFrontMatterSchema,
  /** Markdown below the front matter. */
  notes: z.string(),
  /** The whole text as the user wrote it. */
  text: z.string(),
  createdAtMs: timestampMsSchema,
  updatedAtMs: timestampMsSchema,
});
export type Brief = z.infer<typeof briefSchema>;

export const briefSummarySchema = z.strictObject({
  id: briefIdSchema,
  name: z.string(),
  product: z.string(),
  goal: z.string(),
  updatedAtMs: timestampMsSchema,
  conceptCount: z.int().nonnegative(),
  assetCount: z.int().nonnegative(),
  unreviewedCount: z.int().nonnegative(),
  approvedCount: z.int().nonnegative(),
  /** Up to four finished pictures, newest first, as object hashes of their small thumbnails. */
  covers: z.array(z.string()).max(4),
});
export type BriefSummary = z.infer<typeof briefSummarySchema>;

export const briefContract = {
  list: procedure().input(emptySchema).output(z.array(briefSummarySchema)),
  get: procedure('brief.notFound')
    .input(z.strictObject({ briefId: briefIdSchema }))
    .output(briefSchema),
  create: procedure('brief.invalid')
    .input(z.strictObject({ text: z.string().max(MAX_BRIEF_BYTES) }))
    .output(briefSchema),
  update: procedure('brief.invalid', 'brief.notFound')
    .input(z.strictObject({ briefId: briefIdSchema, text: z.string().max(MAX_BRIEF_BYTES) }))
    .output(briefSchema),
};
