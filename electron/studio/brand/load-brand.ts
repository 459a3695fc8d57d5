import type { BrandVersion } from '../../contract/brand.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';
import { createRecentLoads } from '../recent-loads.ts';
import { loadKitFiles } from './kit-files.ts';
import type { KitUploads } from './kit-files.ts';

/** A brand version with the bytes of all files that its kit names. */
export type LoadedBrand = { readonly version: BrandVersion; readonly files: KitUploads };

/** Brand versions whose fonts and logos stay in memory. */
const MAX_BRANDS = 4;

/** Loads brand versions and keeps the last few: a batch asks for the same one with every picture. */
export function createBrandLoader(library: Library): (id: BrandVersionId) => Promise<LoadedBrand> {
  const recent = createRecentLoads<LoadedBrand>(MAX_BRANDS);
  return (id) =>
    recent(id, async () => {
      const version = library.brands.version(id);
      return { version, files: await loadKitFiles(library, version.files) };
    });
}
