import { z } from 'zod';
import { checkNameSchema, complianceReportSchema } from '../../contract/compliance.ts';
import { assetIdSchema, brandIdSchema, brandVersionIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, BrandVersionId } from '../../contract/identifiers.ts';
import { SCORE_BUCKETS } from '../../contract/scoring.ts';
import type {
  AssetReport,
  CheckDistribution,
  ScoredVersion,
  ScoreOverview,
  ScoreScope,
} from '../../contract/scoring.ts';
import { booleanColumn, countColumn, jsonColumn } from '../row-columns.ts';
import { findSequence, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** What the reports of many pictures say together. Binned pictures do not count. */
export type ScoreRepository = {
  overview(scope: ScoreScope, brandVersionId: BrandVersionId | null): ScoreOverview;
  /** Newest first. */
  versions(scope: ScoreScope): ScoredVersion[];
  /** Oldest first. @throws asset.notFound */
  reports(assetId: AssetId): AssetReport[];
};

/** The assets of a scope; 0 is any. A scope that names what is not there holds nothing. */
export const scopedAssets =
  'binned_at_ms IS NULL AND (? = 0 OR assets.brief_sequence = ?) AND (? = 0 OR assets.plan_sequence = ?)';

export function scopeParameters({ database }: RepositoryContext, { briefId, planId }: ScoreScope): number[] {
  const brief = briefId === null ? 0 : (findSequence(database, 'briefs', briefId) ?? -1);
  const plan = planId === null ? 0 : (findSequence(database, 'plans', planId) ?? -1);
  return [brief, brief, plan, plan];
}

/**
 * The newest report of each asset against one version, or against the one that it was made under (''); then the rows of its checks. Reports of before gave the lightness under a logo beside its border, not
 * the way to the border.
 */
const countedChecks = `
WITH newest AS (
  SELECT assets.sequence AS asset, assets.id AS assetId,
    (SELECT report_sequence FROM asset_scores WHERE asset_sequence = assets.sequence
      AND brand_version_sequence = iif(? = '', assets.brand_version_sequence, (SELECT sequence FROM brand_versions WHERE id = ?))) AS report
  FROM assets WHERE ${scopedAssets}
), checks AS (
  SELECT assetId, report, name, unit, passed,
    CASE WHEN NOT isLightness THEN score WHEN better = 'higher' THEN score - threshold ELSE threshold - score END AS score,
    iif(isLightness, 0, threshold) AS threshold, iif(isLightness, 'higher', better) AS better
  FROM (SELECT *, name = 'logo-variant' AND threshold <> 0 AS isLightness FROM newest JOIN report_checks ON asset_sequence = asset AND report_sequence = report)
)`;
const selectTotals = `${countedChecks}
SELECT (SELECT count(*) FROM newest) AS total, count(*) AS scored, ifnull(sum(passed), 0) AS passed FROM (SELECT min(passed) AS passed FROM checks GROUP BY report)`;
const selectChecks = `${countedChecks}
SELECT name, max(unit) AS unit, max(better) AS better, CASE max(better) WHEN 'lower' THEN min(threshold) ELSE max(threshold) END AS threshold,
  count(*) AS total, count(*) - sum(passed) AS failed, min(score) AS lowest, max(score) AS highest FROM checks GROUP BY name`;
const selectScores = `${countedChecks} SELECT assetId, score, passed FROM checks WHERE name = ? ORDER BY score`;

const checkRow = z.object({
  name: checkNameSchema,
  unit: z.string(),
  better: z.enum(['lower', 'higher']),
  threshold: z.number(),
  total: countColumn,
  failed: countColumn,
  lowest: z.number(),
  highest: z.number(),
});
const totalsRow = z.object({ total: countColumn, scored: countColumn, passed: countColumn });
const versionRow = z.object({
  brandVersionId: brandVersionIdSchema,
  brandId: brandIdSchema,
  brandName: z.string(),
  number: countColumn,
  made: countColumn,
  scored: countColumn,
});
const selectVersions = `
WITH scoped AS (SELECT sequence, brand_version_sequence FROM assets WHERE ${scopedAssets}),
  made AS (SELECT brand_version_sequence AS version, count(*) AS count FROM scoped GROUP BY version),
  scored AS (SELECT asset_scores.brand_version_sequence AS version, count(*) AS count FROM scoped JOIN asset_scores ON asset_sequence = scoped.sequence GROUP BY version)
SELECT brand_versions.id AS brandVersionId, brands.id AS brandId, brands.name AS brandName, number, ifnull(made.count, 0) AS made, ifnull(scored.count, 0) AS scored
FROM brand_versions JOIN brands ON brands.sequence = brand_versions.brand_sequence
  LEFT JOIN made ON made.version = brand_versions.sequence LEFT JOIN scored ON scored.version = brand_versions.sequence
WHERE made.count > 0 OR scored.count > 0 ORDER BY brand_versions.sequence DESC`;
const reportRow = z.object({
  report: jsonColumn(complianceReportSchema),
  brandName: z.string(),
  versionNumber: countColumn,
  isPinned: booleanColumn,
});
const selectReports = `
SELECT report, brands.name AS brandName, number AS versionNumber, brand_versions.sequence = assets.brand_version_sequence AS isPinned
FROM reports JOIN assets ON assets.sequence = asset_sequence JOIN brand_versions ON brand_versions.id = report ->> 'brandVersionId' JOIN brands ON brands.sequence = brand_sequence
WHERE asset_sequence = ? ORDER BY reports.sequence`;

const WORST_SHOWN = 6;

export function createScoreRepository(context: RepositoryContext): ScoreRepository {
  const { database } = context;
  return {
    overview: (scope, brandVersionId) => {
      const version = brandVersionId ?? '';
      const parameters = [version, version, ...scopeParameters(context, scope)];
      const totals = database.find(totalsRow, selectTotals, ...parameters) ?? { total: 0, scored: 0, passed: 0 };
      const checks = database.all(checkRow, selectChecks, ...parameters).map((check) => {
        const scores = database.columns(selectScores, ...parameters, check.name);
        return { ...check, ...spreadScores(check, scores) };
      });
      return { ...totals, checks: checks.toSorted(byFailures) };
    },
    versions: (scope) => database.all(versionRow, selectVersions, ...scopeParameters(context, scope)),
    reports: (assetId) =>
      database.all(reportRow, selectReports, requireSequence(database, 'assets', assetId, 'asset.notFound')),
  };
}

/** Most failures first; among equals the one that comes nearest to failing. */
function byFailures(a: CheckDistribution, b: CheckDistribution): number {
  return b.failed - a.failed || measureReserve(a) - measureReserve(b);
}

/** How far the worst picture is on the good side of the threshold, as a share of it. */
function measureReserve({ better, threshold, lowest, highest }: CheckDistribution): number {
  return (better === 'lower' ? threshold - highest : lowest - threshold) / Math.max(Math.abs(threshold), 0.001);
}

/** `rows` are pairs of asset and score, lowest score first. */
function spreadScores(
  { lowest, highest, better, failed }: z.output<typeof checkRow>,
  rows: readonly unknown[],
): Pick<CheckDistribution, 'middle' | 'buckets' | 'failedBuckets' | 'worst'> {
  const buckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
  const failedBuckets = Array.from({ length: SCORE_BUCKETS }, () => 0);
  const pairs = rows.map((row) => row as readonly [AssetId, number, number]);
  for (const [, score, passed] of pairs) {
    const share = highest > lowest ? (score - lowest) / (highest - lowest) : 0;
    const at = Math.min(SCORE_BUCKETS - 1, Math.floor(share * SCORE_BUCKETS));
    buckets[at] = (buckets[at] ?? 0) + 1;
    if (passed === 0) failedBuckets[at] = (failedBuckets[at] ?? 0) + 1;
  }
  const worstFirst = better === 'lower' ? pairs.toReversed() : pairs;
  const worst = worstFirst.slice(0, Math.min(failed, WORST_SHOWN)).map(([assetId]) => assetIdSchema.parse(assetId));
  return { middle: pairs[Math.floor(pairs.length / 2)]?.[1] ?? lowest, buckets, failedBuckets, worst };
}
