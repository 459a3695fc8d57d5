import type { ErrorCode } from '../../contract/errors.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { AssetIndex } from '../index/asset-index.ts';
import type { Clock } from '../database/clock.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { MEDIA_TYPE_BYTES, detectMediaType } from '../objects/media-type.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** What every repository works with. */
export type RepositoryContext = {
  readonly database: LibraryDatabase;
  readonly store: ObjectStore;
  readonly assetIndex: AssetIndex;
  readonly clock: Clock;
  readonly newId: () => string;
};

type Table = 'briefs' | 'brands' | 'brand_versions' | 'deliverables' | 'plans' | 'cells' | 'runs' | 'jobs' | 'assets';
type NotFoundCode = Extract<
  ErrorCode,
  | 'brief.notFound'
  | 'brand.notFound'
  | 'deliverable.notFound'
  | 'plan.notFound'
  | 'batch.notFound'
  | 'run.notFound'
  | 'asset.notFound'
  | 'format.notFound'
  | 'person.notFound'
  | 'invite.notFound'
>;

/** Null when there is no such row. */
export function findSequence(database: LibraryDatabase, table: Table, id: string): number | null {
  const found = database.value(`SELECT sequence FROM ${table} WHERE id = ?`, id);
  return typeof found === 'number' ? found : null;
}

export function requireSequence(database: LibraryDatabase, table: Table, id: string, code: NotFoundCode): number {
  const found = findSequence(database, table, id);
  if (found === null) throw notFound(code, id);
  return found;
}

export function notFound(code: NotFoundCode, id: string): StudioError {
  return new StudioError(code, `There is no ${code.slice(0, code.indexOf('.'))} ${id} in this library.`, { id });
}

/**
 * Makes sure that a row stands for an object before another row names it. The file must be in the store: no row ever names a file that is not there.
 * @throws library.objectMissing
 */
export function keepObject(
  { database, store, clock }: RepositoryContext,
  hash: ObjectHash,
): { readonly mediaType: string; readonly sizeBytes: number } {
  const sizeBytes = store.sizeOf(hash);
  if (sizeBytes === null) {
    throw new StudioError('library.objectMissing', `Object ${hash} is not in the library.`, { hash });
  }
  const mediaType = detectMediaType(store.readStart(hash, MEDIA_TYPE_BYTES));
  database.run(
    'INSERT INTO objects (hash, size_bytes, media_type, created_at_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    hash,
    sizeBytes,
    mediaType,
    clock.nowMs(),
  );
  return { mediaType, sizeBytes };
}
