import type { BrandVersion } from '../../contract/brand.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import { createRecentLoads } from '../system/recent-loads.ts';
import { loadKitFiles } from './kit-files.ts';
import type { KitStore, KitUploads } from './kit-files.ts';
import { openKitFiles } from './open-kit-files.ts';

/** A brand version with all files that its kit names, in the form that a reader made. */
export type LoadedBrand = { readonly version: BrandVersion; readonly files: KitUploads };

/** Brand versions whose fonts and logos stay in memory. */
const MAX_BRANDS = 4;

/**
 * Loads brand versions and keeps the last few: a batch asks for the same one with every picture. Versions that an earlier program froze hold files as they came, and what
 * a reader made comes back as it is, so every version goes by a reader once before anything here draws from it.
 */
export function createBrandLoader({ library, reader }: KitStore): (id: BrandVersionId) => Promise<LoadedBrand> {
  const recent = createRecentLoads<LoadedBrand>(MAX_BRANDS);
  return (id) =>
    recent(id, async () => {
      const version = library.brands.version(id);
      return { version, files: await openKitFiles(reader, version.kit, await loadKitFiles(library, version.files)) };
    });
}
