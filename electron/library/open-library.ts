import type { Clock } from './clock.ts';
import type { Library } from './library.ts';

export type OpenLibraryOptions = {
  readonly folder: string;
  readonly clock: Clock;
  /** Makes identifiers in the layout that `contract/identifiers.ts` describes. */
  readonly newId: () => string;
  /** 'write' makes the library when the folder is empty or absent and takes the lock; 'read' does neither. */
  readonly mode: 'write' | 'read';
};

/**
 * Opens (and in write mode makes) a library.
 * @throws library.locked, library.notALibrary, library.damaged, library.diskFull
 */
export type OpenLibrary = (options: OpenLibraryOptions) => Library;
