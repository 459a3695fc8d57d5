import { z } from 'zod';
import { assetIdSchema, objectHashSchema } from '../../contract/identifiers.ts';
import type { AssetId, ObjectHash } from '../../contract/identifiers.ts';
import { keepObject } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type ThumbnailHashes = { readonly small: ObjectHash; readonly medium: ObjectHash; readonly large: ObjectHash };

export type ThumbnailRepository = {
  /** Assets without thumbnails, oldest first; those whose picture could not be read are left out. */
  missing(limit: number): { readonly assetId: AssetId; readonly hash: ObjectHash }[];
  /** Keeps the first set; false when the asset has one already or is gone. @throws library.objectMissing */
  record(assetId: AssetId, hashes: ThumbnailHashes): boolean;
  /** Notes that no thumbnail can be made, so that it is not tried for ever. */
  recordFailure(assetId: AssetId, reason: string): void;
};

const missingRow = z.object({ assetId: assetIdSchema, hash: objectHashSchema });

export function createThumbnailRepository(context: RepositoryContext): ThumbnailRepository {
  const { database } = context;
  return {
    missing: (limit) =>
      database.all(
        missingRow,
        `SELECT id AS assetId, hash FROM assets INDEXED BY assets_without_thumbnails
       WHERE small_hash IS NULL AND thumbnail_problem IS NULL ORDER BY sequence LIMIT ?`,
        limit,
      ),
    record: (assetId, { small, medium, large }) =>
      database.write(() => {
        for (const hash of [small, medium, large]) {
          keepObject(context, hash);
        }
        const isFirst =
          database.run(
            'UPDATE assets SET small_hash = ?, medium_hash = ?, large_hash = ? WHERE id = ? AND small_hash IS NULL',
            small,
            medium,
            large,
            assetId,
          ) === 1;
        if (isFirst) database.note('asset.thumbnailed', [assetId]);
        return isFirst;
      }),
    recordFailure: (assetId, reason) => {
      database.write(() =>
        database.run('UPDATE assets SET thumbnail_problem = ? WHERE id = ? AND small_hash IS NULL', reason, assetId),
      );
    },
  };
}
