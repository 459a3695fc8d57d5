import { z } from 'zod';
import { paletteRoleSchema } from './palette-role.ts';
import { hexColourSchema } from './recipe.ts';

/** Largest file that is read for parts of a brand. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;
/** Most that is kept of one import; a library of swatches can hold thousands. */
export const MAX_FINDINGS = 400;

const sourceSchema = z.strictObject({
  file: z.string().max(200),
  /** Where in the file, in words: "line 12", "page 4", "swatch 3". */
  place: z.string().max(200),
});
const common = { id: z.string().max(40), source: sourceSchema };

/** One thing that a file says about a brand. Nothing becomes part of a kit before a person has confirmed it. */
export const findingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('colour'),
    name: z.string().min(1).max(60),
    hex: hexColourSchema,
    /** What the file calls it or where it is used; null when it does not say. */
    role: paletteRoleSchema.nullable(),
    /** How much of the picture it fills, for colours drawn from pictures. */
    share: z.number().min(0).max(1).nullable(),
    /** The theme that the file keeps it for ("dark"); null for the usual palette. */
    theme: z.string().min(1).max(40).nullable(),
    /** How it differs from what the file says: clipped to sRGB, or see-through and read as if it were not. */
    change: z.enum(['clipped', 'opaque']).nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('typeface'),
    family: z.string().min(1).max(100),
    weight: z.int().min(1).max(1000),
    /** The font file among those that were read; null when only the name is known. */
    file: z.string().max(200).nullable(),
    face: z.enum(['headline', 'body']).nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('logo'),
    name: z.string().min(1).max(60),
    file: z.string().max(200),
    on: z.enum(['light', 'dark', 'any']),
  }),
  z.strictObject({ ...common, kind: z.literal('reference'), file: z.string().max(200) }),
  z.strictObject({
    ...common,
    kind: z.literal('phrase'),
    list: z.enum(['say', 'neverSay', 'forbiddenClaims', 'requiredLines', 'promptParts']),
    text: z.string().min(1).max(200),
  }),
  z.strictObject({ ...common, kind: z.literal('tone'), text: z.string().min(1).max(300) }),
]);
export type Finding = z.infer<typeof findingSchema>;

export const sourceReadingSchema = z.strictObject({
  findings: z.array(findingSchema).max(MAX_FINDINGS),
  /** Files that could not be read, each with why. The others are read all the same. */
  refused: z.array(z.strictObject({ file: z.string(), reason: z.string(), expected: z.string() })).max(64),
  /** What was passed over, in sentences. */
  notes: z.array(z.string().max(300)).max(64),
});
export type SourceReading = z.infer<typeof sourceReadingSchema>;
