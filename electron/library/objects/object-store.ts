import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { objectHashSchema } from '../../contract/identifiers.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { FileOperations } from './file-operations.ts';
import type { LibraryPaths } from '../folder/library-folder.ts';
import { diskFullError, hasErrorCode } from '../folder/volume.ts';

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
  openStream(hash: ObjectHash, range?: { readonly start: number; readonly end: number }): Promise<ReadStream>;
  /** Size in bytes, or null when there is no such object. */
  sizeOf(hash: ObjectHash): number | null;
  /** Up to `count` bytes from the start. @throws library.objectMissing */
  readStart(hash: ObjectHash, count: number): Uint8Array;
};

const READ_BACK_BYTES = 1024 * 1024;

export function createObjectStore(paths: LibraryPaths, operations: FileOperations): ObjectStore {
  return {
    put: (content) => putObject(paths, operations, content),
    read: async (hash) => {
      const file = await openObject(paths, hash);
      try {
        return await file.readFile();
      } finally {
        await file.close();
      }
    },
    openStream: async (hash, range) => {
      const file = await openObject(paths, hash);
      return createReadStream('', { fd: file, ...range });
    },
    sizeOf: (hash) => operations.sizeOf(objectPath(paths, hash)),
    readStart: (hash, count) => {
      try {
        return operations.readStart(objectPath(paths, hash), count);
      } catch (error) {
        throw missingOr(error, hash);
      }
    },
  };
}

/** The only place that turns a hash into a path; anything but 64 hexadecimal digits is refused. */
export function objectPath(paths: LibraryPaths, hash: ObjectHash): string {
  const digits = objectHashSchema.parse(hash);
  return join(paths.objects, digits.slice(0, 2), digits.slice(2));
}

async function openObject(paths: LibraryPaths, hash: ObjectHash): Promise<FileHandle> {
  try {
    return await open(objectPath(paths, hash), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw missingOr(error, hash);
  }
}

function missingOr(error: unknown, hash: ObjectHash): unknown {
  return hasErrorCode(error, 'ENOENT', 'ELOOP')
    ? new StudioError('library.objectMissing', `Object ${hash} is not in the library.`, { hash }, { cause: error })
    : error;
}

/** Write in a loop, read back, flush the file, rename, flush the folder: leave one out and a power cut can lose or tear what was acknowledged. */
async function putObject(
  paths: LibraryPaths,
  operations: FileOperations,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<ObjectHash> {
  const knownBytes = content instanceof Uint8Array ? content.byteLength : null;
  try {
    const incoming = await createIncoming(paths, operations);
    try {
      const hash = await fillFile(incoming.file, operations, content, () =>
        diskFullError(paths.incoming, knownBytes, null),
      );
      await operations.syncFile(incoming.file);
      await incoming.file.close();
      const target = objectPath(paths, hash);
      await ((await isIntact(target, hash))
        ? operations.removeFile(incoming.path)
        : operations.renameFile(incoming.path, target));
      // Also when the file was there: whoever put it may not have flushed the folder yet.
      await operations.syncFolder(dirname(target));
      return hash;
    } catch (error) {
      await discard(incoming, operations);
      throw error;
    }
  } catch (error) {
    throw hasErrorCode(error, 'ENOSPC', 'EDQUOT') ? diskFullError(paths.incoming, knownBytes, error) : error;
  }
}

type Incoming = { readonly file: FileHandle; readonly path: string };

async function createIncoming(paths: LibraryPaths, operations: FileOperations): Promise<Incoming> {
  for (;;) {
    const path = join(paths.incoming, randomUUID());
    try {
      return { file: await operations.createFile(path), path };
    } catch (error) {
      if (!hasErrorCode(error, 'EEXIST')) {
        throw error;
      }
    }
  }
}

async function discard(incoming: Incoming, operations: FileOperations): Promise<void> {
  await incoming.file.close();
  try {
    await operations.removeFile(incoming.path);
  } catch (error) {
    // Gone already when the rename was what came last; anything else is swept at the next open.
    if (!hasErrorCode(error, 'ENOENT')) {
      process.emitWarning(`An unfinished object stays until the library is opened again: ${incoming.path}`);
    }
  }
}

/** False for a missing file and for a damaged one, which the new copy then replaces. */
async function isIntact(path: string, hash: ObjectHash): Promise<boolean> {
  try {
    await using file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    return (await hashFile(file)).hash === hash;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ELOOP', 'EIO')) {
      return false;
    }
    throw error;
  }
}

async function fillFile(
  file: FileHandle,
  operations: FileOperations,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  full: () => StudioError,
): Promise<ObjectHash> {
  const given = createHash('sha256');
  let givenBytes = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    given.update(chunk);
    givenBytes += chunk.byteLength;
    await writeFully(file, operations, chunk, full);
  }
  const hash = given.digest('hex');
  const found = await hashFile(file);
  if (found.bytes !== givenBytes || found.hash !== hash) {
    throw new StudioError('library.damaged', 'The disk gave back other bytes than were written to it.', {
      what: `a new file of ${givenBytes} bytes came back with ${found.bytes}`,
      remedy: 'Check the disk; nothing was added to the library.',
    });
  }
  return objectHashSchema.parse(hash);
}

async function writeFully(
  file: FileHandle,
  operations: FileOperations,
  bytes: Uint8Array,
  full: () => StudioError,
): Promise<void> {
  let rest = bytes;
  while (rest.byteLength > 0) {
    const written = await operations.writeSome(file, rest);
    if (written === 0) {
      throw full();
    }
    rest = rest.subarray(written);
  }
}

/** Reads the whole file from its start, wherever its position is. */
export async function hashFile(file: FileHandle): Promise<{ readonly bytes: number; readonly hash: string }> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(READ_BACK_BYTES);
  let position = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, position);
    if (bytesRead === 0) {
      return { bytes: position, hash: hash.digest('hex') };
    }
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}
