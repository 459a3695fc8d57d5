import { join } from 'node:path';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import type { Brief } from '../../../electron/contract/brief.ts';
import type { DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import type { FormatId } from '../../../electron/contract/format.ts';
import { importBrandFolder } from '../../../electron/studio/brand/import-brand-folder.ts';
import { createBrief } from '../../../electron/studio/brief/create-brief.ts';
import { createPlan } from '../../../electron/studio/plan/create-plan.ts';
import type { StudioContext } from '../../../electron/studio/system/studio-context.ts';

export const exampleFolder: string = join(import.meta.dirname, '..', '..', '..', 'examples', 'lumen-oat');

export const briefText = `---
name: First bottle
product: Lumen Oat
what: oat drink in returnable glass bottles
audience: city families who cook at home
goal: make people try the first bottle
facts:
  - made from Baltic oats
---
Notes for the team.
`;

export type MadePlan = {
  readonly brief: Brief;
  readonly brandVersion: BrandVersion;
  readonly conceptIds: DeliverableId[];
  readonly plan: Plan;
};

/** A brief, the example brand, concepts written by a person, and a plan of so many cells (rounded up to whole variations). */
export async function makePlan(
  context: StudioContext,
  cells: number,
  {
    formatIds = ['link-card'],
    imagePrompt = 'calm gradient, soft, open space on the left, in navy and cream',
    concepts = 2,
  }: { formatIds?: FormatId[]; imagePrompt?: string; concepts?: number } = {},
): Promise<MadePlan> {
  const brandVersion = await importBrandFolder(context, join(exampleFolder, 'brand.json'));
  const brief = createBrief(context, briefText);
  const conceptIds = Array.from({ length: concepts }, (_, index) =>
    addConcept(context, brief, `Morning ${index + 1}`, imagePrompt),
  );
  const variations = Math.ceil(cells / (concepts * formatIds.length));
  const plan = createPlan(context, {
    briefId: brief.id,
    brandVersionId: brandVersion.id,
    name: `Plan of ${cells}`,
    conceptIds,
    formatIds,
    locales: ['en'],
    variations,
    seed: 7,
  });
  return { brief, brandVersion, conceptIds, plan };
}

export function addConcept(
  { library }: StudioContext,
  brief: Brief,
  headline: string,
  imagePrompt: string,
): DeliverableId {
  return library.deliverables.add({
    briefId: brief.id,
    content: {
      kind: 'concept',
      concept: { title: headline, headline, body: 'Made from Baltic oats.', callToAction: 'Try a bottle', imagePrompt },
    },
    origin: { kind: 'model', model: 'none', modelHash: '', system: '', prompt: '', seed: 1 },
    parentIds: [],
    citations: [],
  }).id;
}
