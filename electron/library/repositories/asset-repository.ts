import { z } from 'zod';
import {
  MAX_EXCERPT,
  assetSummarySchema,
  importSourceSchema,
  importedAssetSchema,
  madeAssetSchema,
  verdictSchema,
} from '../../contract/asset.ts';
import type { Asset, AssetFilter, AssetSort, AssetSummary, MadeAsset } from '../../contract/asset.ts';
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
import { StudioError } from '../../contract/errors.ts';
import { recipeSchema } from '../../contract/recipe.ts';
import { remakeSchema } from '../../contract/remake.ts';
import type { KnownPicture } from '../../domain/compliance/sameness-check.ts';
import { booleanColumn, countColumn, jsonColumn } from '../database/row-columns.ts';
import { noAssets } from '../index/asset-index.ts';
import { AssetLists } from '../index/asset-lists.ts';
import type { AssetCounts } from '../index/asset-index.ts';
import { TextMatches } from '../index/text-matches.ts';
import { resolveAssetFilter } from './asset-filter.ts';
import { insertReport } from './insert-report.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';
import { listStanding } from './standing-verdicts.ts';

/** Binned assets are invisible to everything here but `get`, `reports` and `restore`. */
export type AssetRepository = {
  /** All matching ids in order. 'newest' and 'oldest' follow the order of commits, not the clock. */
  ids(filter: AssetFilter, sort: AssetSort): AssetId[];
  /** Orders that stand while people decide on what is in them. */
  readonly lists: AssetLists;
  /** Reads a part of what questions need, while nobody waits for an answer. @returns whether there is more */
  readAhead(): boolean;
  /** The same for what the compliance screen counts, once `readAhead` is done. */
  readChecksAhead(): boolean;
  /** In the order asked; ids that are gone are left out. With a version their scores are those against it. */
  summaries(assetIds: readonly AssetId[], judgedAgainst?: BrandVersionId | null): AssetSummary[];
  /** Takes of a cell, newest first, at most 200. */
  takes(cellId: CellId): AssetSummary[];
  /** With verdicts (oldest first); of a made one its recipe and the newest report against the version, or against the one it was made under, of an imported one its source. @throws asset.notFound */
  get(assetId: AssetId, judgedAgainst?: BrandVersionId | null): Asset;
  /** For what only the cell of a plan can become. @throws asset.notFound, asset.notMade for an imported file */
  getMade(assetId: AssetId, judgedAgainst?: BrandVersionId | null): MadeAsset;
  counts(filter: AssetFilter): AssetCounts;
  /** @returns how many were not in the bin before; unknown ids are passed over. */
  bin(assetIds: readonly AssetId[]): number;
  restore(assetIds: readonly AssetId[]): number;
  /** Adds a report, for example against a newer brand version; earlier ones and scores against other versions stay. @throws asset.notFound, brand.notFound */
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
  failedChecks: jsonColumn(z.array(z.string()))
    .nullable()
    .transform((names) => names ?? []),
  compliant: booleanColumn.nullable(),
  judgedBy: jsonColumn(assetSummarySchema.shape.judgedBy.unwrap()).nullable(),
  remake: jsonColumn(remakeSchema).nullable(),
  wasRemade: booleanColumn,
  smallHash: objectHashSchema.nullable(),
  mediumHash: objectHashSchema.nullable(),
  largeHash: objectHashSchema.nullable(),
};
const summaryRow = assetSummarySchema.omit({ thumbnails: true }).extend(summaryColumns);
const reportRow = z.object({ report: jsonColumn(complianceReportSchema) });
const importedRow = summaryRow.extend({
  origin: z.literal('imported'),
  briefId: briefIdSchema.nullable(),
  source: jsonColumn(importSourceSchema),
  excerpt: z.string(),
  sizeBytes: countColumn,
});
const madeRow = summaryRow.extend({
  origin: z.literal('made'),
  formatId: madeAssetSchema.shape.formatId,
  locale: madeAssetSchema.shape.locale,
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
const changedRow = z.object({ sequence: countColumn, id: assetIdSchema });
const idRow = z.object({ id: assetIdSchema });

const summarySelection = `assets.id, assets.medium, assets.origin, assets.hash, assets.width, assets.height, small_hash AS smallHash, medium_hash AS mediumHash, large_hash AS largeHash, assets.format_id AS formatId,
  assets.locale, assets.headline, imported_files.duration_ms AS durationMs, imported_files.pages, flag, stars, status, score.compliant, score.failed_checks AS failedChecks,
  (SELECT json_object('brandVersionId', id, 'number', number) FROM brand_versions WHERE sequence = score.brand_version_sequence) AS judgedBy, (SELECT remake FROM jobs WHERE jobs.sequence = assets.job_sequence) AS remake,
  EXISTS (SELECT 1 FROM jobs AS next WHERE next.remade_job = assets.job_sequence AND next.state <> 'dropped') AS wasRemade, assets.created_at_ms AS createdAtMs`;
/** What an imported file says of itself, and the score against the wanted version; without one, against that which each asset was made under. */
const joinScore = `LEFT JOIN imported_files ON imported_files.asset_sequence = assets.sequence LEFT JOIN asset_scores AS score ON score.asset_sequence = assets.sequence
  AND score.brand_version_sequence = iif(? IS NULL, assets.brand_version_sequence, (SELECT sequence FROM brand_versions WHERE id = ?))`;
const selectSummaries = `SELECT ${summarySelection} FROM json_each(?) AS wanted CROSS JOIN assets ON assets.id = wanted.value ${joinScore} WHERE binned_at_ms IS NULL ORDER BY wanted.key`;
const selectTakes = `SELECT ${summarySelection} FROM assets ${joinScore} WHERE cell_sequence = (SELECT sequence FROM cells WHERE id = ?) AND binned_at_ms IS NULL ORDER BY assets.sequence DESC LIMIT 200`;
const selectMade = `
SELECT ${summarySelection}, briefs.id AS briefId, plans.id AS planId, runs.id AS batchId, cells.id AS cellId, deliverables.id AS conceptId,
  brand_versions.id AS brandVersionId, objects.size_bytes AS sizeBytes, recipe,
  (SELECT report FROM reports WHERE sequence = ifnull(score.report_sequence,
    (SELECT report_sequence FROM asset_scores AS own WHERE own.asset_sequence = assets.sequence AND own.brand_version_sequence = assets.brand_version_sequence))) AS report
FROM assets ${joinScore} JOIN briefs ON briefs.sequence = assets.brief_sequence JOIN plans ON plans.sequence = assets.plan_sequence JOIN runs ON runs.sequence = assets.run_sequence
  JOIN cells ON cells.sequence = assets.cell_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
  JOIN brand_versions ON brand_versions.sequence = assets.brand_version_sequence JOIN objects ON objects.hash = assets.hash
  JOIN recipes ON recipes.asset_sequence = assets.sequence
WHERE assets.id = ?`;
const selectImported = `
SELECT ${summarySelection}, briefs.id AS briefId, objects.size_bytes AS sizeBytes, substr(asset_texts.body, 1, ${MAX_EXCERPT}) AS excerpt,
  json_object('fileName', imported_files.name, 'mediaType', imported_files.media_type, 'sizeBytes', imported_files.size_bytes, 'sha256', imported_files.hash,
    'by', imported_by, 'atMs', imported_at_ms) AS source
FROM assets ${joinScore} JOIN asset_texts ON asset_texts.sequence = assets.text_sequence JOIN objects ON objects.hash = assets.hash LEFT JOIN briefs ON briefs.sequence = assets.brief_sequence
WHERE assets.id = ?`;
const originRow = z.object({ sequence: countColumn, origin: z.enum(['made', 'imported']) });
const fingerprintRow = z.object({ headline: z.string(), number: countColumn, fingerprint: z.instanceof(Uint8Array) });
const selectFingerprints = `
SELECT headline, assets.sequence AS number, fingerprint FROM plans JOIN assets ON assets.brief_sequence = plans.brief_sequence
WHERE plans.sequence = ? AND assets.format_id = ? AND binned_at_ms IS NULL AND fingerprint IS NOT NULL AND assets.sequence <> ?
  AND (assets.plan_sequence = plans.sequence AND (? = 0 OR assets.sequence < ?) OR status = 'approved')
  AND (? = 0 OR (SELECT hash FROM asset_art WHERE asset_sequence = assets.sequence) IS NOT (SELECT hash FROM asset_art WHERE asset_sequence = ?))
ORDER BY assets.sequence DESC LIMIT 2000`;
const selectVerdicts = `
SELECT verdicts.id, ? AS assetId, review_groups.axis, value_before AS before, value_after AS after, review_groups.reason, review_groups.reviewer, review_groups.id AS "group", undone.id AS undoes,
  review_groups.created_at_ms AS createdAtMs
FROM verdicts JOIN review_groups ON review_groups.sequence = group_sequence LEFT JOIN review_groups AS undone ON undone.sequence = review_groups.takes_back
WHERE asset_sequence = ? ORDER BY verdicts.sequence`;

export function createAssetRepository(context: RepositoryContext): AssetRepository {
  const { database, clock, assetIndex } = context;
  const textMatches = new TextMatches(database);
  const resolve = (filter: AssetFilter) => resolveAssetFilter(database, textMatches, filter);
  const summaries = (assetIds: readonly AssetId[], judgedAgainst: BrandVersionId | null = null) =>
    database.all(summaryRow, selectSummaries, JSON.stringify(assetIds), judgedAgainst, judgedAgainst).map(toSummary);
  function get(assetId: AssetId, judgedAgainst: BrandVersionId | null = null): Asset {
    const known = database.find(originRow, 'SELECT sequence, origin FROM assets WHERE id = ?', assetId);
    if (known === null) throw notFound('asset.notFound', assetId);
    const verdicts = database.all(verdictSchema, selectVerdicts, assetId, known.sequence);
    const standing = listStanding(database, known.sequence);
    const ask = [judgedAgainst, judgedAgainst, assetId] as const;
    if (known.origin === 'imported')
      return importedAssetSchema.parse({
        ...toSummary(required(database.find(importedRow, selectImported, ...ask))),
        verdicts,
        standing,
      });
    return madeAssetSchema.parse({
      ...toSummary(required(database.find(madeRow, selectMade, ...ask))),
      verdicts,
      standing,
    });
  }
  const requireAsset = (assetId: AssetId) => requireSequence(database, 'assets', assetId, 'asset.notFound');
  function bin(assetIds: readonly AssetId[], before: 'IS NULL' | 'IS NOT NULL', value: number | null): number {
    return database.write(() => {
      const changed = database.all(
        changedRow,
        `UPDATE assets SET binned_at_ms = ? WHERE binned_at_ms ${before} AND sequence IN (SELECT assets.sequence FROM json_each(?) CROSS JOIN assets ON assets.id = value) RETURNING sequence, id`,
        value,
        JSON.stringify(assetIds),
      );
      assetIndex.touch(changed.map(({ sequence }) => sequence));
      database.note(
        value === null ? 'asset.restored' : 'asset.binned',
        changed.map(({ id }) => id),
      );
      return changed.length;
    });
  }
  return {
    summaries,
    readAhead: () => assetIndex.readAhead(),
    readChecksAhead: () => assetIndex.readChecksAhead(),
    lists: new AssetLists({ index: assetIndex, newId: context.newId, resolve }),
    ids: (filter, sort) => {
      const resolved = resolve(filter);
      return resolved === null ? [] : assetIndex.ids(resolved, sort);
    },
    takes: (cellId) => database.all(summaryRow, selectTakes, null, null, cellId).map(toSummary),
    get,
    getMade: (assetId, judgedAgainst) => {
      const asset = get(assetId, judgedAgainst);
      if (asset.origin === 'made') return asset;
      const { id, headline: name } = asset;
      throw new StudioError('asset.notMade', `"${name}" is an imported file: it has no recipe and no plan.`, {
        id,
        name,
      });
    },
    counts: (filter) => {
      const resolved = resolve(filter);
      return resolved === null ? noAssets : assetIndex.counts(resolved);
    },
    bin: (assetIds) => bin(assetIds, 'IS NULL', clock.nowMs()),
    restore: (assetIds) => bin(assetIds, 'IS NOT NULL', null),
    addReport: (assetId, report) =>
      database.write(() => {
        insertReport(context, requireAsset(assetId), report);
        database.note('asset.scored', [assetId]);
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
        .all(fingerprintRow, selectFingerprints, plan, formatId, own, own, own, own, own)
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

/** An asset whose row was just seen has the rows that belong to it: they were written with it. */
function required<Row>(row: Row | null): Row {
  if (row === null) throw new Error('an asset lacks what was written with it');
  return row;
}

/** Same shape for one row of the grid and for a whole asset. */
function toSummary<Row extends z.output<typeof summaryRow>>({
  smallHash: small,
  mediumHash: medium,
  largeHash: large,
  ...rest
}: Row) {
  return { ...rest, thumbnails: small === null || medium === null || large === null ? null : { small, medium, large } };
}
