import { z } from 'zod';
import type { Medium } from '../../contract/asset.ts';
import { assetIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, BriefId, ObjectHash, RunId } from '../../contract/identifiers.ts';
import type { JobOutput } from '../../contract/job.ts';
import { booleanColumn, countColumn } from '../database/row-columns.ts';
import { keepAssetText } from './document-index.ts';
import { keepObject, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** A file that a reader has opened. Both objects are in the store already. */
export type ImportedFile = {
  /** The bytes as they came. */
  readonly original: ObjectHash;
  /** What is shown or played: of a picture the form that the reader made. */
  readonly shown: ObjectHash;
  readonly name: string;
  readonly mediaType: string;
  readonly medium: Medium;
  /** In pixels; 0 for what is heard or read. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number | null;
  readonly pages: number | null;
  /** What a search finds it by besides its name. */
  readonly text: string;
  readonly briefId: BriefId | null;
  readonly by: string;
};

export type ImportRepository = {
  /** Whether these bytes were imported and are still here, in the bin or out of it. */
  knows(original: ObjectHash): boolean;
  /**
   * Files what is known by its bytes once: the second time it is told where it is, and what lay in the bin comes out of it. Call inside the transaction that ends the job.
   * @throws library.objectMissing, brief.notFound
   */
  commit(jobSequence: number, file: ImportedFile): JobOutput<'files.import'>;
  /** The same for bytes that `knows` knew. Null when they were deleted for good meanwhile. */
  commitKnown(original: ObjectHash): JobOutput<'files.import'> | null;
  /** How the files of a run came in. @throws run.notFound */
  outcomes(runId: RunId): Readonly<Record<JobOutput<'files.import'>['outcome'], number>>;
};

const knownRow = z.object({ sequence: countColumn, id: assetIdSchema, isBinned: booleanColumn });
const selectKnown = `
SELECT assets.sequence, id, binned_at_ms IS NOT NULL AS isBinned FROM imported_files JOIN assets ON assets.sequence = asset_sequence WHERE imported_files.hash = ?`;

const outcomeRow = z.object({ outcome: z.enum(['added', 'known', 'restored']), count: countColumn });

const insertAssetRow = `
INSERT INTO assets (id, origin, medium, hash, width, height, headline, brief_sequence, run_sequence, job_sequence, text_sequence, failed_checks, thumbnail_problem, created_at_ms)
SELECT ?, 'imported', ?, ?, ?, ?, ?, ?, run_sequence, sequence, ?, '[]', ?, ? FROM jobs WHERE sequence = ?`;

export function createImportRepository(context: RepositoryContext): ImportRepository {
  const { database, assetIndex } = context;
  const find = (original: ObjectHash) => database.find(knownRow, selectKnown, original);
  function tellKnown({ sequence, id, isBinned }: z.output<typeof knownRow>): JobOutput<'files.import'> {
    if (!isBinned) return { assetId: id, outcome: 'known' };
    database.run('UPDATE assets SET binned_at_ms = NULL WHERE sequence = ?', sequence);
    assetIndex.touch([sequence]);
    database.note('asset.restored', [id]);
    return { assetId: id, outcome: 'restored' };
  }
  return {
    knows: (original) => find(original) !== null,
    commitKnown: (original) =>
      database.write(() => {
        const known = find(original);
        return known === null ? null : tellKnown(known);
      }),
    outcomes: (runId) => {
      const rows = database.all(
        outcomeRow,
        "SELECT output ->> 'outcome' AS outcome, count(*) AS count FROM jobs WHERE run_sequence = ? AND state = 'done' GROUP BY 1",
        requireSequence(database, 'runs', runId, 'run.notFound'),
      );
      const counted = { added: 0, known: 0, restored: 0 };
      for (const { outcome, count } of rows) counted[outcome] = count;
      return counted;
    },
    commit: (jobSequence, file) =>
      database.write(() => {
        const known = find(file.original);
        return known === null
          ? { assetId: insertImported(context, jobSequence, file), outcome: 'added' as const }
          : tellKnown(known);
      }),
  };
}

function insertImported(context: RepositoryContext, jobSequence: number, file: ImportedFile): AssetId {
  const { database, clock, newId } = context;
  const assetId = assetIdSchema.parse(newId());
  keepObject(context, file.shown);
  const { sizeBytes } = keepObject(context, file.original);
  const text = keepAssetText(database, { headline: file.name, body: file.text, callToAction: '', prompt: '' });
  const sequence = database.insert(
    insertAssetRow,
    assetId,
    file.medium,
    file.shown,
    file.width,
    file.height,
    file.name,
    file.briefId === null ? null : requireSequence(database, 'briefs', file.briefId, 'brief.notFound'),
    text,
    file.medium === 'picture' ? null : 'it is no picture',
    clock.nowMs(),
    jobSequence,
  );
  database.run(
    `INSERT INTO imported_files (asset_sequence, hash, name, media_type, size_bytes, duration_ms, pages, imported_by, imported_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sequence,
    file.original,
    file.name,
    file.mediaType,
    sizeBytes,
    file.durationMs,
    file.pages,
    file.by,
    clock.nowMs(),
  );
  database.run('UPDATE jobs SET asset_id = ? WHERE sequence = ?', assetId, jobSequence);
  database.note('asset.imported', [assetId]);
  return assetId;
}
