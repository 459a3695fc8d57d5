import type { BrandKit } from '../../contract/brand.ts';
import type { DeliverableId } from '../../contract/identifiers.ts';
import type { Plan } from '../../contract/plan.ts';

/** The template of one cell: those of the plan in turn, so that neighbouring concepts and variations look different and a concept looks the same in every format. */
export function chooseTemplate(
  { templates = [], conceptIds }: Pick<Plan, 'templates' | 'conceptIds'>,
  kit: BrandKit,
  conceptId: DeliverableId,
  variation: number,
): string {
  if (templates.length === 0) return kit.template;
  return templates[(Math.max(0, conceptIds.indexOf(conceptId)) + variation) % templates.length] ?? kit.template;
}

/** Every template that a kit offers to a plan, its own first. */
export function listKitTemplates({ template, templates }: Pick<BrandKit, 'template' | 'templates'>): string[] {
  return [...new Set([template, ...templates])];
}
