import type { AssetId, BatchId, BriefId, PlanId } from '../../contract/identifiers.ts';
import type { FormatId } from '../../contract/format.ts';
import { startBatch } from './control-batch.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { createPlan } from './create-plan.ts';
import { requireArt } from './require-art.ts';

export type VaryInput = {
  readonly assetId: AssetId;
  /** Share of the steps that run, over 0 to 1: how far the new pictures may go from the old one. */
  readonly strength: number;
  readonly formatIds: FormatId[];
  /** Pictures for each format. */
  readonly count: number;
  readonly seed: number;
  readonly name: string;
};

export type Variations = { readonly briefId: BriefId; readonly planId: PlanId; readonly batchId: BatchId };

/**
 * Makes pictures from what lies under an asset's type and logo: the same concept, language, brand version and template, in any formats.
 * They become a plan of their own, and the batch begins. @throws asset.notFound, asset.notMade, library.unsupportedFile, and what plans and batches throw
 */
export function varyPicture(context: StudioContext, input: VaryInput, askedBy: string): Variations {
  const { library } = context;
  const asset = library.assets.getMade(input.assetId);
  const hash = requireArt(library, input.assetId);
  const { template } = asset.recipe;
  const plan = createPlan(context, {
    briefId: asset.briefId,
    brandVersionId: asset.brandVersionId,
    name: input.name,
    conceptIds: [asset.conceptId],
    formatIds: input.formatIds,
    locales: [asset.locale],
    variations: input.count,
    templates: template === null ? [] : [template.name],
    seed: input.seed,
    source: { hash, strength: input.strength, mask: null },
  });
  const batch = startBatch(context, plan.id, null, askedBy);
  return { briefId: asset.briefId, planId: plan.id, batchId: batch.id };
}
