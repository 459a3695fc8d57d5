import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { LibraryPaths } from './library-folder.ts';
import { objectPath } from '../objects/object-store.ts';

/**
 * Deletes the files of objects whose rows are gone for good, and everything in the bin folder. The rows went first: a cut between the two leaves files
 * without rows, which harm nothing, and never rows without files.
 */
export function removeSetAside(paths: LibraryPaths, hashes: readonly ObjectHash[]): void {
  for (const hash of hashes) {
    rmSync(objectPath(paths, hash), { force: true });
  }
  for (const name of readdirSync(paths.bin)) {
    rmSync(join(paths.bin, name), { recursive: true, force: true });
  }
}
