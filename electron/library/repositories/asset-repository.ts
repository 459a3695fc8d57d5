import { z } from 'zod';
import { assetSchema, assetSummarySchema, verdictSchema } from '../../contract/asset.ts';
import type { Asset, AssetFilter, AssetSort, AssetSummary } from '../../contract/asset.ts';
import { complianceReportSchema } from '../../contract/compliance.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import { batchIdSchema, brandVersionIdSchema, briefIdSchema, cellIdSchema, deliverableIdSchema, objectHashSchema, planIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, BrandVersionId } from '../../contract/identifiers.ts';
import { recipeSchema } from '../../contract/recipe.ts';
import { booleanColumn, countColumn, jsonColumn } from '../row-columns.ts';
import { buildAssetFilter, orderOf } from './asset-filter.ts';
import { summariseReport } from './asset-insertion.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type AssetCounts = {
  readonly total: number;
  readonly unreviewed: number;
  readonly approved: number;
  readonly rejected: number;
  readonly redo: number;
  readonly picks: number;
  readonly compliant: number;
};

/** Binned assets are invisible to everything here but `get`, `reports` and `restore`. */
export type AssetRepository = {
  /** All matching ids in order. 'newest' and 'oldest' follow the order of commits, not the clock. */
  ids(filter: AssetFilter, sort: AssetSort): AssetId[];
  /** In the order asked; ids that are gone are left out. */
  summaries(assetIds: readonly AssetId[]): AssetSummary[];
  /** With recipe, newest report and verdicts (oldest first). @throws asset.notFound */
  get(assetId: AssetId): Asset;
  counts(filter: AssetFilter): AssetCounts;
  /** @returns how many were not in the bin before; unknown ids are passed over. */
  bin(assetIds: readonly AssetId[]): number;
  restore(assetIds: readonly AssetId[]): number;
  /** Adds a report, for example against a newer brand version; earlier ones stay. The summary follows the newest. @throws asset.notFound */
  addReport(assetId: AssetId, report: ComplianceReport): AssetSummary;
  /** Every report, oldest first. @throws asset.notFound */
  reports(assetId: AssetId): ComplianceReport[];
  /** Assets under a brand version in the order of their making, for scoring them again. */
  idsOfBrandVersion(brandVersionId: BrandVersionId): AssetId[];
};

const summaryColumns = {
  failedChecks: jsonColumn(z.array(z.string())),
  compliant: booleanColumn,
  small: objectHashSchema.nullable(),
  medium: objectHashSchema.nullable(),
  large: objectHashSchema.nullable(),
};
const summaryRow = assetSummarySchema.omit({ thumbnails: true }).extend(summaryColumns);
const reportRow = z.object({ report: jsonColumn(complianceReportSchema) });
const assetRow = summaryRow.extend({
  briefId: briefIdSchema,
  planId: planIdSchema,
  batchId: batchIdSchema,
  cellId: cellIdSchema,
  conceptId: deliverableIdSchema,
  brandVersionId: brandVersionIdSchema,
  sizeBytes: countColumn,
  recipe: jsonColumn(recipeSchema),
  report: jsonColumn(complianceReportSchema),
});
const countsRow = z.object({ total: countColumn, unreviewed: countColumn, approved: countColumn, rejected: countColumn, redo: countColumn, picks: countColumn, compliant: countColumn });

const summarySelection = `assets.id, assets.hash, assets.width, assets.height, small_hash AS small, medium_hash AS medium, large_hash AS large, assets.format_id AS formatId,
  assets.locale, assets.headline, flag, stars, status, compliant, failed_checks AS failedChecks, assets.created_at_ms AS createdAtMs`;
const selectSummaries = `SELECT ${summarySelection} FROM json_each(?) AS wanted CROSS JOIN assets ON assets.id = wanted.value WHERE binned_at_ms IS NULL ORDER BY wanted.key`;
const selectAsset = `
SELECT ${summarySelection}, briefs.id AS briefId, plans.id AS planId, batches.id AS batchId, cells.id AS cellId, deliverables.id AS conceptId,
  brand_versions.id AS brandVersionId, size_bytes AS sizeBytes, recipe,
  (SELECT report FROM reports WHERE asset_sequence = assets.sequence ORDER BY sequence DESC LIMIT 1) AS report
FROM assets JOIN briefs ON briefs.sequence = assets.brief_sequence JOIN plans ON plans.sequence = assets.plan_sequence JOIN batches ON batches.sequence = assets.batch_sequence
  JOIN cells ON cells.sequence = assets.cell_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
  JOIN brand_versions ON brand_versions.sequence = assets.brand_version_sequence JOIN objects ON objects.hash = assets.hash
  JOIN recipes ON recipes.asset_sequence = assets.sequence
WHERE assets.id = ?`;
const selectVerdicts = `
SELECT verdicts.id, ? AS assetId, axis, value_before AS before, value_after AS after, reason, reviewer, review_groups.id AS "group", undone.id AS undoes,
  review_groups.created_at_ms AS createdAtMs
FROM verdicts JOIN review_groups ON review_groups.sequence = group_sequence LEFT JOIN review_groups AS undone ON undone.sequence = review_groups.takes_back
WHERE asset_sequence = ? ORDER BY verdicts.sequence`;

export function createAssetRepository(context: RepositoryContext): AssetRepository {
  const { database, clock } = context;
  const summaries = (assetIds: readonly AssetId[]) => database.all(summaryRow, selectSummaries, JSON.stringify(assetIds)).map(toSummary);
  const requireAsset = (assetId: AssetId) => requireSequence(database, 'assets', assetId, 'asset.notFound');
  function bin(assetIds: readonly AssetId[], before: 'IS NULL' | 'IS NOT NULL', value: number | null): number {
    return database.write(() => database.run(
      `UPDATE assets SET binned_at_ms = ? WHERE binned_at_ms ${before} AND sequence IN (SELECT assets.sequence FROM json_each(?) CROSS JOIN assets ON assets.id = value)`,
      value, JSON.stringify(assetIds),
    ));
  }
  return {
    summaries,
    ids: (filter, sort) => {
      const sql = buildAssetFilter(database, filter);
      const { index, orderBy } = orderOf(sort);
      return sql === null ? [] : listIds(database.value(`SELECT group_concat(id, '' ORDER BY ${orderBy}) FROM assets INDEXED BY ${index} WHERE ${sql.where}`, ...sql.parameters));
    },
    get: (assetId) => {
      const found = database.find(assetRow, selectAsset, assetId);
      if (found === null) {
        throw notFound('asset.notFound', assetId);
      }
      const verdicts = database.all(verdictSchema, selectVerdicts, assetId, requireAsset(assetId));
      return assetSchema.parse({ ...toSummary(found), verdicts });
    },
    counts: (filter) => countAssets(context, filter),
    bin: (assetIds) => bin(assetIds, 'IS NULL', clock.nowMs()),
    restore: (assetIds) => bin(assetIds, 'IS NOT NULL', null),
    addReport: (assetId, report) => database.write(() => {
      const sequence = requireAsset(assetId);
      const { compliant, failedChecks, worstMargin } = summariseReport(report);
      database.run('INSERT INTO reports (asset_sequence, report) VALUES (?, ?)', sequence, JSON.stringify(report));
      database.run('UPDATE assets SET compliant = ?, failed_checks = ?, worst_margin = ? WHERE sequence = ?', compliant, failedChecks, worstMargin, sequence);
      const [summary] = summaries([assetId]);
      if (summary === undefined) {
        throw notFound('asset.notFound', assetId);
      }
      return summary;
    }),
    reports: (assetId) => database.all(reportRow, 'SELECT report FROM reports WHERE asset_sequence = ? ORDER BY sequence', requireAsset(assetId)).map(({ report }) => report),
    idsOfBrandVersion: (brandVersionId) => {
      const sequence = requireSequence(database, 'brand_versions', brandVersionId, 'brand.notFound');
      return listIds(database.value("SELECT group_concat(id, '' ORDER BY sequence) FROM assets WHERE brand_version_sequence = ? AND binned_at_ms IS NULL", sequence));
    },
  };
}

/** Same shape for one row of the grid and for a whole asset. */
function toSummary<Row extends z.output<typeof summaryRow>>({ small, medium, large, ...rest }: Row) {
  return { ...rest, thumbnails: small === null || medium === null || large === null ? null : { small, medium, large } };
}

const ID_LENGTH = 26;

/** A hundred thousand rows cost much more than one long text that is cut here. */
function listIds(text: unknown): AssetId[] {
  if (typeof text !== 'string') {
    return [];
  }
  const ids: AssetId[] = [];
  for (let at = 0; at < text.length; at += ID_LENGTH) {
    // Every id was checked when it was written; checking a hundred thousand again would take longer than the query.
    ids.push(text.slice(at, at + ID_LENGTH) as AssetId);
  }
  return ids;
}

function countAssets({ database }: RepositoryContext, filter: AssetFilter): AssetCounts {
  const sql = buildAssetFilter(database, filter);
  const empty = { total: 0, unreviewed: 0, approved: 0, rejected: 0, redo: 0, picks: 0, compliant: 0 };
  if (sql === null) {
    return empty;
  }
  return database.find(
    countsRow,
    `SELECT count(*) AS total, ifnull(sum(status = 'unreviewed'), 0) AS unreviewed, ifnull(sum(status = 'approved'), 0) AS approved, ifnull(sum(status = 'rejected'), 0) AS rejected,
       ifnull(sum(status = 'redo'), 0) AS redo, ifnull(sum(flag = 'pick'), 0) AS picks, ifnull(sum(compliant), 0) AS compliant
     FROM assets INDEXED BY assets_by_sequence WHERE ${sql.where}`,
    ...sql.parameters,
  ) ?? empty;
}
