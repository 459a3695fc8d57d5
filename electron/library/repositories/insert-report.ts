import type { ComplianceCheck, ComplianceReport } from '../../contract/compliance.ts';
import { requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

const keepScore = `
INSERT INTO asset_scores (asset_sequence, brand_version_sequence, report_sequence, compliant, failed_checks, worst_margin) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (asset_sequence, brand_version_sequence) DO UPDATE SET report_sequence = excluded.report_sequence, compliant = excluded.compliant,
  failed_checks = excluded.failed_checks, worst_margin = excluded.worst_margin`;
const keepOwnScore =
  'UPDATE assets SET compliant = ?, failed_checks = ?, worst_margin = ? WHERE sequence = ? AND brand_version_sequence = ?';

/**
 * The one place where a report is written: adds it, and with it the picture's score against the report's brand version. Scores against other versions stay. Call inside the
 * transaction that brings the report. @throws brand.notFound
 */
export function insertReport(context: RepositoryContext, assetSequence: number, report: ComplianceReport): void {
  const { database, assetIndex } = context;
  const version = requireSequence(database, 'brand_versions', report.brandVersionId, 'brand.notFound');
  const { compliant, failedChecks, worstMargin } = summariseReport(report);
  const sequence = database.insert(
    'INSERT INTO reports (asset_sequence, report) VALUES (?, ?)',
    assetSequence,
    JSON.stringify(report),
  );
  database.run(keepScore, assetSequence, version, sequence, compliant, failedChecks, worstMargin);
  database.run(keepOwnScore, compliant, failedChecks, worstMargin, assetSequence, version);
  assetIndex.touch([assetSequence]);
}

/** What the grid filters and sorts by, as column values. A failed report never sorts behind a passed one. */
function summariseReport(report: ComplianceReport): {
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
