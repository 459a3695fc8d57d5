import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { engineKindSchema } from './engine-protocol.ts';
import { assetIdSchema, batchIdSchema, briefIdSchema, timestampMsSchema } from './identifiers.ts';
import { importReportSchema } from './model.ts';
import { emptySchema, procedure } from './procedure.ts';

export const engineStateSchema = z.enum(['off', 'starting', 'loading', 'idle', 'working', 'restarting', 'broken']);
export const engineStatusSchema = z.strictObject({
  kind: engineKindSchema,
  state: engineStateSchema,
  model: z.string().nullable(),
  device: z.string().nullable(),
  /** Why it runs there, and what it had to do without since; sentences for the user. */
  deviceNotes: z.array(z.string()).optional(),
  /** What it does, in words ("Writing concept 3 of 6"). */
  doing: z.string().nullable(),
  restarts: z.int().nonnegative(),
  reason: z.string().nullable(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const ledgerSchema = z.strictObject({
  device: z.string(),
  totalMiB: z.number(),
  freeMiB: z.number(),
  reservations: z.array(z.strictObject({ holder: z.string(), kind: engineKindSchema, sizeMiB: z.number() })),
});
export type Ledger = z.infer<typeof ledgerSchema>;

export const systemStatusSchema = z.strictObject({
  engines: z.array(engineStatusSchema),
  ledgers: z.array(ledgerSchema),
  queue: z.strictObject({
    waiting: z.int(),
    running: z.int(),
    imagesPerMinute: z.number().nullable(),
    remainingSeconds: z.number().nullable(),
  }),
  /** What leaves this machine. The studio itself never connects out; a browser host that others reach says so here. */
  network: z.strictObject({ offline: z.boolean(), listening: z.string().nullable() }),
});
export type SystemStatus = z.infer<typeof systemStatusSchema>;

export const modelSchema = z.strictObject({
  name: z.string(),
  kind: engineKindSchema,
  family: z.string(),
  sizeBytes: z.int(),
  licence: z.string(),
  shipped: z.boolean(),
  note: z.string(),
  /** Only for a LoRA: the family that it was trained for, or "unknown". It is merged into a model and runs none by itself. */
  lora: z.strictObject({ base: z.string() }).optional(),
  /** Type of its weights, where an import has read it. */
  precision: z.string().max(40).optional(),
  /** What its import found out, where it was brought in by one and has a folder to keep it in. */
  imported: importReportSchema.optional(),
  /** Null when it can be used; else why not. */
  problem: z.string().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

export const searchHitSchema = z.strictObject({
  kind: z.enum(['brief', 'concept', 'asset', 'brand']),
  id: z.string(),
  briefId: briefIdSchema.nullable(),
  assetId: assetIdSchema.nullable(),
  title: z.string(),
  /** The place that matched; matches stand between U+2039 and U+203A. */
  excerpt: z.string(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

export const systemContract = {
  about: procedure()
    .input(emptySchema)
    .output(
      z.strictObject({
        version: z.string(),
        libraryName: z.string(),
        readOnly: z.boolean(),
        role: z.string(),
        /** The page runs on the studio's machine, so it may name places on it. */
        sharesMachine: z.boolean(),
        platform: z.string(),
        startedAtMs: timestampMsSchema,
        /** Why this studio took the place of another one; null for an ordinary start. */
        restartedAfter: z.enum(['frozen', 'ended']).nullable(),
      }),
    ),
  status: procedure().input(emptySchema).output(eventIterator(systemStatusSchema)),
  models: procedure().input(emptySchema).output(z.array(modelSchema)),
  search: procedure()
    .input(z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(100) }))
    .output(z.array(searchHitSchema)),
  restartEngine: procedure('engine.unavailable')
    .input(z.strictObject({ kind: engineKindSchema }))
    .output(emptySchema),
  runningBatch: procedure()
    .input(emptySchema)
    .output(z.strictObject({ batchId: batchIdSchema.nullable() })),
};
