import type { ComplianceReport } from '../../contract/compliance.ts';
import type { CompositionAid } from '../../contract/recipe.ts';
import { planAids, wantsOtherTemplate } from '../../domain/production/plan-aids.ts';
import { composePicture } from './compose-picture.ts';
import type { ComposedPicture, ComposeInput } from './compose-picture.ts';

/** A composition and what the checks say of it. */
export type JudgedPicture = { readonly composed: ComposedPicture; readonly report: ComplianceReport };

/** Templates that are tried on one picture besides its own. */
const MAX_SPARE_TEMPLATES = 3;

const countFailed = ({ report }: JudgedPicture) => report.checks.filter(({ passed }) => !passed).length;

/**
 * Sets type and logo, measures the result, and sets them again over the same art where that can mend what failed: with a veil, a panel or a chip, or in one of the spare
 * templates. Gives the setting that fails fewest checks, the plainest of those. Errors are those of `composePicture`.
 */
export async function composeToBrand(
  input: ComposeInput,
  judge: (composed: ComposedPicture) => ComplianceReport,
  spareTemplates: readonly string[] = [],
): Promise<JudgedPicture> {
  let best = await composeWithAids(input, judge);
  for (const template of spareTemplates.slice(0, MAX_SPARE_TEMPLATES)) {
    if (!wantsOtherTemplate(best.report.checks)) break;
    const other = await composeWithAids({ ...input, kit: { ...input.kit, template } }, judge);
    if (countFailed(other) < countFailed(best)) best = other;
  }
  return best;
}

async function composeWithAids(
  input: ComposeInput,
  judge: (composed: ComposedPicture) => ComplianceReport,
): Promise<JudgedPicture> {
  const compose = async (aids: readonly CompositionAid[]): Promise<JudgedPicture> => {
    const composed = await composePicture({ ...input, aids });
    return { composed, report: judge(composed) };
  };
  let best = await compose([]);
  let latest = best;
  for (let aids = planAids(best.report.checks, []); aids !== null; aids = planAids(latest.report.checks, aids)) {
    latest = await compose(aids);
    if (countFailed(latest) < countFailed(best)) best = latest;
  }
  return best;
}
