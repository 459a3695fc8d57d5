import { z } from 'zod';
import { objectHashSchema } from '../../contract/identifiers.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import { countColumn } from '../database/row-columns.ts';
import { keepObject } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type ObjectDescription = { readonly hash: ObjectHash; readonly mediaType: string; readonly sizeBytes: number };

export type ObjectRepository = {
  /**
   * Notes an object that is already in the store, for pictures that no other row names (samples). They are swept when the bin is emptied.
   * @throws library.objectMissing
   */
  remember(hash: ObjectHash): ObjectDescription;
  /** Null when no row names the object, even if a file of that name exists. */
  describe(hash: ObjectHash): ObjectDescription | null;
};

const descriptionRow = z.object({ hash: objectHashSchema, mediaType: z.string(), sizeBytes: countColumn });

export function createObjectRepository(context: RepositoryContext): ObjectRepository {
  const { database } = context;
  return {
    remember: (hash) => database.write(() => ({ hash, ...keepObject(context, hash) })),
    describe: (hash) =>
      database.find(
        descriptionRow,
        'SELECT hash, media_type AS mediaType, size_bytes AS sizeBytes FROM objects WHERE hash = ?',
        hash,
      ),
  };
}
