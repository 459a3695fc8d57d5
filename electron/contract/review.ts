import { z } from 'zod';
import { assetSummarySchema, flagSchema, reviewStatusSchema, starsSchema } from './asset.ts';
import { assetIdSchema, verdictIdSchema } from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';

/** One axis and its new value; the three axes are independent of each other. */
export const decisionSchema = z.discriminatedUnion('axis', [
  z.strictObject({ axis: z.literal('flag'), value: flagSchema }),
  z.strictObject({ axis: z.literal('stars'), value: starsSchema }),
  z.strictObject({ axis: z.literal('status'), value: reviewStatusSchema }),
]);
export type Decision = z.infer<typeof decisionSchema>;

const decided = z.strictObject({ group: verdictIdSchema, assets: z.array(assetSummarySchema) });

export const reviewContract = {
  /** Writes one verdict for each asset whose value changes. */
  decide: procedure('asset.notFound')
    .input(
      z.strictObject({
        assetIds: z.array(assetIdSchema).min(1).max(10_000),
        decision: decisionSchema,
        reason: z.string().max(500),
      }),
    )
    .output(decided),
  /** Takes back the newest group of verdicts that is not taken back yet, by writing verdicts that restore the values before. */
  undo: procedure('review.nothingToUndo').input(emptySchema).output(decided),
  redo: procedure('review.nothingToUndo').input(emptySchema).output(decided),
};
