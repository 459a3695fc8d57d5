import type { ObjectHash } from '../../contract/identifiers.ts';

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
