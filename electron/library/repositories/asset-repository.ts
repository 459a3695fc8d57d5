import { z } from 'zod';
import { assetSchema, assetSummarySchema, verdictSchema } from '../../contract/asset.ts';
import type { Asset, AssetFilter, AssetSort, AssetSummary } from '../../contract/asset.ts';
import { complianceReportSchema } from '../../contract/compliance.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import {
  assetIdSchema,
  batchIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  objectHashSchema,
  planIdSchema,
} from '../../contract/identifiers.ts';
import type { AssetId, BrandVersionId, CellId, ObjectHash, PlanId } from '../../contract/identifiers.ts';
import type { FormatId } from '../../contract/format.ts';
import { recipeSchema } from '../../contract/recipe.ts';
import { remakeSchema } from '../../contract/remake.ts';
import type { KnownPicture } from '../../domain/compliance/sameness-check.ts';
import { booleanColumn, countColumn, jsonColumn } from '../row-columns.ts';
import { noAssets } from '../asset-index.ts';
import type { AssetCounts } from '../asset-index.ts';
import { TextMatches } from '../text-matches.ts';
import { resolveAssetFilter } from './asset-filter.ts';
import { summariseReport } from './asset-insertion.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Binned assets are invisible to everything here but `get`, `reports` and `restore`. */
export type AssetRepository = {
  /** All matching ids in order. 'newest' and 'oldest' follow the order of commits, not the clock. */
  ids(filter: AssetFilter, sort: AssetSort): AssetId[];
  /** In the order asked; ids that are gone are left out. */
  summaries(assetIds: readonly AssetId[]): AssetSummary[];
  /** Takes of a cell, newest first, at most 200. */
  takes(cellId: CellId): AssetSummary[];
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
  /**
   * What the plan's pictures of a format and the brief's approved ones look like, newest first, at most 2000. With `except` as that picture found them: those of the plan that were
   * made before it, and the approved ones but itself.
   */
  fingerprints(planId: PlanId, formatId: FormatId, except?: AssetId): KnownPicture[];
  /** The picture under type and logo; null when it was made before such pictures were kept. @throws asset.notFound */
  art(assetId: AssetId): ObjectHash | null;
  /** Assets under a brand version in the order of their making, for scoring them again. */
  idsOfBrandVersion(brandVersionId: BrandVersionId): AssetId[];
};

const summaryColumns = {
  failedChecks: jsonColumn(z.array(z.string())),
  compliant: booleanColumn,
  remake: jsonColumn(remakeSchema).nullable(),
  wasRemade: booleanColumn,
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
const sequenceRow = z.object({ sequence: countColumn });
const idRow = z.object({ id: assetIdSchema });

const summarySelection = `assets.id, assets.hash, assets.width, assets.height, small_hash AS small, medium_hash AS medium, large_hash AS large, assets.format_id AS formatId,
  assets.locale, assets.headline, flag, stars, status, compliant, failed_checks AS failedChecks, (SELECT remake FROM jobs WHERE jobs.sequence = assets.job_sequence) AS remake,
  EXISTS (SELECT 1 FROM jobs AS next WHERE next.remade_job = assets.job_sequence AND next.state <> 'dropped') AS wasRemade, assets.created_at_ms AS createdAtMs`;
const selectSummaries = `SELECT ${summarySelection} FROM json_each(?) AS wanted CROSS JOIN assets ON assets.id = wanted.value WHERE binned_at_ms IS NULL ORDER BY wanted.key`;
const selectTakes = `SELECT ${summarySelection} FROM assets WHERE cell_sequence = (SELECT sequence FROM cells WHERE id = ?) AND binned_at_ms IS NULL ORDER BY assets.sequence DESC LIMIT 200`;
const selectAsset = `
SELECT ${summarySelection}, briefs.id AS briefId, plans.id AS planId, runs.id AS batchId, cells.id AS cellId, deliverables.id AS conceptId,
  brand_versions.id AS brandVersionId, size_bytes AS sizeBytes, recipe,
  (SELECT report FROM reports WHERE asset_sequence = assets.sequence ORDER BY sequence DESC LIMIT 1) AS report
FROM assets JOIN briefs ON briefs.sequence = assets.brief_sequence JOIN plans ON plans.sequence = assets.plan_sequence JOIN runs ON runs.sequence = assets.run_sequence
  JOIN cells ON cells.sequence = assets.cell_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
  JOIN brand_versions ON brand_versions.sequence = assets.brand_version_sequence JOIN objects ON objects.hash = assets.hash
  JOIN recipes ON recipes.asset_sequence = assets.sequence
WHERE assets.id = ?`;
const fingerprintRow = z.object({ headline: z.string(), number: countColumn, fingerprint: z.instanceof(Uint8Array) });
const selectFingerprints = `
SELECT headline, assets.sequence AS number, fingerprint FROM plans JOIN assets ON assets.brief_sequence = plans.brief_sequence
WHERE plans.sequence = ? AND assets.format_id = ? AND binned_at_ms IS NULL AND fingerprint IS NOT NULL AND assets.sequence <> ?
  AND (assets.plan_sequence = plans.sequence AND (? = 0 OR assets.sequence < ?) OR status = 'approved')
ORDER BY assets.sequence DESC LIMIT 2000`;
const selectVerdicts = `
SELECT verdicts.id, ? AS assetId, review_groups.axis, value_before AS before, value_after AS after, review_groups.reason, review_groups.reviewer, review_groups.id AS "group", undone.id AS undoes,
  review_groups.created_at_ms AS createdAtMs
FROM verdicts JOIN review_groups ON review_groups.sequence = group_sequence LEFT JOIN review_groups AS undone ON undone.sequence = review_groups.takes_back
WHERE asset_sequence = ? ORDER BY verdicts.sequence`;

export function createAssetRepository(context: RepositoryContext): AssetRepository {
  const { database, clock, assetIndex } = context;
  const textMatches = new TextMatches(database);
  const summaries = (assetIds: readonly AssetId[]) =>
    database.all(summaryRow, selectSummaries, JSON.stringify(assetIds)).map(toSummary);
  const requireAsset = (assetId: AssetId) => requireSequence(database, 'assets', assetId, 'asset.notFound');
  function bin(assetIds: readonly AssetId[], before: 'IS NULL' | 'IS NOT NULL', value: number | null): number {
    return database.write(() => {
      const changed = database.all(
        sequenceRow,
        `UPDATE assets SET binned_at_ms = ? WHERE binned_at_ms ${before} AND sequence IN (SELECT assets.sequence FROM json_each(?) CROSS JOIN assets ON assets.id = value) RETURNING sequence`,
        value,
        JSON.stringify(assetIds),
      );
      assetIndex.touch(changed.map(({ sequence }) => sequence));
      return changed.length;
    });
  }
  return {
    summaries,
    ids: (filter, sort) => {
      const resolved = resolveAssetFilter(database, textMatches, filter);
      return resolved === null ? [] : assetIndex.ids(resolved, sort);
    },
    takes: (cellId) => database.all(summaryRow, selectTakes, cellId).map(toSummary),
    get: (assetId) => {
      const found = database.find(assetRow, selectAsset, assetId);
      if (found === null) {
        throw notFound('asset.notFound', assetId);
      }
      const verdicts = database.all(verdictSchema, selectVerdicts, assetId, requireAsset(assetId));
      return assetSchema.parse({ ...toSummary(found), verdicts });
    },
    counts: (filter) => {
      const resolved = resolveAssetFilter(database, textMatches, filter);
      return resolved === null ? noAssets : assetIndex.counts(resolved);
    },
    bin: (assetIds) => bin(assetIds, 'IS NULL', clock.nowMs()),
    restore: (assetIds) => bin(assetIds, 'IS NOT NULL', null),
    addReport: (assetId, report) =>
      database.write(() => {
        const sequence = requireAsset(assetId);
        const { compliant, failedChecks, worstMargin } = summariseReport(report);
        database.run('INSERT INTO reports (asset_sequence, report) VALUES (?, ?)', sequence, JSON.stringify(report));
        database.run(
          'UPDATE assets SET compliant = ?, failed_checks = ?, worst_margin = ? WHERE sequence = ?',
          compliant,
          failedChecks,
          worstMargin,
          sequence,
        );
        assetIndex.touch([sequence]);
        const [summary] = summaries([assetId]);
        if (summary === undefined) {
          throw notFound('asset.notFound', assetId);
        }
        return summary;
      }),
    reports: (assetId) =>
      database
        .all(reportRow, 'SELECT report FROM reports WHERE asset_sequence = ? ORDER BY sequence', requireAsset(assetId))
        .map(({ report }) => report),
    fingerprints: (planId, formatId, except) => {
      const plan = requireSequence(database, 'plans', planId, 'plan.notFound');
      const own = except === undefined ? 0 : requireAsset(except);
      return database
        .all(fingerprintRow, selectFingerprints, plan, formatId, own, own, own)
        .map(({ headline, number, fingerprint }) => ({
          name: `picture ${number} ("${headline.slice(0, 60)}")`,
          fingerprint,
        }));
    },
    art: (assetId) => {
      const hash = database.value('SELECT hash FROM asset_art WHERE asset_sequence = ?', requireAsset(assetId));
      return typeof hash === 'string' ? objectHashSchema.parse(hash) : null;
    },
    idsOfBrandVersion: (brandVersionId) => {
      const sequence = requireSequence(database, 'brand_versions', brandVersionId, 'brand.notFound');
      return database
        .all(
          idRow,
          'SELECT id FROM assets WHERE brand_version_sequence = ? AND binned_at_ms IS NULL ORDER BY sequence',
          sequence,
        )
        .map(({ id }) => id);
    },
  };
}

/** Same shape for one row of the grid and for a whole asset. */
function toSummary<Row extends z.output<typeof summaryRow>>({ small, medium, large, ...rest }: Row) {
  return { ...rest, thumbnails: small === null || medium === null || large === null ? null : { small, medium, large } };
}
