import { readSync, openSync, closeSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LibrarySeams } from '../../../electron/library/assemble-library.ts';
import { nodeFileOperations } from '../../../electron/library/objects/file-operations.ts';
import { migrations } from '../../../electron/library/database/migrations/index.ts';
import { configureConnection } from '../../../electron/library/database/sqlite-connection.ts';

/** The library as it is, and four ways of leaving out one step each. A proof that does not notice these would prove nothing. */
export const variantNames = [
  'sound',
  'no-file-sync',
  'no-folder-sync',
  'synchronous-normal',
  'row-before-file',
] as const;
export type VariantName = (typeof variantNames)[number];

/** `afterCommit` is called by the workload after every commit. */
export type Variant = { readonly seams: LibrarySeams; readonly afterCommit: () => Promise<void> };

const sound: LibrarySeams = { operations: nodeFileOperations, configure: configureConnection, migrations };
const nothing = async () => {};

export function createVariant(name: VariantName): Variant {
  switch (name) {
    case 'sound':
      return { seams: sound, afterCommit: nothing };
    case 'no-file-sync':
      return { seams: { ...sound, operations: { ...nodeFileOperations, syncFile: nothing } }, afterCommit: nothing };
    case 'no-folder-sync':
      return { seams: { ...sound, operations: { ...nodeFileOperations, syncFolder: nothing } }, afterCommit: nothing };
    case 'synchronous-normal':
      return { seams: { ...sound, configure: configureWeakly }, afterCommit: nothing };
    case 'row-before-file':
      return createLateFiles();
  }
}

const configureWeakly: LibrarySeams['configure'] = (connection, mode) => {
  configureConnection(connection, mode);
  connection.pragma('synchronous = NORMAL');
};

/** Files get their names only after the row that names them is committed. */
function createLateFiles(): Variant {
  const waiting = new Map<string, string>();
  const whereIs = (path: string) => waiting.get(path) ?? path;
  return {
    seams: {
      ...sound,
      operations: {
        ...nodeFileOperations,
        renameFile: async (from, to) => {
          waiting.set(to, from);
        },
        syncFolder: nothing,
        sizeOf: (path) => statSync(whereIs(path), { throwIfNoEntry: false })?.size ?? null,
        readStart: (path, count) => {
          const file = openSync(whereIs(path), 'r');
          const bytes = new Uint8Array(count);
          const length = readSync(file, bytes, 0, count, 0);
          closeSync(file);
          return bytes.subarray(0, length);
        },
      },
    },
    afterCommit: async () => {
      for (const [to, from] of waiting) {
        await rename(from, to);
        await nodeFileOperations.syncFolder(dirname(to));
      }
      waiting.clear();
    },
  };
}
