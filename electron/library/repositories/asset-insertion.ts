import type { ComplianceCheck, ComplianceReport } from '../../contract/compliance.ts';
import { assetIdSchema } from '../../contract/identifiers.ts';
import type { AssetId } from '../../contract/identifiers.ts';
import { keepAssetText } from './document-index.ts';
import type { PictureResult } from './picture-repository.ts';
import { keepObject } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

const insertAssetRow = `
INSERT INTO assets (id, hash, width, height, headline, format_id, locale, brief_sequence, brand_version_sequence, plan_sequence, run_sequence, cell_sequence, job_sequence,
  text_sequence, compliant, failed_checks, worst_margin, fingerprint, created_at_ms)
SELECT ?, ?, ?, ?, ?, format_id, locale, brief_sequence, brand_version_sequence, plans.sequence, run_sequence, cells.sequence, jobs.sequence, ?, ?, ?, ?, ?, ?
FROM jobs JOIN cells ON cells.sequence = cell_sequence JOIN plans ON plans.sequence = plan_sequence WHERE jobs.sequence = ?`;

/** Writes everything that a finished picture consists of; call inside the transaction that ends its job. @throws library.objectMissing */
export function insertAsset(context: RepositoryContext, jobSequence: number, result: PictureResult): AssetId {
  const { database, clock, newId } = context;
  const assetId = assetIdSchema.parse(newId());
  keepObject(context, result.hash);
  const { compliant, failedChecks, worstMargin } = summariseReport(result.report);
  const textSequence = keepAssetText(database, {
    headline: result.headline,
    body: result.body,
    callToAction: result.callToAction,
    prompt: result.recipe.prompt,
  });
  const sequence = database.insert(
    insertAssetRow,
    assetId,
    result.hash,
    result.width,
    result.height,
    result.headline,
    textSequence,
    compliant,
    failedChecks,
    worstMargin,
    result.fingerprint ?? null,
    clock.nowMs(),
    jobSequence,
  );
  if (result.artHash !== undefined) {
    keepObject(context, result.artHash);
    database.run('INSERT INTO asset_art (asset_sequence, hash) VALUES (?, ?)', sequence, result.artHash);
  }
  database.run('INSERT INTO recipes (asset_sequence, recipe) VALUES (?, ?)', sequence, JSON.stringify(result.recipe));
  database.run('INSERT INTO reports (asset_sequence, report) VALUES (?, ?)', sequence, JSON.stringify(result.report));
  return assetId;
}

/** What the grid filters and sorts by, as column values. A failed report never sorts behind a passed one. */
export function summariseReport(report: ComplianceReport): {
  readonly compliant: 0 | 1;
  readonly failedChecks: string;
  readonly worstMargin: number;
} {
  const worst = report.checks.reduce((least, check) => Math.min(least, relativeMargin(check)), BEST_MARGIN);
  return {
    compliant: report.passed ? 1 : 0,
    failedChecks: JSON.stringify(report.checks.filter((check) => !check.passed).map((check) => check.name)),
    worstMargin: report.passed ? Math.max(worst, 0) : Math.min(worst, -LEAST_SHORTFALL),
  };
}

const BEST_MARGIN = 1000;
const LEAST_SHORTFALL = 1e-6;

/** How far a check is on the good side of its threshold, as a share of the threshold, so that different units compare; negative when it failed. */
function relativeMargin({ score, threshold, better }: ComplianceCheck): number {
  const margin = better === 'lower' ? threshold - score : score - threshold;
  return margin / Math.max(Math.abs(threshold), 0.001);
}
