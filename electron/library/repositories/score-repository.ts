import { z } from 'zod';
import { complianceReportSchema } from '../../contract/compliance.ts';
import { brandIdSchema, brandVersionIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, BrandVersionId } from '../../contract/identifiers.ts';
import type {
  AssetReport,
  CheckDistribution,
  ScoredVersion,
  ScoreOverview,
  ScoreScope,
} from '../../contract/scoring.ts';
import { booleanColumn, countColumn, jsonColumn } from '../database/row-columns.ts';
import { spreadCheck } from '../index/spread-checks.ts';
import { ABSENT, FAILED } from '../index/standing-checks.ts';
import type { StandingReports } from '../index/standing-checks.ts';
import { findSequence, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** What the reports of many pictures say together. Binned pictures do not count; in an overview neither do those that nobody will use. */
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

/** Rejected on either axis, or a take of a cell that has a newer one, unless a person approved it. */
const isOutOfUse = `(status = 'rejected' OR flag = 'reject' OR (status <> 'approved' AND EXISTS (
    SELECT 1 FROM assets AS newer WHERE newer.cell_sequence = assets.cell_sequence AND newer.sequence > assets.sequence AND newer.binned_at_ms IS NULL)))`;
const selectOutOfUse = `SELECT assets.sequence FROM assets WHERE ${scopedAssets} AND ${isOutOfUse}`;

const outOfUseRow = z.tuple([countColumn]);
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

export function createScoreRepository(context: RepositoryContext): ScoreRepository {
  const { database, assetIndex } = context;
  return {
    overview: (scope, brandVersionId) => {
      const scoped = scopeParameters(context, scope);
      const [brief = 0, , plan = 0] = scoped;
      const version = brandVersionId === null ? 0 : (findSequence(database, 'brand_versions', brandVersionId) ?? -1);
      const outOfUse = database.columns(selectOutOfUse, ...scoped).map((row) => outOfUseRow.parse(row)[0]);
      const { positions, standing } = assetIndex.checksOf({ brief, plan, except: outOfUse }, version);
      const spreads = [...standing.checks]
        .map(([name, column]) => spreadCheck(name, column, positions))
        .filter((spread) => spread !== null);
      const checks = spreads.map((spread) => ({
        ...spread,
        worst: assetIndex.namesOf(Int32Array.from(spread.worst)).filter((id) => id !== null),
      }));
      return {
        total: positions.length,
        leftOut: outOfUse.length,
        ...countReports(standing, positions),
        checks: checks.toSorted(byFailures),
      };
    },
    versions: (scope) => database.all(versionRow, selectVersions, ...scopeParameters(context, scope)),
    reports: (assetId) =>
      database.all(reportRow, selectReports, requireSequence(database, 'assets', assetId, 'asset.notFound')),
  };
}

/** How many have a report with checks, and how many of these pass all of them. */
function countReports(
  { checks, size }: StandingReports,
  positions: Int32Array,
): Pick<ScoreOverview, 'scored' | 'passed'> {
  const [reported, failing] = [new Uint8Array(size), new Uint8Array(size)];
  for (const { outcome } of checks.values()) {
    for (const position of positions) {
      if (outcome[position] !== ABSENT) reported[position] = 1;
      if (outcome[position] === FAILED) failing[position] = 1;
    }
  }
  let [scored, passed] = [0, 0];
  for (const position of positions) {
    scored += reported[position] ?? 0;
    passed += (reported[position] ?? 0) & ~(failing[position] ?? 0);
  }
  return { scored, passed };
}

/** Most failures first; among equals the one that comes nearest to failing. */
function byFailures(a: CheckDistribution, b: CheckDistribution): number {
  return b.failed - a.failed || measureReserve(a) - measureReserve(b) || (a.name < b.name ? -1 : 1);
}

/** How far the worst picture is on the good side of the threshold, as a share of it. */
function measureReserve({ better, threshold, lowest, highest }: CheckDistribution): number {
  return (better === 'lower' ? threshold - highest : lowest - threshold) / Math.max(Math.abs(threshold), 0.001);
}
