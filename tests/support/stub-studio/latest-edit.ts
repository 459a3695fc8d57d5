import type { DeliverableId, PlanId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable } from '../../../electron/contract/ideation.ts';
import type { StubLibrary } from './stub-library.ts';

/** What stands in the place of a deliverable now. */
export function latestEdit(library: StubLibrary, id: DeliverableId): Deliverable | undefined {
  const edit = [...library.deliverables.values()].find(({ origin }) => origin.kind === 'edit' && origin.of === id);
  return edit === undefined ? library.deliverables.get(id) : latestEdit(library, edit.id);
}

/** What the concepts of a plan say now. */
export function listStubHeadlines(library: StubLibrary, planId: PlanId) {
  return (library.plans.get(planId)?.conceptIds ?? []).flatMap((conceptId) => {
    const content = latestEdit(library, conceptId)?.content;
    return content?.kind === 'concept' ? [{ conceptId, headline: content.concept.headline }] : [];
  });
}
