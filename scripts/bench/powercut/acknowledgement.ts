import { z } from 'zod';
import {
  assetIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  objectHashSchema,
  planIdSchema,
} from '../../../electron/contract/identifiers.ts';

/** What the workload said was done. From that moment on it must survive everything. */
export const acknowledgementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened') }),
  z.strictObject({ kind: z.literal('brand'), id: brandVersionIdSchema, hashes: z.array(objectHashSchema) }),
  z.strictObject({ kind: z.literal('brief'), id: briefIdSchema, text: z.string() }),
  z.strictObject({ kind: z.literal('plan'), id: planIdSchema, cells: z.int() }),
  z.strictObject({ kind: z.literal('asset'), id: assetIdSchema, hash: objectHashSchema }),
  z.strictObject({ kind: z.literal('stars'), ids: z.array(assetIdSchema), stars: z.int() }),
  z.strictObject({ kind: z.literal('copied'), name: z.string() }),
  z.strictObject({ kind: z.literal('later'), id: briefIdSchema }),
  z.strictObject({ kind: z.literal('restored'), withoutId: briefIdSchema }),
  z.strictObject({ kind: z.literal('putBack'), ids: z.array(assetIdSchema) }),
  z.strictObject({ kind: z.literal('emptied'), ids: z.array(assetIdSchema) }),
]);
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;
