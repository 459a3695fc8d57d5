import { z } from 'zod';
import type { BinContent, BinItem, Emptied } from '../../contract/bin.ts';
import { binItemSchema } from '../../contract/bin.ts';
import { assetIdSchema, deliverableIdSchema, objectHashSchema } from '../../contract/identifiers.ts';
import type { AssetId, DeliverableId, ObjectHash } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { booleanColumn, countColumn } from '../database/row-columns.ts';
import { removeDocument, removeUnusedAssetTexts } from './document-index.ts';
import { finishRunWhenDone } from './job-in-hand.ts';
import type { RepositoryContext } from './repository-context.ts';

export type BinnedIds = { readonly assetIds: AssetId[]; readonly deliverableIds: DeliverableId[] };

/** The one place where anything is deleted for good. */
export type BinRepository = {
  content(): BinContent;
  /** The last thrown away first. */
  list(window: { readonly offset: number; readonly limit: number }): BinItem[];
  /** Everything that lies in the bin. */
  ids(): BinnedIds;
  /** Whether this asset was deleted for good. */
  hasEmptied(assetId: AssetId): boolean;
  /**
   * Deletes what was binned before the given time, then the objects that nothing names any more and what `repair` put aside. Finished jobs keep a note of
   * what they made. Concepts that a plan is built on stay in the bin. With `atMost` it ends after so many pictures, oldest first, so that a caller can
   * empty a large bin step by step and do other work between.
   */
  empty(options: { readonly binnedBeforeMs: number; readonly atMost?: number }): Emptied;
};

/** Deletes the files of objects whose rows are gone, and the set-aside files; the second half of emptying, after the commit. */
export type RemoveFiles = (hashes: readonly ObjectHash[]) => void;

const binnedAssetRow = z.object({ sequence: countColumn, id: assetIdSchema });
const binnedDeliverableRow = z.object({ sequence: countColumn, id: deliverableIdSchema });
const assetIdRow = z.object({ id: assetIdSchema });
const deliverableIdRow = z.object({ id: deliverableIdSchema });
const sequenceRow = z.object({ sequence: countColumn });
const objectRow = z.object({ hash: objectHashSchema, sizeBytes: countColumn });

/** Objects younger than this may belong to work whose row is about to be written. */
const UNNAMED_GRACE_MS = 24 * 60 * 60 * 1000;

const isUnnamed = `
  AND NOT EXISTS (SELECT 1 FROM assets WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM assets WHERE small_hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM assets WHERE medium_hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM assets WHERE large_hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM brand_files WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM brand_draft_files WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM asset_art WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM imported_files WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE input_hash = unnamed.hash AND kind = 'files.import' AND state IN ('waiting', 'running'))
  AND NOT EXISTS (SELECT 1 FROM plan_sources WHERE hash = unnamed.hash)
  AND NOT EXISTS (SELECT 1 FROM plan_sources WHERE mask_hash = unnamed.hash)`;
const selectUnnamedOf = `SELECT hash, size_bytes AS sizeBytes FROM objects AS unnamed WHERE hash IN (SELECT value FROM json_each(?)) ${isUnnamed}`;
const selectUnnamedSince = `SELECT hash, size_bytes AS sizeBytes FROM objects AS unnamed WHERE created_at_ms < ? ${isUnnamed}`;

const selectItems = `
SELECT 'asset' AS kind, assets.id, headline AS title, briefs.id AS briefId, fields ->> '$.name' AS briefName, binned_at_ms AS binnedAtMs,
  iif(medium = 'picture', ifnull(small_hash, hash), small_hash) AS thumbnail, medium, NULL AS what, 0 AS inUse, assets.sequence AS place
FROM assets LEFT JOIN briefs ON briefs.sequence = brief_sequence WHERE binned_at_ms IS NOT NULL
UNION ALL
SELECT 'deliverable', deliverables.id, coalesce(content ->> '$.concept.title', content ->> '$.gap.title', content ->> '$.persona.name', ''),
  briefs.id, fields ->> '$.name', binned_at_ms, NULL, NULL, kind, EXISTS (SELECT 1 FROM cells WHERE concept_sequence = deliverables.sequence), deliverables.sequence
FROM deliverables JOIN briefs ON briefs.sequence = brief_sequence WHERE binned_at_ms IS NOT NULL
ORDER BY binnedAtMs DESC, kind, place DESC LIMIT ? OFFSET ?`;
const itemRow = z
  .object({
    kind: z.enum(['asset', 'deliverable']),
    id: z.string(),
    title: z.string(),
    briefId: z.string().nullable(),
    briefName: z.string().nullable(),
    binnedAtMs: countColumn,
    thumbnail: z.string().nullable(),
    medium: z.string().nullable(),
    what: z.string().nullable(),
    inUse: booleanColumn,
  })
  .transform(({ thumbnail, medium, what, inUse, ...item }) =>
    item.kind === 'asset' ? { ...item, thumbnail, medium } : { ...item, what, inUse },
  )
  .pipe(binItemSchema);

export function createBinRepository(context: RepositoryContext, removeFiles: RemoveFiles): BinRepository {
  const { database } = context;
  return {
    hasEmptied: (assetId) => database.count('SELECT count(*) FROM emptied_assets WHERE asset_id = ?', assetId) > 0,
    list: ({ offset, limit }) => database.all(itemRow, selectItems, limit, offset),
    ids: () => ({
      assetIds: database.all(assetIdRow, 'SELECT id FROM assets WHERE binned_at_ms IS NOT NULL').map(({ id }) => id),
      deliverableIds: database
        .all(deliverableIdRow, 'SELECT id FROM deliverables WHERE binned_at_ms IS NOT NULL')
        .map(({ id }) => id),
    }),
    content: () => ({
      assets: database.count('SELECT count(*) FROM assets WHERE binned_at_ms IS NOT NULL'),
      deliverables: database.count('SELECT count(*) FROM deliverables WHERE binned_at_ms IS NOT NULL'),
      bytes: database.count(
        `SELECT sum(objects.size_bytes) FROM assets LEFT JOIN imported_files ON asset_sequence = assets.sequence
           JOIN objects ON objects.hash IN (assets.hash, imported_files.hash, small_hash, medium_hash, large_hash) WHERE binned_at_ms IS NOT NULL`,
      ),
    }),
    empty: (options) => {
      const { removed, ...emptied } = database.write(() => deleteRows(context, options));
      removeFiles(removed);
      return emptied;
    },
  };
}

function deleteRows(
  context: RepositoryContext,
  { binnedBeforeMs, atMost = -1 }: { readonly binnedBeforeMs: number; readonly atMost?: number },
): Emptied & { readonly removed: ObjectHash[] } {
  const { database, clock, assetIndex } = context;
  database.run('INSERT INTO emptying (begun_at_ms) VALUES (?)', clock.nowMs());
  const assets = database.all(
    binnedAssetRow,
    'SELECT sequence, id FROM assets WHERE binned_at_ms < ? ORDER BY binned_at_ms, sequence LIMIT ?',
    binnedBeforeMs,
    atMost,
  );
  // The whole bin is done with: what nothing names for other reasons goes now too.
  const isLast = atMost < 0 || assets.length < atMost;
  const candidates = assets.flatMap(({ sequence }) => deleteAsset(context, sequence));
  assetIndex.touch(assets.map(({ sequence }) => sequence));
  finishRuns(context);
  removeUnusedAssetTexts(database);
  const deliverables = database.all(
    binnedDeliverableRow,
    'SELECT sequence, id FROM deliverables WHERE binned_at_ms < ? AND NOT EXISTS (SELECT 1 FROM cells WHERE concept_sequence = deliverables.sequence)',
    binnedBeforeMs,
  );
  for (const { sequence } of deliverables) {
    removeDocument(database, 'concept', sequence);
    database.run('DELETE FROM deliverables WHERE sequence = ?', sequence);
  }
  const unnamed = database.all(objectRow, selectUnnamedOf, JSON.stringify(candidates));
  deleteObjects(database, unnamed);
  if (isLast) {
    const others = database.all(objectRow, selectUnnamedSince, clock.nowMs() - UNNAMED_GRACE_MS);
    deleteObjects(database, others);
    unnamed.push(...others);
  }
  database.run('DELETE FROM emptying');
  database.note(
    'asset.deleted',
    assets.map(({ id }) => id),
  );
  database.note(
    'deliverable.deleted',
    deliverables.map(({ id }) => id),
  );
  return {
    assets: assets.length,
    deliverables: deliverables.length,
    objects: unnamed.length,
    bytes: unnamed.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    removed: unnamed.map(({ hash }) => hash),
  };
}

function deleteObjects(database: LibraryDatabase, objects: readonly { readonly hash: ObjectHash }[]): void {
  for (const { hash } of objects) database.run('DELETE FROM objects WHERE hash = ?', hash);
}

/** Runs whose last jobs were about what is gone. */
function finishRuns({ database, clock }: RepositoryContext): void {
  const open = database.all(sequenceRow, "SELECT sequence FROM runs WHERE state IN ('running', 'paused')");
  for (const { sequence } of open) finishRunWhenDone(database, sequence, clock.nowMs());
}

/** Returns the objects that the asset named. */
function deleteAsset({ database, clock }: RepositoryContext, sequence: number): string[] {
  const named = database.all(
    z.object({ hash: z.string() }),
    `SELECT value AS hash FROM assets, json_each(json_array(hash, small_hash, medium_hash, large_hash, (SELECT hash FROM asset_art WHERE asset_sequence = assets.sequence),
       (SELECT hash FROM imported_files WHERE asset_sequence = assets.sequence)))
     WHERE assets.sequence = ? AND value IS NOT NULL`,
    sequence,
  );
  database.run(
    'INSERT INTO emptied_assets (asset_id, job_sequence, hash, emptied_at_ms) SELECT id, job_sequence, hash, ? FROM assets WHERE sequence = ?',
    clock.nowMs(),
    sequence,
  );
  database.run(
    `UPDATE jobs SET state = 'dropped', token = token + 1, lease_until_ms = NULL, worker = NULL, begun = 0
     WHERE subject = (SELECT id FROM assets WHERE sequence = ?) AND kind = 'picture.rescore' AND state IN ('waiting', 'running')`,
    sequence,
  );
  for (const table of ['recipes', 'reports', 'verdicts']) {
    database.run(`DELETE FROM ${table} WHERE asset_sequence = ?`, sequence);
  }
  database.run('DELETE FROM assets WHERE sequence = ?', sequence);
  return named.map(({ hash }) => hash);
}
