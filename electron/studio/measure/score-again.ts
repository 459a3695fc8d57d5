import type { ComplianceReport } from '../../contract/compliance.ts';
import { composeLegalLine, listRequiredLines } from '../../domain/brand/policy.ts';
import { addChecks } from '../../domain/compliance/measure-compliance.ts';
import { checkSameness } from '../../domain/compliance/sameness-check.ts';
import { listRuledOutTerms } from '../../domain/ideation/prompt-context.ts';
import type { AssetId, BrandVersionId } from '../../contract/identifiers.ts';
import type { KitStore } from '../brand/kit-files.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import type { StyleJudge } from '../plan/judge-style.ts';
import { refuseWithoutArt, requireArt } from '../plan/require-art.ts';
import type { PictureScorer } from './picture-scorer.ts';

export type ScoreAgain = (job: {
  readonly assetId: AssetId;
  readonly brandVersionId: BrandVersionId;
}) => Promise<ComplianceReport>;

/** Measures a picture of the library against another brand version. */
export function createScoreAgain(
  { library, reader }: KitStore,
  scorer: PictureScorer,
  judgeStyle: StyleJudge,
  nowMs: () => number,
): ScoreAgain {
  const loadBrand = createBrandLoader({ library, reader });

  return async function scoreAgain({ assetId, brandVersionId }) {
    const asset = library.assets.getMade(assetId);
    const { template } = asset.recipe;
    const artHash = requireArt(library, assetId);
    if (template === null) throw refuseWithoutArt(library, assetId);
    const [made, wanted] = await Promise.all([loadBrand(asset.brandVersionId), loadBrand(brandVersionId)]);
    const { fields } = library.briefs.get(asset.briefId);
    const { headline, body, callToAction } = template;
    const art = await library.store.read(artHash);
    const { report, fingerprint } = await scorer.ask({
      art,
      delivered: await library.store.read(asset.hash),
      made: { kit: made.version.kit, files: made.files },
      template: {
        name: template.name,
        version: template.version,
        ...(template.aids === undefined ? {} : { aids: template.aids }),
      },
      wanted: { kit: wanted.version.kit, files: wanted.files },
      brandVersionId,
      format: library.formats.get(asset.formatId),
      headline,
      body,
      callToAction,
      legal: composeLegalLine(listRequiredLines(made.version.kit, asset.locale), [headline, body, callToAction]),
      forbiddenTerms: listRuledOutTerms(fields, wanted.version.kit),
      requiredTerms: listRequiredLines(wanted.version.kit, asset.locale),
      measuredAtMs: nowMs(),
    });
    // Both are measured anew: the references may be others by now, and what was made since or approved may look the same.
    const style = await judgeStyle(art, wanted, {});
    const known = library.assets.fingerprints(asset.planId, asset.formatId, assetId);
    return addChecks(report, [
      ...(style === null ? [] : [style]),
      checkSameness(fingerprint, known, wanted.version.kit.thresholds.sameness),
    ]);
  };
}
