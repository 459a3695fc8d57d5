import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { assetIdSchema, brandVersionIdSchema, rescoreIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { BrandVersionId, RescoreId } from '../../contract/identifiers.ts';
import type { Rescore, ScoreScope } from '../../contract/scoring.ts';
import { countColumn } from '../database/row-columns.ts';
import type { RepositoryContext } from './repository-context.ts';
import { countJobs, insertRun } from './run-repository.ts';
import { scopedAssets, scopeParameters } from './score-repository.ts';

/** Re-scorings by what only they have; stopping and trying again are those of any run. */
export type RescoreRepository = {
  /** Queues every picture of the scope without a report against the version. @throws brand.notFound, rescore.empty */
  start(brandVersionId: BrandVersionId, scope: ScoreScope, askedBy: string): Rescore;
  /** @throws rescore.notFound */
  get(rescoreId: RescoreId): Rescore;
  list(limit: number): Rescore[];
};

const rescoreRow = z.object({
  id: rescoreIdSchema,
  brandVersionId: brandVersionIdSchema,
  brandName: z.string(),
  versionNumber: countColumn,
  state: z.enum(['running', 'paused', 'stopped', 'finished']),
  total: countColumn,
  done: countColumn,
  failed: countColumn,
  waiting: countColumn,
  firstFailure: z.string().nullable(),
  createdAtMs: timestampMsSchema,
  finishedAtMs: timestampMsSchema.nullable(),
});
const assetRow = z.object({ id: assetIdSchema });
const versionRow = z.object({ name: z.string(), number: countColumn });

const selectRescores = `
SELECT runs.id, brand_versions.id AS brandVersionId, brands.name AS brandName, number AS versionNumber, runs.state, total,
  ${countJobs('done')} AS done, ${countJobs('failed')} AS failed, ${countJobs('waiting')} + ${countJobs('running')} AS waiting,
  (SELECT error ->> 'message' FROM jobs WHERE run_sequence = runs.sequence AND state = 'failed' ORDER BY sequence LIMIT 1) AS firstFailure,
  runs.started_at_ms AS createdAtMs, finished_at_ms AS finishedAtMs
FROM runs JOIN brand_versions ON brand_versions.sequence = brand_version_sequence JOIN brands ON brands.sequence = brand_sequence WHERE kind = 'rescore'`;
const selectUnscored = `
SELECT id FROM assets WHERE ${scopedAssets} AND origin = 'made'
  AND NOT EXISTS (SELECT 1 FROM report_checks WHERE asset_sequence = assets.sequence AND brand_version_id = ?) ORDER BY sequence`;
const selectVersion = `
SELECT brands.name, number FROM brand_versions JOIN brands ON brands.sequence = brand_sequence WHERE brand_versions.id = ?`;

export function createRescoreRepository(context: RepositoryContext): RescoreRepository {
  const { database } = context;
  function get(rescoreId: RescoreId): Rescore {
    const found = database.find(rescoreRow, `${selectRescores} AND runs.id = ?`, rescoreId);
    if (found === null) {
      throw new StudioError('rescore.notFound', `There is no rescore ${rescoreId} in this library.`, { id: rescoreId });
    }
    return found;
  }
  return {
    get,
    list: (limit) => database.all(rescoreRow, `${selectRescores} ORDER BY runs.sequence DESC LIMIT ?`, limit),
    start: (brandVersionId, scope, askedBy) =>
      database.write(() => {
        const version = database.find(versionRow, selectVersion, brandVersionId);
        if (version === null) {
          throw new StudioError('brand.notFound', `There is no brand version ${brandVersionId}.`, {
            id: brandVersionId,
          });
        }
        const assets = database.all(assetRow, selectUnscored, ...scopeParameters(context, scope), brandVersionId);
        if (assets.length === 0) {
          throw new StudioError('rescore.empty', 'Every picture has a report against this version already.', {});
        }
        const runId = insertRun(context, {
          kind: 'rescore',
          title: `${version.name} ${version.number}`,
          about: { ...scope, brandVersionId },
          askedBy,
          jobs: assets.map(({ id }) => ({
            kind: 'picture.rescore' as const,
            resource: 'processor' as const,
            subject: id,
            input: { brandVersionId },
          })),
        });
        return get(runId);
      }),
  };
}
