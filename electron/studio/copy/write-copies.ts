import type { CopyPlace, Words } from '../../contract/copy.ts';
import { StudioError } from '../../contract/errors.ts';
import type { PlanId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

/** Words by hand, for places of a plan; null gives a place back to its concept. Returns how many differ from what counted. @throws plan.notFound, input.invalid for a place that the plan does not have */
export function writeCopies(
  { plans, copies }: Library,
  planId: PlanId,
  wanted: readonly (CopyPlace & { readonly words: Words | null })[],
): number {
  const plan = plans.get(planId);
  const issues = wanted.flatMap(({ conceptId, locale, formatId }, at) => [
    ...(plan.conceptIds.includes(conceptId)
      ? []
      : [{ path: `copies.${at}.conceptId`, message: 'no concept of this plan' }]),
    ...(plan.locales.includes(locale) ? [] : [{ path: `copies.${at}.locale`, message: 'no language of this plan' }]),
    ...(formatId === null || plan.formatIds.includes(formatId)
      ? []
      : [{ path: `copies.${at}.formatId`, message: 'no channel format of this plan' }]),
  ]);
  const [first] = issues;
  if (first !== undefined)
    throw new StudioError('input.invalid', `The words cannot be kept: ${first.path} names ${first.message}.`, {
      issues: issues.slice(0, 50),
    });
  return copies.write(wanted.map((copy) => ({ ...copy, origin: { kind: 'hand' } })));
}
