import { z } from 'zod';
import { checkNameSchema } from './compliance.ts';
import { seedSchema } from './identifiers.ts';

/** One thing that is done differently when a picture is made again. */
export const remakeChangeSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('seed'), from: seedSchema, to: seedSchema }),
  z.strictObject({ what: z.literal('paletteGuidance'), from: z.number(), to: z.number() }),
  z.strictObject({ what: z.literal('negativeTerm'), added: z.string().max(200) }),
  z.strictObject({ what: z.literal('template'), from: z.string().max(100), to: z.string().max(100) }),
]);
export type RemakeChange = z.infer<typeof remakeChangeSchema>;

/** What a try is made with; null follows the brand kit. */
export const remakeSettingsSchema = z.strictObject({
  seed: seedSchema,
  paletteGuidance: z.number().min(0).max(1).nullable(),
  negativeTerms: z.array(z.string().max(200)).max(20),
  template: z.string().max(100).nullable(),
});
export type RemakeSettings = z.infer<typeof remakeSettingsSchema>;

/** Why a cell's picture is made again, and how. */
export const remakeSchema = z.strictObject({
  /** Which try this is: 2 is the first one after a failure; a person's wish begins again at 1. */
  number: z.int().min(1).max(20),
  cause: z.enum(['checks', 'person']),
  /** The checks that the try before failed. */
  failedChecks: z.array(checkNameSchema).max(24),
  changes: z.array(remakeChangeSchema).min(1).max(8),
  settings: remakeSettingsSchema,
});
export type Remake = z.infer<typeof remakeSchema>;
