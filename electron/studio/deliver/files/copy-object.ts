import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ObjectHash } from '../../../contract/identifiers.ts';
import { StudioError } from '../../../contract/errors.ts';

const CHUNK_BYTES = 1024 * 1024;

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += (await file.write(bytes, written)).bytesWritten;
}

/** Writes a new file and makes it durable. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'wx');
  await writeFully(file, bytes);
  await file.sync();
}

/** Makes the names in a folder durable. Folders cannot be opened on Windows, where a rename needs no such step. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}

function missing(hash: string, cause: unknown): StudioError<'library.objectMissing'> {
  return new StudioError(
    'library.objectMissing',
    `The file of object ${hash.slice(0, 12)} is missing or damaged.`,
    { hash },
    { cause },
  );
}

/** Copies an object into a new file, checks on the way that its bytes are still the ones that its hash names, and makes it durable. Returns its size. */
export async function copyObject(from: string, to: string, hash: ObjectHash): Promise<number> {
  const source = await open(from, 'r').catch((cause: unknown) => {
    throw missing(hash, cause);
  });
  await using input = source;
  await using output = await open(to, 'wx');
  const digest = createHash('sha256');
  const chunk = new Uint8Array(CHUNK_BYTES);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await input.read(chunk, 0, CHUNK_BYTES);
    if (bytesRead === 0) break;
    digest.update(chunk.subarray(0, bytesRead));
    await writeFully(output, chunk.subarray(0, bytesRead));
    sizeBytes += bytesRead;
  }
  if (digest.digest('hex') !== hash) throw missing(hash, 'the bytes do not match the hash');
  await output.sync();
  return sizeBytes;
}
