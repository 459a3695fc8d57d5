import type { BrandKit, BrandSummary, BrandVersion } from '../../contract/brand.ts';
import type { BrandId, BrandVersionId, ObjectHash } from '../../contract/identifiers.ts';

/** Files of the kit by their name in it; the objects are in the store already. */
export type BrandVersionContent = { readonly kit: BrandKit; readonly files: Readonly<Record<string, ObjectHash>> };

/** Versions are frozen: the database itself refuses to change one. */
export type BrandRepository = {
  /** By name. */
  list(): BrandSummary[];
  /** Newest first. @throws brand.notFound */
  versions(brandId: BrandId): BrandVersion[];
  /** @throws brand.notFound */
  version(brandVersionId: BrandVersionId): BrandVersion;
  /** Adds a brand with version 1. @throws library.objectMissing */
  create(content: BrandVersionContent): BrandVersion;
  /** Adds the next version of a brand. @throws brand.notFound, library.objectMissing */
  addVersion(brandId: BrandId, content: BrandVersionContent): BrandVersion;
};
