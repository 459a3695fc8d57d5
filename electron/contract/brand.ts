import { z } from 'zod';
import { brandIdSchema, brandVersionIdSchema, objectHashSchema, timestampMsSchema } from './identifiers.ts';
import { MAX_SOURCE_BYTES, sourceReadingSchema } from './brand-import.ts';
import { paletteRoleSchema } from './palette-role.ts';
export { paletteRoleSchema };
export type { PaletteRole } from './palette-role.ts';
import { emptySchema, procedure } from './procedure.ts';
import { hexColourSchema, loraUseSchema } from './recipe.ts';
import { localeSchema } from './plan.ts';
import { formatIdSchema } from './format.ts';

/** The limit of style distance where a kit says none: as far as the style references lie from each other. */
export const USUAL_STYLE_DISTANCE = 0.31;

/** A file that the kit names, relative to the kit's own file, with forward slashes. */
const kitFileSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\\0]+$/, 'a path inside the kit folder, such as logo.svg');
const wordListSchema = z.array(z.string().min(1).max(200)).max(200);

export const paletteColourSchema = z.strictObject({
  name: z.string().min(1).max(60),
  hex: hexColourSchema,
  role: paletteRoleSchema,
  /** Largest CIEDE2000 distance at which a pixel still counts as this colour. */
  tolerance: z.number().min(1).max(60).default(12),
  /** How much of a picture this colour may fill, as shares of its area from 0 to 1. */
  share: z
    .strictObject({ min: z.number().min(0).max(1).default(0), max: z.number().min(0).max(1).default(1) })
    .prefault({}),
});
export type PaletteColour = z.infer<typeof paletteColourSchema>;

export const typefaceSchema = z.strictObject({
  family: z.string().min(1).max(100),
  /** A .ttf, .otf, .woff or .woff2 file. */
  file: kitFileSchema,
  /** Weight of this file, 100 (thin) to 1000. */
  weight: z.int().min(1).max(1000).default(400),
  /** Smallest size allowed in a picture whose short edge is 1080 px; it scales with the picture. */
  minSizePx: z.number().min(6).max(400).default(24),
});

export const typeSchema = z.strictObject({
  headline: typefaceSchema,
  body: typefaceSchema,
  /** Asked in turn for the signs that headline and body do not have, such as those of other scripts. */
  fallbacks: z.array(typefaceSchema).max(8).default([]),
  /** Ratio between neighbouring sizes of the type scale. */
  scale: z.number().min(1).max(3).default(1.25),
});

export const logoSchema = z.strictObject({
  name: z.string().min(1).max(60),
  file: kitFileSchema,
  /** The backgrounds this variant is made for. */
  on: z.enum(['light', 'dark', 'any']).default('any'),
  /** Empty room around the logo, as a share of its height. */
  clearSpace: z.number().min(0).max(2).default(0.25),
  minWidthPx: z.number().min(8).max(2000).default(72),
  /** Colours that this variant may not stand on, wherever they come from. */
  forbiddenBackgrounds: z.array(hexColourSchema).max(24).default([]),
});

/** `any`, a country such as DE, or a language such as de or de-AT. */
export const marketSchema = z
  .string()
  .max(20)
  .regex(/^(any|[A-Z]{2}|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/, 'any, a country such as DE or a language such as de-AT');

export const policySchema = z.strictObject({
  /** Lines that have to stand in every picture of a market, such as a legal line. */
  requiredLines: z
    .array(z.strictObject({ market: marketSchema, line: z.string().min(1).max(200) }))
    .max(100)
    .default([]),
  /** Claims that no text may make, for legal reasons and not for the tone. */
  forbiddenClaims: wordListSchema.default([]),
});
export type Policy = z.infer<typeof policySchema>;

/** The published brand kit format. Unknown fields are refused. */
export const brandKitSchema = z.strictObject({
  $schema: z.string().max(300).optional(),
  name: z.string().min(1).max(100),
  palette: z.array(paletteColourSchema).min(1).max(24),
  type: typeSchema,
  logos: z.array(logoSchema).min(1).max(12),
  voice: z
    .strictObject({
      tone: z.string().max(300).default(''),
      say: wordListSchema.default([]),
      neverSay: wordListSchema.default([]),
      /** The languages that the brand speaks; empty means any. How hard a text may read is `thresholds.readingLevel`. */
      languages: z.array(localeSchema).max(40).default([]),
    })
    .prefault({}),
  style: z
    .strictObject({
      promptParts: wordListSchema.default([]),
      negativeTerms: wordListSchema.default([]),
      /** Name of an installed image model; null is the starter pack. */
      model: z.string().max(200).nullable().default(null),
      loras: z.array(loraUseSchema).max(16).default([]),
      /** Pictures (.png, .jpg or .webp) that show the style; the style check measures against them. */
      references: z.array(kitFileSchema).max(24).default([]),
      /** How strongly the palette guides the forming picture, 0 (off) to 1. */
      paletteGuidance: z.number().min(0).max(1).default(0.6),
    })
    .prefault({}),
  policy: policySchema.prefault({}),
  /** The template that is used where a plan names no other: one that ships, or a template file in the kit. */
  template: kitFileSchema.default('headline-stack'),
  /** Further templates that a plan may use, by name or by file. */
  templates: z.array(kitFileSchema).max(24).default([]),
  thresholds: z
    .strictObject({
      /** Share-weighted mean CIEDE2000 distance of the picture to the palette; at most this passes. */
      paletteDistance: z.number().min(0).max(100).default(10),
      /** WCAG 2.2 contrast ratio of each text on what is really behind it; at least this passes. */
      contrast: z.number().min(1).max(21).default(4.5),
      /** Share of text and logo area inside the channel format's safe area; at least this passes. */
      safeArea: z.number().min(0).max(1).default(1),
      /** Share of the picture that may lie more than twice the tolerance away from every brand colour. */
      offPalette: z.number().min(0).max(1).default(0.12),
      /** Readability index LIX (words a sentence plus the percentage of words over six letters); at most this passes. */
      readingLevel: z.number().min(10).max(100).default(60),
      /** Distance of the picture to the style references, where 0.31 is as far as these lie from each other in the eyes of the same encoder; at most this passes. */
      styleDistance: z.number().min(0).max(2).default(USUAL_STYLE_DISTANCE),
      /** Distance to the most similar other picture, 0 (the same) to 1; at least this passes. */
      sameness: z.number().min(0).max(1).default(0.025),
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

/** What is being edited: kept in the library until it is frozen as the next version. Its kit may still contradict itself. */
export const brandDraftSchema = z.strictObject({
  brandId: brandIdSchema,
  basedOn: brandVersionIdSchema,
  kit: brandKitSchema,
  files: z.record(z.string(), objectHashSchema),
  updatedAtMs: timestampMsSchema,
});
export type BrandDraft = z.infer<typeof brandDraftSchema>;

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
  /** Reads what a brand has in other forms: swatches, style sheets, tokens, logos, pictures, fonts, a guide. Nothing is kept. */
  readSources: procedure('brand.sourceRefused')
    .input(
      z.strictObject({
        files: z
          .array(
            z.strictObject({
              name: kitFileSchema,
              content: z.file().max(MAX_SOURCE_BYTES, 'the file has more than 64 MiB; choose a smaller one'),
            }),
          )
          .min(1)
          .max(64),
      }),
    )
    .output(sourceReadingSchema),
  /** Null when nothing is being edited. */
  draft: procedure('brand.notFound')
    .input(z.strictObject({ brandId: brandIdSchema }))
    .output(brandDraftSchema.nullable()),
  /** Replaces the brand's draft. Files come with the call, from the draft before or from the version that it is based on. */
  saveDraft: procedure('brand.notFound', 'brand.invalid', 'brand.fileMissing')
    .input(
      z.strictObject({
        brandId: brandIdSchema,
        basedOn: brandVersionIdSchema,
        kit: brandKitSchema,
        files: z.array(upload).max(64),
      }),
    )
    .output(brandDraftSchema),
  discardDraft: procedure('brand.notFound')
    .input(z.strictObject({ brandId: brandIdSchema }))
    .output(z.strictObject({ discarded: z.boolean() })),
  /** Freezes an edited kit as the brand's next version and ends its draft. Files that the kit still names are carried over. */
  saveVersion: procedure('brand.notFound', 'brand.invalid', 'brand.fileMissing')
    .input(z.strictObject({ brandId: brandIdSchema, kit: brandKitSchema, files: z.array(upload).max(64) }))
    .output(brandVersionSchema),
  /** Composes a sample picture for an unsaved kit, so that an edit can be seen at once. Returns the object to show. */
  sample: procedure('format.notFound', 'brand.notFound', 'brand.invalid', 'brand.fileMissing')
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
