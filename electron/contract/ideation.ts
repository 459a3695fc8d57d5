import { z } from 'zod';
import {
  brandVersionIdSchema,
  briefIdSchema,
  deliverableIdSchema,
  seedSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { procedure } from './procedure.ts';
import { runSchema } from './run.ts';

export const personaSchema = z.strictObject({
  name: z.string().min(1).max(40),
  summary: z.string().min(1).max(160),
  needs: z.array(z.string().min(1).max(80)).min(2).max(3),
  frustrations: z.array(z.string().min(1).max(80)).min(2).max(2),
  quote: z.string().min(1).max(120),
});
export const gapSchema = z.strictObject({
  title: z.string().min(1).max(60),
  observation: z.string().min(1).max(160),
  opportunity: z.string().min(1).max(160),
});
export const conceptSchema = z.strictObject({
  title: z.string().min(1).max(40),
  headline: z.string().min(1).max(60),
  body: z.string().min(1).max(180),
  callToAction: z.string().min(1).max(24),
  imagePrompt: z.string().min(1).max(160),
});
export type Persona = z.infer<typeof personaSchema>;
export type Gap = z.infer<typeof gapSchema>;
export type Concept = z.infer<typeof conceptSchema>;

export const deliverableContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('persona'), persona: personaSchema }),
  z.strictObject({ kind: z.literal('gap'), gap: gapSchema }),
  z.strictObject({ kind: z.literal('concept'), concept: conceptSchema }),
]);
export type DeliverableContent = z.infer<typeof deliverableContentSchema>;
export type DeliverableKind = DeliverableContent['kind'];

export const deliverableSchema = z.strictObject({
  id: deliverableIdSchema,
  briefId: briefIdSchema,
  content: deliverableContentSchema,
  /** Where it came from: the model, or a person who edited an earlier one. */
  origin: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('model'),
      model: z.string(),
      modelHash: z.string(),
      system: z.string(),
      prompt: z.string(),
      seed: seedSchema,
      /** Lines of the brief that the model did not read, because its context had no room for them. */
      leftOut: z.array(z.string()).max(16_000).optional(),
    }),
    z.strictObject({ kind: z.literal('edit'), of: deliverableIdSchema }),
  ]),
  /** The deliverables that it was built on. */
  parentIds: z.array(deliverableIdSchema).max(8),
  /** The facts and lines of the brief whose words it uses. */
  citations: z.array(z.strictObject({ field: z.string(), text: z.string() })).max(60),
  chosen: z.boolean(),
  createdAtMs: timestampMsSchema,
});
export type Deliverable = z.infer<typeof deliverableSchema>;

export const ideationContract = {
  /** Every deliverable of a brief that is not in the bin, oldest first; an edited one replaces what it was made of. */
  board: procedure('brief.notFound')
    .input(z.strictObject({ briefId: briefIdSchema }))
    .output(z.array(deliverableSchema)),
  /** Begins a run that writes personas, gaps and concepts for a brief. It goes on whether or not anybody watches. */
  run: procedure('brief.notFound', 'brand.notFound', 'model.notInstalled')
    .input(
      z.strictObject({
        briefId: briefIdSchema,
        brandVersionId: brandVersionIdSchema.nullable(),
        personas: z.int().min(0).max(4),
        gaps: z.int().min(0).max(6),
        concepts: z.int().min(0).max(24),
        seed: seedSchema,
        /** The text model of this run; left out, the campaign's, else the usual one. */
        model: z.string().min(1).max(200).optional(),
      }),
    )
    .output(runSchema),
  choose: procedure('deliverable.notFound')
    .input(z.strictObject({ deliverableIds: z.array(deliverableIdSchema).min(1).max(500), chosen: z.boolean() }))
    .output(z.array(deliverableSchema)),
  edit: procedure('deliverable.notFound')
    .input(z.strictObject({ deliverableId: deliverableIdSchema, content: deliverableContentSchema }))
    .output(deliverableSchema),
  bin: procedure('deliverable.notFound')
    .input(z.strictObject({ deliverableIds: z.array(deliverableIdSchema).min(1).max(500) }))
    .output(z.strictObject({ binned: z.int() })),
  restore: procedure('deliverable.notFound')
    .input(z.strictObject({ deliverableIds: z.array(deliverableIdSchema).min(1).max(500) }))
    .output(z.strictObject({ restored: z.int() })),
};
