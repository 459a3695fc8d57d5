import type { DeliverableId, PlanId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

/** What the concepts of a plan say now, by the id that the plan names: an edit is a deliverable of its own, and a plan keeps the id of the first. @throws plan.notFound */
export function listHeadlines(
  library: Library,
  planId: PlanId,
): { readonly conceptId: DeliverableId; readonly headline: string }[] {
  return library.plans.get(planId).conceptIds.flatMap((conceptId) => {
    const { content } = library.deliverables.latest(conceptId);
    return content.kind === 'concept' ? [{ conceptId, headline: content.concept.headline }] : [];
  });
}
