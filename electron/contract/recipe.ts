import { z } from 'zod';
import { brandVersionIdSchema, objectHashSchema, seedSchema } from './identifiers.ts';

/**
 * Names of the sampling algorithms, as `_class_name` in `scheduler_config.json` shortens to. "sde" and "karras" ask for fresh noise
 * at each step and for Karras' noise levels whatever the model's configuration says; "dpmpp-2m" alone goes by the configuration.
 */
export const schedulerNameSchema = z.enum([
  'ddim',
  'euler',
  'euler-ancestral',
  'heun',
  'dpmpp-2m',
  'dpmpp-2m-karras',
  'dpmpp-2m-sde',
  'dpmpp-2m-sde-karras',
  'unipc',
  'pndm',
  'lcm',
  'tcd',
  'flow-match-euler',
]);
export type SchedulerName = z.infer<typeof schedulerNameSchema>;

export const hexColourSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/, 'a colour is written as # and six lower-case hexadecimal digits, for example #1f6feb');

/** Pulls the forming picture towards a palette. Strength 0 (off) to 1. */
export const paletteGuidanceSchema = z.strictObject({
  colours: z
    .array(z.strictObject({ hex: hexColourSchema, share: z.number().min(0).max(1) }))
    .min(1)
    .max(12),
  strength: z.number().min(0).max(1),
});
export type PaletteGuidance = z.infer<typeof paletteGuidanceSchema>;

export const loraUseSchema = z.strictObject({
  name: z.string().max(200),
  hash: z.string().max(64),
  weight: z.number().min(-4).max(4),
});
export type LoraUse = z.infer<typeof loraUseSchema>;

/** A picture that another is made from: its strength is the share of the steps, the last ones, that run. Objects of the library. */
export const pictureSourceSchema = z.strictObject({
  hash: objectHashSchema,
  strength: z.number().gt(0).max(1),
  /** White where the picture changes, black where it stays; null changes all of it. */
  mask: objectHashSchema.nullable(),
});
export type PictureSource = z.infer<typeof pictureSourceSchema>;

/**
 * What a composition does beyond its template so that type and logo can be read on a picture: a veil that suits every letter, a panel behind the type, a chip behind the logo.
 */
export const compositionAidSchema = z.enum(['veil', 'panel', 'chip']);
export type CompositionAid = z.infer<typeof compositionAidSchema>;

/** Everything that is needed to make the same pixels again on the same engine build and thread count. Widths and heights in pixels. */
export const recipeSchema = z.strictObject({
  version: z.literal(1),
  engineBuild: z.string().max(200),
  model: z.strictObject({ name: z.string().max(200), hash: z.string().max(64) }),
  loras: z.array(loraUseSchema).max(16),
  prompt: z.string().max(4000),
  negativePrompt: z.string().max(4000),
  seed: seedSchema,
  scheduler: schedulerNameSchema,
  steps: z.int().min(1).max(200),
  guidance: z.number().min(0).max(30),
  width: z.int().min(64).max(8192),
  height: z.int().min(64).max(8192),
  paletteGuidance: paletteGuidanceSchema.nullable(),
  /** Absent is 0. */
  guidanceRescale: z.number().min(0).max(1).optional(),
  /** Absent where the picture was made from noise alone. */
  source: pictureSourceSchema.optional(),
  brandVersionId: brandVersionIdSchema.nullable(),
  template: z
    .strictObject({
      name: z.string().max(100),
      version: z.int().min(1),
      outputWidth: z.int().min(1).max(8192),
      outputHeight: z.int().min(1).max(8192),
      headline: z.string().max(300),
      body: z.string().max(600),
      callToAction: z.string().max(100),
      logo: objectHashSchema.nullable(),
      /** Absent where the template's own means were enough. */
      aids: z.array(compositionAidSchema).min(1).max(3).optional(),
    })
    .nullable(),
});
export type Recipe = z.infer<typeof recipeSchema>;
