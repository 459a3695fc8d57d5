import { z } from 'zod';
import { brandVersionIdSchema, timestampMsSchema } from './identifiers.ts';

export const checkNameSchema = z.enum([
  'palette',
  'off-palette',
  'palette-share',
  'contrast',
  'busy-ground',
  'safe-area',
  'text-fit',
  'logo',
  'logo-contrast',
  'logo-space',
  'logo-size',
  'logo-variant',
  'logo-ground',
  'terms',
  'required-terms',
  'voice',
  'style',
  'sameness',
  'format',
]);
export type CheckName = z.infer<typeof checkNameSchema>;

/** Pixels of the finished picture, from its top left corner. */
export const regionSchema = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});
export type Region = z.infer<typeof regionSchema>;

export const complianceCheckSchema = z.strictObject({
  name: checkNameSchema,
  /** In the check's own unit, which `unit` names. */
  score: z.number(),
  threshold: z.number(),
  unit: z.string().max(20),
  /** Whether a pass means at most or at least the threshold. */
  better: z.enum(['lower', 'higher']),
  passed: z.boolean(),
  reason: z.string().max(400),
  region: regionSchema.nullable(),
  /** A word for what went wrong that a model understands, such as the name of a foreign colour. */
  culprit: z.string().max(60).optional(),
  /** What of the template a check of both is about, where it failed. */
  part: z.enum(['text', 'logo']).optional(),
});
export type ComplianceCheck = z.infer<typeof complianceCheckSchema>;

export const complianceReportSchema = z.strictObject({
  brandVersionId: brandVersionIdSchema,
  passed: z.boolean(),
  checks: z.array(complianceCheckSchema).max(24),
  measuredAtMs: timestampMsSchema,
});
export type ComplianceReport = z.infer<typeof complianceReportSchema>;
