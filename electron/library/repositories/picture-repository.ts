import type { PictureResult } from './picture-result.ts';
import { z } from 'zod';
import {
  assetIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  planIdSchema,
  seedSchema,
} from '../../contract/identifiers.ts';
import type {
  AssetId,
  BrandVersionId,
  BriefId,
  CellId,
  DeliverableId,
  JobId,
  PlanId,
} from '../../contract/identifiers.ts';
import { formatIdSchema } from '../../contract/format.ts';
import type { FormatId } from '../../contract/format.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import { remakeSchema } from '../../contract/remake.ts';
import type { Remake } from '../../contract/remake.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { insertAsset } from './asset-insertion.ts';
import { planSourceColumn, selectPlanSource } from './plan-source.ts';
import { queueRemake } from './remake-jobs.ts';
import { findStaleWords } from './stale-words.ts';
import type { StaleWords } from './stale-words.ts';
import { requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** What a job of a cell is to make. */
export type PictureWork = {
  readonly planId: PlanId;
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId;
  readonly cellId: CellId;
  readonly conceptId: DeliverableId;
  readonly formatId: FormatId;
  readonly locale: string;
  readonly variation: number;
  /** The cell's own. */
  readonly seed: number;
  /** The picture that the plan starts from, if any. */
  readonly source?: PictureSource | undefined;
  /** How this try differs from the plan; null for a cell's first one. */
  readonly remake: Remake | null;
};

export type PictureRepository = {
  /** In the plan's order; cells that something is being made for are left alone. @throws plan.notFound */
  staleWords(planId: PlanId): StaleWords[];
  /** The newest picture of a cell that keeps its art; null where there is none. */
  newestWithArt(cellId: CellId): AssetId | null;
  /** Null for a job that makes no picture. */
  work(jobId: JobId): PictureWork | null;
  /**
   * Writes asset, recipe, report and search text of a job's picture, and the try that follows it. Call inside the transaction that ends the job.
   * @throws library.objectMissing when the picture is not in the store
   */
  commit(jobSequence: number, result: PictureResult): AssetId;
};

const workRow = z.object({
  planId: planIdSchema,
  briefId: briefIdSchema,
  brandVersionId: brandVersionIdSchema,
  cellId: cellIdSchema,
  conceptId: deliverableIdSchema,
  formatId: formatIdSchema,
  locale: z.string(),
  variation: countColumn,
  seed: seedSchema,
  source: planSourceColumn,
  remake: jsonColumn(remakeSchema).nullable(),
});
const selectWork = `
SELECT plans.id AS planId, briefs.id AS briefId, brand_versions.id AS brandVersionId, cells.id AS cellId, deliverables.id AS conceptId, format_id AS formatId,
  cells.locale, variation, cells.seed, ${selectPlanSource} AS source, remake
FROM jobs JOIN cells ON cells.sequence = cell_sequence JOIN plans ON plans.sequence = cells.plan_sequence JOIN briefs ON briefs.sequence = plans.brief_sequence
  JOIN brand_versions ON brand_versions.sequence = plans.brand_version_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
WHERE jobs.id = ?`;

const assetRow = z.object({ id: assetIdSchema });
const selectNewestWithArt = `
SELECT assets.id FROM assets INDEXED BY assets_by_cell JOIN asset_art ON asset_art.asset_sequence = assets.sequence
WHERE assets.cell_sequence = ? AND binned_at_ms IS NULL ORDER BY assets.sequence DESC LIMIT 1`;

export function createPictureRepository(context: RepositoryContext): PictureRepository {
  const { database } = context;
  return {
    staleWords: (planId) => findStaleWords(database, requireSequence(database, 'plans', planId, 'plan.notFound')),
    newestWithArt: (cellId) =>
      database.find(assetRow, selectNewestWithArt, requireSequence(database, 'cells', cellId, 'plan.notFound'))?.id ??
      null,
    work: (jobId) => database.find(workRow, selectWork, jobId),
    commit: (jobSequence, result) =>
      database.write(() => {
        const assetId = insertAsset(context, jobSequence, result);
        database.run('UPDATE jobs SET asset_id = ? WHERE sequence = ?', assetId, jobSequence);
        if (result.next) {
          queueRemake(context, jobSequence, result.next);
        }
        return assetId;
      }),
  };
}
