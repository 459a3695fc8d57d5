import { z } from 'zod';
import { brandIdSchema, brandVersionIdSchema, objectHashSchema, timestampMsSchema } from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';
import { hexColourSchema, loraUseSchema } from './recipe.ts';
import { formatIdSchema } from './plan.ts';

/** A file that the kit names, relative to the kit's own file, with forward slashes. */
const kitFileSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\\0]+$/, 'a path inside the kit folder, such as logo.svg');
const wordListSchema = z.array(z.string().min(1).max(200)).max(200);

export const paletteRoleSchema = z.enum(['background', 'primary', 'secondary', 'accent', 'text', 'neutral']);
export type PaletteRole = z.infer<typeof paletteRoleSchema>;

export const paletteColourSchema = z.strictObject({
  name: z.string().min(1).max(60),
  hex: hexColourSchema,
  role: paletteRoleSchema,
  /** Largest CIEDE2000 distance at which a pixel still counts as this colour. */
  tolerance: z.number().min(1).max(60).default(12),
});
export type PaletteColour = z.infer<typeof paletteColourSchema>;

export const typefaceSchema = z.strictObject({
  family: z.string().min(1).max(100),
  file: kitFileSchema,
  /** Smallest size allowed in a picture whose short edge is 1080 px; it scales with the picture. */
  minSizePx: z.number().min(6).max(400).default(24),
});

export const logoSchema = z.strictObject({
  name: z.string().min(1).max(60),
  file: kitFileSchema,
  /** The backgrounds this variant is made for. */
  on: z.enum(['light', 'dark', 'any']).default('any'),
  /** Empty room around the logo, as a share of its height. */
  clearSpace: z.number().min(0).max(2).default(0.25),
  minWidthPx: z.number().min(8).max(2000).default(72),
});

/** The published brand kit format. Unknown fields are refused. */
export const brandKitSchema = z.strictObject({
  $schema: z.string().max(300).optional(),
  name: z.string().min(1).max(100),
  palette: z.array(paletteColourSchema).min(1).max(24),
  type: z.strictObject({ headline: typefaceSchema, body: typefaceSchema }),
  logos: z.array(logoSchema).min(1).max(12),
  voice: z
    .strictObject({
      tone: z.string().max(300).default(''),
      say: wordListSchema.default([]),
      neverSay: wordListSchema.default([]),
    })
    .prefault({}),
  style: z
    .strictObject({
      promptParts: wordListSchema.default([]),
      negativeTerms: wordListSchema.default([]),
      /** Name of an installed image model; null is the starter pack. */
      model: z.string().max(200).nullable().default(null),
      loras: z.array(loraUseSchema).max(16).default([]),
      /** How strongly the palette guides the forming picture, 0 (off) to 1. */
      paletteGuidance: z.number().min(0).max(1).default(0.6),
    })
    .prefault({}),
  template: z.string().max(60).default('headline-stack'),
  thresholds: z
    .strictObject({
      /** Share-weighted mean CIEDE2000 distance of the picture to the palette; at most this passes. */
      paletteDistance: z.number().min(0).max(100).default(10),
      /** WCAG 2.2 contrast ratio of each text on what is really behind it; at least this passes. */
      contrast: z.number().min(1).max(21).default(4.5),
      /** Share of text and logo area inside the channel format's safe area; at least this passes. */
      safeArea: z.number().min(0).max(1).default(1),
      /** Share of the picture that may lie more than twice the tolerance away from every brand colour. */
      offPalette: z.number().min(0).max(1).default(0.25),
      /** Readability index LIX (words a sentence plus the percentage of words over six letters); at most this passes. */
      readingLevel: z.number().min(10).max(100).default(60),
      /** Cosine distance of the picture to the nearest style reference; at most this passes. */
      styleDistance: z.number().min(0).max(2).default(0.35),
      /** Distance to the most similar other picture, 0 (the same) to 1; at least this passes. */
      sameness: z.number().min(0).max(1).default(0.02),
      /** How many times as large as generated a picture may be set. */
      enlargement: z.number().min(1).max(32).default(8),
      /** How often a picture that fails is made in all; 1 never makes it again. */
      tries: z.int().min(1).max(6).default(3),
    })
    .prefault({}),
});
export type BrandKit = z.infer<typeof brandKitSchema>;

export const brandVersionSchema = z.strictObject({
  id: brandVersionIdSchema,
  brandId: brandIdSchema,
  number: z.int().min(1),
  kit: brandKitSchema,
  /** Every file that the kit names, by its name in the kit. */
  files: z.record(z.string(), objectHashSchema),
  createdAtMs: timestampMsSchema,
});
export type BrandVersion = z.infer<typeof brandVersionSchema>;

export const brandSummarySchema = z.strictObject({
  id: brandIdSchema,
  name: z.string(),
  latest: brandVersionSchema,
  versionCount: z.int().min(1),
  assetCount: z.int().nonnegative(),
});
export type BrandSummary = z.infer<typeof brandSummarySchema>;

/** Largest font or logo file that a kit may bring along. */
export const MAX_KIT_FILE_BYTES = 20 * 1024 * 1024;

const upload = z.strictObject({ name: kitFileSchema, content: z.file().max(MAX_KIT_FILE_BYTES) });

export const brandContract = {
  list: procedure().input(emptySchema).output(z.array(brandSummarySchema)),
  versions: procedure('brand.notFound')
    .input(z.strictObject({ brandId: brandIdSchema }))
    .output(z.array(brandVersionSchema)),
  /** Adds a brand from the text of a kit file and the files that it names. */
  import: procedure('brand.invalid', 'brand.fileMissing')
    .input(z.strictObject({ kitText: z.string().max(1_000_000), files: z.array(upload).max(64) }))
    .output(brandVersionSchema),
  /** Freezes an edited kit as the brand's next version. Files that the kit still names are carried over. */
  saveVersion: procedure('brand.notFound', 'brand.invalid', 'brand.fileMissing')
    .input(z.strictObject({ brandId: brandIdSchema, kit: brandKitSchema, files: z.array(upload).max(64) }))
    .output(brandVersionSchema),
  /** Composes a sample picture for an unsaved kit, so that an edit can be seen at once. Returns the object to show. */
  sample: procedure('brand.notFound', 'brand.invalid', 'brand.fileMissing')
    .input(
      z.strictObject({
        brandId: brandIdSchema,
        kit: brandKitSchema,
        formatId: formatIdSchema,
        headline: z.string().max(300),
        callToAction: z.string().max(100),
      }),
    )
    .output(z.strictObject({ hash: objectHashSchema, width: z.int(), height: z.int() })),
};
