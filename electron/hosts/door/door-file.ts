import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { libraryPaths } from '../../library/folder/library-folder.ts';

/** How to reach the studio that has a library open. Only who owns the library can read it. */
const doorSchema = z.object({ address: z.string(), secret: z.string(), version: z.string() });
export type Door = z.infer<typeof doorSchema>;

/** Longest path of a socket in bytes: 104 on macOS, 108 on Linux, an end mark included. */
const MAX_SOCKET_PATH = 100;

/** A socket beside the library, or where its path is too long for one, in the folder for temporary files; a named pipe on Windows. */
export function chooseDoorAddress(libraryFolder: string, platform: string = process.platform): string {
  const folder = resolve(libraryFolder);
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\housestyle-${name}`;
  const beside = join(folder, 'door.sock');
  return Buffer.byteLength(beside) <= MAX_SOCKET_PATH ? beside : join(tmpdir(), `housestyle-${name}.sock`);
}

export function writeDoorFile(libraryFolder: string, door: Door): void {
  const file = libraryPaths(libraryFolder).door;
  // A file that is there already would keep its mode.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(door)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

export function removeDoorFile(libraryFolder: string): void {
  rmSync(libraryPaths(libraryFolder).door, { force: true });
}

/** Null where no studio left one, or one that cannot be read. */
export function readDoorFile(libraryFolder: string): Door | null {
  try {
    return doorSchema.parse(JSON.parse(readFileSync(libraryPaths(libraryFolder).door, 'utf8')));
  } catch {
    return null;
  }
}
