import { renameSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { assetIdSchema, jobIdSchema, objectHashSchema } from '../../contract/identifiers.ts';
import type { AssetId, JobId, ObjectHash } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { listShards, syncFolderNow } from './library-folder.ts';
import type { LibraryPaths } from './library-folder.ts';
import { nameOwners } from '../objects/object-owners.ts';
import { hashFile, objectPath } from '../objects/object-store.ts';
import { countColumn } from '../database/row-columns.ts';

/** `of` names what the object belongs to, as people know it. */
export type FsckFinding =
  | { readonly kind: 'database'; readonly detail: string }
  | { readonly kind: 'reference'; readonly detail: string }
  | { readonly kind: 'objectMissing'; readonly hash: ObjectHash; readonly of: string[] }
  | {
      readonly kind: 'objectWrongSize';
      readonly hash: ObjectHash;
      readonly of: string[];
      readonly expectedBytes: number;
      readonly foundBytes: number;
    }
  | { readonly kind: 'objectWrongHash'; readonly hash: ObjectHash; readonly of: string[]; readonly foundHash: string }
  | { readonly kind: 'jobWithoutAsset'; readonly jobId: JobId }
  | { readonly kind: 'jobWithTwoAssets'; readonly jobId: JobId; readonly assetIds: AssetId[] }
  | { readonly kind: 'queue'; readonly detail: string };

/** `findings` are damage. Orphans and temporary files are leftovers of interrupted work and harm nothing. */
export type FsckReport = {
  readonly ok: boolean;
  readonly findings: FsckFinding[];
  /** Files under `objects/` that no row names, relative to it. */
  readonly orphans: string[];
  /** Unfinished objects under `incoming/`. */
  readonly temporaryFiles: string[];
  readonly objects: number;
  readonly bytesRead: number;
};

export type RepairReport = { readonly movedToBin: string[] };

/** Enough to keep a disk busy, and few open files. */
const CHECKED_AT_ONCE = 16;

const objectRow = z.object({ hash: objectHashSchema, sizeBytes: countColumn });
const detailRow = z.object({ detail: z.string() });
const jobRow = z.object({ jobId: jobIdSchema });
const twoAssetsRow = z.object({ jobId: jobIdSchema, first: assetIdSchema, second: assetIdSchema });

/** Looks for damage and changes nothing. 'all' hashes every object; 'none' compares sizes only. */
export async function runFsck(
  database: LibraryDatabase,
  paths: LibraryPaths,
  read: 'all' | 'none',
): Promise<FsckReport> {
  const findings = [...checkDatabase(database), ...checkQueue(database)];
  const objects = database.all(objectRow, 'SELECT hash, size_bytes AS sizeBytes FROM objects ORDER BY hash');
  let bytesRead = 0;
  for (let from = 0; from < objects.length; from += CHECKED_AT_ONCE) {
    const group = objects.slice(from, from + CHECKED_AT_ONCE);
    for (const checked of await Promise.all(
      group.map(({ hash, sizeBytes }) => checkObject(database, paths, hash, sizeBytes, read)),
    )) {
      bytesRead += checked.bytesRead;
      findings.push(...checked.findings);
    }
  }
  const { orphans, temporaryFiles } = await listLeftovers(paths, new Set(objects.map(({ hash }) => hash)));
  return { ok: findings.length === 0, findings, orphans, temporaryFiles, objects: objects.length, bytesRead };
}

/** Moves files that no row names to the bin folder, keeping their names. Nothing else is touched. @throws library.readOnly */
export async function repairLibrary(database: LibraryDatabase, paths: LibraryPaths): Promise<RepairReport> {
  const movedToBin: string[] = [];
  const known = (path: string) =>
    database.count('SELECT count(*) FROM objects WHERE hash = ?', path.replace('/', '')) > 0;
  const { orphans } = await listLeftovers(
    paths,
    new Set(database.all(objectRow, 'SELECT hash, size_bytes AS sizeBytes FROM objects').map(({ hash }) => hash)),
  );
  database.write(() => {
    for (const orphan of orphans.filter((path) => !known(path))) {
      renameSync(join(paths.objects, orphan), join(paths.bin, orphan.replace('/', '')));
      movedToBin.push(orphan);
    }
  });
  syncFolderNow(paths.bin);
  return { movedToBin };
}

/** Reads all rows of the integrity check, not only the first. */
function checkDatabase(database: LibraryDatabase): FsckFinding[] {
  try {
    const integrity = database
      .all(z.object({ integrity_check: z.string() }), 'PRAGMA integrity_check(1000)')
      .map((row) => row.integrity_check);
    const references = database
      .all(
        z.object({ table: z.string(), rowid: z.number().nullable(), parent: z.string() }).loose(),
        'PRAGMA foreign_key_check',
      )
      .map(({ table, rowid, parent }) => `row ${rowid ?? '?'} of ${table} names a missing row of ${parent}`);
    return [
      ...integrity.filter((line) => line !== 'ok').map((detail) => ({ kind: 'database' as const, detail })),
      ...references.map((detail) => ({ kind: 'reference' as const, detail })),
    ];
  } catch (error) {
    if (error instanceof StudioError && error.code === 'library.damaged') {
      return [{ kind: 'database', detail: error.message }];
    }
    throw error;
  }
}

function checkQueue(database: LibraryDatabase): FsckFinding[] {
  const without = database.all(
    jobRow,
    `
    SELECT jobs.id AS jobId FROM jobs WHERE state = 'done' AND kind IN ('picture.make', 'picture.compose')
      AND NOT EXISTS (SELECT 1 FROM assets WHERE job_sequence = jobs.sequence AND assets.id = asset_id)
      AND NOT EXISTS (SELECT 1 FROM emptied_assets WHERE job_sequence = jobs.sequence AND emptied_assets.asset_id = jobs.asset_id)`,
  );
  const doubled = database.all(
    twoAssetsRow,
    `
    SELECT jobs.id AS jobId, min(assets.id) AS first, max(assets.id) AS second FROM assets JOIN jobs ON jobs.sequence = job_sequence
    GROUP BY job_sequence HAVING count(*) > 1`,
  );
  const unfinished = database.all(
    detailRow,
    `
    SELECT 'asset ' || assets.id || ' belongs to a job that is ' || jobs.state AS detail FROM assets JOIN jobs ON jobs.sequence = job_sequence WHERE jobs.state <> 'done'
    UNION ALL SELECT kind || ' ' || id || ' has ' || jobCount || ' jobs instead of ' || total
      FROM (SELECT kind, id, total, (SELECT count(*) FROM jobs WHERE run_sequence = runs.sequence) AS jobCount,
          (SELECT count(*) FROM jobs WHERE run_sequence = runs.sequence AND state = 'dropped' AND jobs.asked_by IS NOT NULL) AS takenBack FROM runs)
      WHERE total NOT BETWEEN jobCount - takenBack AND jobCount
    UNION ALL SELECT kind || ' ' || id || ' is finished but has open jobs' FROM runs WHERE state = 'finished'
      AND EXISTS (SELECT 1 FROM jobs WHERE run_sequence = runs.sequence AND jobs.state IN ('waiting', 'running'))
    UNION ALL SELECT 'job ' || id || ' waits for ' || open_needs || ' jobs that have ended' FROM jobs WHERE state = 'waiting' AND open_needs > 0
      AND NOT EXISTS (SELECT 1 FROM job_needs JOIN jobs AS needed ON needed.sequence = needs WHERE job_sequence = jobs.sequence AND needed.state IN ('waiting', 'running'))
    UNION ALL SELECT 'plan ' || id || ' has ' || (SELECT count(*) FROM cells WHERE plan_sequence = plans.sequence) || ' cells instead of ' || cell_count FROM plans
      WHERE cell_count <> (SELECT count(*) FROM cells WHERE plan_sequence = plans.sequence)`,
  );
  return [
    ...without.map(({ jobId }) => ({ kind: 'jobWithoutAsset' as const, jobId })),
    ...doubled.map(({ jobId, first, second }) => ({
      kind: 'jobWithTwoAssets' as const,
      jobId,
      assetIds: [first, second],
    })),
    ...unfinished.map(({ detail }) => ({ kind: 'queue' as const, detail })),
  ];
}

async function checkObject(
  database: LibraryDatabase,
  paths: LibraryPaths,
  hash: ObjectHash,
  expectedBytes: number,
  read: 'all' | 'none',
): Promise<{ readonly findings: FsckFinding[]; readonly bytesRead: number }> {
  const of = () => nameOwners(database, hash);
  let file;
  try {
    file = await open(objectPath(paths, hash), 'r');
  } catch {
    // Whatever keeps it from being opened, the picture cannot be had.
    return { findings: [{ kind: 'objectMissing', hash, of: of() }], bytesRead: 0 };
  }
  try {
    const { size: foundBytes } = await file.stat();
    if (foundBytes !== expectedBytes) {
      return { findings: [{ kind: 'objectWrongSize', hash, of: of(), expectedBytes, foundBytes }], bytesRead: 0 };
    }
    if (read === 'none') {
      return { findings: [], bytesRead: 0 };
    }
    const found = await hashFile(file);
    return {
      findings: found.hash === hash ? [] : [{ kind: 'objectWrongHash', hash, of: of(), foundHash: found.hash }],
      bytesRead: found.bytes,
    };
  } finally {
    await file.close();
  }
}

async function listLeftovers(
  paths: LibraryPaths,
  known: ReadonlySet<string>,
): Promise<{ readonly orphans: string[]; readonly temporaryFiles: string[] }> {
  const listed = await Promise.all(
    listShards().map(async (shard) => {
      const names = await readdir(join(paths.objects, shard));
      return names.filter((name) => !known.has(`${shard}${name}`)).map((name) => `${shard}/${name}`);
    }),
  );
  return { orphans: listed.flat(), temporaryFiles: await readdir(paths.incoming) };
}
