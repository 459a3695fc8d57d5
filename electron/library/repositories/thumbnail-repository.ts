import type { AssetId, ObjectHash } from '../../contract/identifiers.ts';

export type ThumbnailHashes = { readonly small: ObjectHash; readonly medium: ObjectHash; readonly large: ObjectHash };

export type ThumbnailRepository = {
  /** Assets without thumbnails, oldest first; those whose picture could not be read are left out. */
  missing(limit: number): { readonly assetId: AssetId; readonly hash: ObjectHash }[];
  /** Keeps the first set; a second call for the same asset changes nothing. @throws library.objectMissing */
  record(assetId: AssetId, hashes: ThumbnailHashes): void;
  /** Notes that no thumbnail can be made, so that it is not tried for ever. */
  recordFailure(assetId: AssetId, reason: string): void;
};
