import { closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** What the object store asks of the file system; the seam where proofs break one step at a time. */
export type FileOperations = {
  /** Opens a new file for writing and reading back; fails with EEXIST when the name is taken. */
  readonly createFile: (path: string) => Promise<FileHandle>;
  /** Writes some of the bytes and says how many: a nearly full volume takes fewer than were given, without an error. */
  readonly writeSome: (file: FileHandle, bytes: Uint8Array) => Promise<number>;
  readonly syncFile: (file: FileHandle) => Promise<void>;
  readonly renameFile: (from: string, to: string) => Promise<void>;
  readonly syncFolder: (path: string) => Promise<void>;
  readonly removeFile: (path: string) => Promise<void>;
  /** Size in bytes, or null when there is no such regular file. */
  readonly sizeOf: (path: string) => number | null;
  /** Up to `count` bytes from the start of a file. */
  readonly readStart: (path: string, count: number) => Uint8Array;
};

export const nodeFileOperations: FileOperations = {
  createFile: (path) => open(path, 'wx+', 0o600),
  writeSome: async (file, bytes) => (await file.write(bytes)).bytesWritten,
  // On macOS libuv makes this F_FULLFSYNC, which also empties the drive's cache.
  syncFile: (file) => file.sync(),
  renameFile: rename,
  syncFolder,
  removeFile: unlink,
  sizeOf: (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : null;
  },
  readStart,
};

/** Windows has no handle that flushes a folder; NTFS keeps names in its own journal. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function readStart(path: string, count: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY);
  try {
    const bytes = new Uint8Array(count);
    return bytes.subarray(0, readSync(file, bytes, 0, count, 0));
  } finally {
    closeSync(file);
  }
}
