import { assetIdSchema } from '../../contract/identifiers.ts';
import type { AssetId } from '../../contract/identifiers.ts';
import { keepAssetText } from './document-index.ts';
import { insertReport } from './insert-report.ts';
import type { PictureResult } from './picture-result.ts';
import { keepObject } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

const insertAssetRow = `
INSERT INTO assets (id, hash, width, height, headline, format_id, locale, brief_sequence, brand_version_sequence, plan_sequence, run_sequence, cell_sequence, job_sequence,
  text_sequence, compliant, failed_checks, worst_margin, fingerprint, created_at_ms)
SELECT ?, ?, ?, ?, ?, format_id, locale, brief_sequence, brand_version_sequence, plans.sequence, run_sequence, cells.sequence, jobs.sequence, ?, 0, '[]', 0, ?, ?
FROM jobs JOIN cells ON cells.sequence = cell_sequence JOIN plans ON plans.sequence = plan_sequence WHERE jobs.sequence = ?`;

/** Writes everything that a finished picture consists of; call inside the transaction that ends its job. @throws library.objectMissing */
export function insertAsset(context: RepositoryContext, jobSequence: number, result: PictureResult): AssetId {
  const { database, clock, newId } = context;
  const assetId = assetIdSchema.parse(newId());
  keepObject(context, result.hash);
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
    result.fingerprint ?? null,
    clock.nowMs(),
    jobSequence,
  );
  if (result.artHash !== undefined) {
    keepObject(context, result.artHash);
    database.run('INSERT INTO asset_art (asset_sequence, hash) VALUES (?, ?)', sequence, result.artHash);
  }
  database.run('INSERT INTO recipes (asset_sequence, recipe) VALUES (?, ?)', sequence, JSON.stringify(result.recipe));
  insertReport(context, sequence, result.report);
  database.note('asset.made', [assetId]);
  return assetId;
}
