import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AssetId, BriefId } from '../../../electron/contract/identifiers.ts';
import { findProblem, KEPT } from '../../../electron/library/folder/backups.ts';
import { systemClock } from '../../../electron/library/database/clock.ts';
import { libraryPaths } from '../../../electron/library/folder/library-folder.ts';
import type { Library } from '../../../electron/library/library.ts';
import { openLibrary } from '../../../electron/library/open-library.ts';
import { connectSqlite } from '../../../electron/library/database/sqlite-connection.ts';
import type { Acknowledgement } from './acknowledgement.ts';

/** Opens what a cut left, as the next start of the program would, and returns every broken promise in words. */
export async function checkImage(folder: string, acknowledged: readonly Acknowledgement[]): Promise<string[]> {
  let library: Library;
  try {
    library = openLibrary({ folder, clock: systemClock, newId: () => '', mode: 'write' });
  } catch (error) {
    return [`does not open: ${error instanceof Error ? error.message : 'unknown'}`];
  }
  try {
    const report = await library.fsck({ read: 'all' });
    return [
      ...report.findings.map((finding) => JSON.stringify(finding)),
      ...readdirSync(join(folder, 'incoming')).map((name) => `temporary file ${name} is still there`),
      ...findLost(library, acknowledged),
    ];
  } catch (error) {
    return [`cannot be checked: ${error instanceof Error ? error.message : 'unknown'}`];
  } finally {
    library.close();
  }
}

/** Old copies make room for new ones, also for one that was being made when the power went. */
function findLost(library: Library, acknowledged: readonly Acknowledgement[]): string[] {
  const emptied = new Set(
    acknowledged.flatMap((acknowledgement) => (acknowledgement.kind === 'emptied' ? acknowledgement.ids : [])),
  );
  const dropped = new Set(acknowledged.filter(({ kind }) => kind === 'copied').slice(0, -(KEPT.day - 1)));
  return acknowledged
    .filter((acknowledgement) => !dropped.has(acknowledgement))
    .filter((acknowledgement) => !isKept(library, acknowledgement, emptied) && !isSetAside(library, acknowledgement))
    .map((acknowledgement) => `lost: ${JSON.stringify(acknowledgement)}`);
}

function isKept(library: Library, acknowledgement: Acknowledgement, emptied: ReadonlySet<AssetId>): boolean {
  try {
    switch (acknowledgement.kind) {
      case 'opened':
        return !library.created;
      case 'brand':
        return acknowledgement.hashes.every(
          (hash) =>
            Object.values(library.brands.version(acknowledgement.id).files).includes(hash) &&
            library.store.sizeOf(hash) !== null,
        );
      case 'brief':
        return library.briefs.get(acknowledgement.id).text === acknowledgement.text;
      case 'plan':
        return library.plans.get(acknowledgement.id).cellCount === acknowledgement.cells;
      case 'asset':
        return emptied.has(acknowledgement.id) || isWhole(library, acknowledgement.id, acknowledgement.hash);
      case 'stars':
        return acknowledgement.ids.every((id) => library.assets.get(id).stars === acknowledgement.stars);
      case 'copied':
        return findProblem(join(library.folder, 'backups', acknowledgement.name), { asCopy: true }) === null;
      case 'later':
        return library.briefs.list().some(({ id }) => id === acknowledgement.id);
      case 'restored':
        return (
          !library.briefs.list().some(({ id }) => id === acknowledgement.withoutId) &&
          isSetAside(library, { kind: 'later', id: acknowledgement.withoutId })
        );
      case 'putBack':
        return library.assets.summaries(acknowledgement.ids).length === acknowledgement.ids.length;
      case 'emptied':
        return library.assets.summaries(acknowledgement.ids).length === 0;
    }
  } catch {
    // Whatever keeps the library from answering, the row is not there for the user.
    return false;
  }
}

/** An asset that was about to leave through the bin when the power went may be gone; one that nobody binned may not. */
function isWhole(library: Library, id: AssetId, hash: string): boolean {
  return (
    library.bin.hasEmptied(id) ||
    (library.assets.get(id).hash === hash && library.store.sizeOf(library.assets.get(id).hash) !== null)
  );
}

/** Work after the copy that was put back is not in the library any more; it stays in the database that was set aside, and that one is whole. */
function isSetAside(library: Library, acknowledgement: Acknowledgement): boolean {
  if (acknowledgement.kind !== 'later') {
    return false;
  }
  const { backups } = libraryPaths(library.folder);
  return readdirSync(backups)
    .filter((name) => name.startsWith('library-damaged-'))
    .map((name) => join(backups, name, 'library.db'))
    .some((file) => existsSync(file) && findProblem(file) === null && holdsBrief(file, acknowledgement.id));
}

function holdsBrief(file: string, id: BriefId): boolean {
  const connection = connectSqlite(file, 'read');
  try {
    return connection.prepare('SELECT 1 FROM briefs WHERE id = ?').get(id) !== undefined;
  } finally {
    connection.close();
  }
}
