import type { ObjectHash } from '../contract/identifiers.ts';

/** Files by the SHA-256 of their bytes, under `objects/ab/cdef...`. */
export type ObjectStore = {
  /**
   * Returns when the bytes are durable: a row may name the hash from then on. Putting the same bytes twice keeps one file.
   * @throws library.diskFull, naming the volume; nothing is left behind
   */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<ObjectHash>;
  /** @throws library.objectMissing */
  read(hash: ObjectHash): Promise<Uint8Array>;
  /** Bytes from `start` up to and including `end`. @throws library.objectMissing */
  openStream(hash: ObjectHash, range?: { readonly start: number; readonly end: number }): Promise<NodeJS.ReadableStream>;
  /** Size in bytes, or null when there is no such object. */
  sizeOf(hash: ObjectHash): number | null;
};
