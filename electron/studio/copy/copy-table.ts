import type { CopyTable, Words } from '../../contract/copy.ts';
import type { PlanId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

/** The concepts of a plan with what they say now, its languages, and the copies that count. @throws plan.notFound */
export function readCopyTable({ plans, deliverables, copies }: Library, planId: PlanId): CopyTable {
  const plan = plans.get(planId);
  const concepts = plan.conceptIds.flatMap((conceptId) => {
    const { content } = deliverables.latest(conceptId);
    if (content.kind !== 'concept') return [];
    const { title, headline, body, callToAction } = content.concept;
    const words: Words = { headline, body, callToAction };
    return [{ conceptId, title, words }];
  });
  return { concepts, locales: plan.locales, copies: copies.list(planId) };
}
