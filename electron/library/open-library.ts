import { assembleLibrary } from './assemble-library.ts';
import type { OpenLibraryOptions } from './assemble-library.ts';
import { nodeFileOperations } from './objects/file-operations.ts';
import type { Library } from './library.ts';
import { migrations } from './database/migrations/index.ts';
import { configureConnection } from './database/sqlite-connection.ts';

export type { OpenLibraryOptions };

/**
 * Opens (and in write mode makes) a library. A library that a newer program wrote opens read-only, with `readOnly.tooNew` set.
 * @throws library.locked, library.notALibrary, library.damaged, library.readOnly, library.diskFull
 */
export function openLibrary(options: OpenLibraryOptions): Library {
  return assembleLibrary(options, { operations: nodeFileOperations, configure: configureConnection, migrations });
}
