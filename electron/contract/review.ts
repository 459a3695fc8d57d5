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

/** Most people whose agreement a library may ask for. */
export const MAX_QUORUM = 20;

/**
 * How the status of an asset follows from the verdicts of several people. "newest": the last word counts. "unanimous": everybody who decided says the same.
 * "quorum": so many say the same. "role": the last word of those who have at least this role.
 */
export const verdictRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('newest') }),
  z.strictObject({ kind: z.literal('unanimous') }),
  z.strictObject({ kind: z.literal('quorum'), count: z.int().min(2).max(MAX_QUORUM) }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(['reviewer', 'producer', 'admin']) }),
]);
export type VerdictRule = z.infer<typeof verdictRuleSchema>;
export const usualRule: VerdictRule = { kind: 'newest' };

const decided = z.strictObject({
  group: verdictIdSchema,
  /** After the change. */
  assets: z.array(assetSummarySchema),
  /** Whether there is something for undo: false where nothing was said that this person had not said before. */
  isWritten: z.boolean(),
});

export const reviewContract = {
  /** Writes one verdict for each asset of which this person says something new, be it that they agree with others. */
  decide: procedure('asset.notFound', 'asset.notMade')
    .input(
      z.strictObject({
        assetIds: z.array(assetIdSchema).min(1).max(10_000),
        decision: decisionSchema,
        reason: z.string().max(500),
      }),
    )
    .output(decided),
  /** Takes back one's own newest group of verdicts that stands; what others said counts as if it had not been. */
  undo: procedure('review.nothingToUndo').input(emptySchema).output(decided),
  redo: procedure('review.nothingToUndo').input(emptySchema).output(decided),
  rule: procedure().input(emptySchema).output(verdictRuleSchema),
  /** Derives the status of every asset anew. Verdicts stay as they are. */
  setRule: procedure()
    .input(z.strictObject({ rule: verdictRuleSchema }))
    .output(z.strictObject({ changed: z.int().nonnegative() })),
};
