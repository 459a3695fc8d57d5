import type { BrandVersion } from '../../contract/brand.ts';
import type { Asset } from '../../contract/asset.ts';
import type { ComplianceCheck, ComplianceReport } from '../../contract/compliance.ts';
import { StudioError } from '../../contract/errors.ts';
import { composeLegalLine, listRequiredLines } from '../../domain/brand/policy.ts';
import { addChecks } from '../../domain/compliance/measure-compliance.ts';
import { listForbiddenTerms } from '../../domain/ideation/prompts.ts';
import type { Library } from '../../library/library.ts';
import type { RescoreJob } from '../../library/repositories/rescore-repository.ts';
import { createBrandLoader } from '../brand/load-brand.ts';
import type { PictureScorer } from './picture-scorer.ts';

export type ScoreAgain = (job: RescoreJob) => Promise<ComplianceReport>;

/** Measures a picture of the library against another brand version. */
export function createScoreAgain(library: Library, scorer: PictureScorer, nowMs: () => number): ScoreAgain {
  const loadBrand = createBrandLoader(library);

  return async function scoreAgain({ assetId, brandVersionId }) {
    const asset = library.assets.get(assetId);
    const { template } = asset.recipe;
    const artHash = library.assets.art(assetId);
    if (artHash === null || template === null) {
      throw new StudioError(
        'library.unsupportedFile',
        'This picture was made before the studio kept what lies under type and logo. Make it again to score it.',
        { name: assetId, reason: 'the picture under its type and logo was not kept; make it again to score it' },
      );
    }
    const [made, wanted] = await Promise.all([loadBrand(asset.brandVersionId), loadBrand(brandVersionId)]);
    const { fields } = library.briefs.get(asset.briefId);
    const { headline, body, callToAction } = template;
    const report = await scorer.ask({
      art: await library.store.read(artHash),
      delivered: await library.store.read(asset.hash),
      made: { kit: { ...made.version.kit, template: template.name }, files: made.files },
      wanted: { kit: wanted.version.kit, files: wanted.files },
      brandVersionId,
      formatId: asset.formatId,
      headline,
      body,
      callToAction,
      legal: composeLegalLine(listRequiredLines(made.version.kit, asset.locale), [headline, body, callToAction]),
      forbiddenTerms: [
        ...listForbiddenTerms(fields, wanted.version.kit.voice),
        ...wanted.version.kit.policy.forbiddenClaims,
      ],
      requiredTerms: listRequiredLines(wanted.version.kit, asset.locale),
      measuredAtMs: nowMs(),
    });
    return addChecks(report, carryOver(library, asset, made.version, wanted.version, report));
  };
}

/**
 * Checks that need more than the picture (its neighbours, the encoder) keep their measured score and are held against the new threshold. A style distance only
 * counts while the references are the same files.
 */
function carryOver(
  library: Library,
  { id }: Asset,
  made: BrandVersion,
  wanted: BrandVersion,
  report: ComplianceReport,
): ComplianceCheck[] {
  const pinned = library.assets.reports(id).find(({ brandVersionId }) => brandVersionId === made.id);
  const measured = new Set(report.checks.map(({ name }) => name));
  const hasSameReferences = listReferences(made) === listReferences(wanted);
  const thresholds: Partial<Record<ComplianceCheck['name'], number>> = {
    sameness: wanted.kit.thresholds.sameness,
    ...(hasSameReferences ? { style: wanted.kit.thresholds.styleDistance } : {}),
  };
  return (pinned?.checks ?? []).flatMap((check) => {
    const threshold = thresholds[check.name];
    if (threshold === undefined || measured.has(check.name)) return [];
    return [
      { ...check, threshold, passed: check.better === 'lower' ? check.score <= threshold : check.score >= threshold },
    ];
  });
}

function listReferences({ kit, files }: BrandVersion): string {
  return kit.style.references.map((file) => files[file]).join(' ');
}
