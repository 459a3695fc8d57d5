import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolderNow } from './library-folder.ts';
import type { LibraryPaths } from './library-folder.ts';

const STEP_BYTES = 1024 * 1024;

/**
 * Puts a copy in the place of `library.db` and keeps what stood there in the folder `setAside`. A power cut leaves the old database or the copy under that
 * name, and what stood there is safe in its folder before its name is taken.
 */
export function putInPlace(paths: LibraryPaths, copy: string, setAside: string): void {
  const ready = `${paths.database}.new`;
  copyFile(copy, ready);
  mkdirSync(setAside, { recursive: true, mode: 0o700 });
  for (const ending of ['', '-wal', '-journal']) {
    keepAside(`${paths.database}${ending}`, setAside);
  }
  syncFolderNow(setAside);
  syncFolderNow(paths.backups);
  // A log of the old database would be played into the copy.
  for (const ending of ['-wal', '-shm', '-journal']) {
    rmSync(`${paths.database}${ending}`, { force: true });
  }
  syncFolderNow(dirname(paths.database));
  renameSync(ready, paths.database);
  syncFolderNow(dirname(paths.database));
}

/** A second name needs no room and reads nothing of a file whose sectors may be damaged. */
function keepAside(path: string, setAside: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  const kept = join(setAside, basename(path));
  if (found === undefined) return;
  if (!found.isFile()) return renameSync(path, kept);
  try {
    linkSync(path, kept);
  } catch {
    // Volumes of memory cards know no second names.
    copyFile(path, kept);
  }
}

function copyFile(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      const bytes = new Uint8Array(STEP_BYTES);
      for (let count = readSync(source, bytes); count > 0; count = readSync(source, bytes)) {
        for (let written = 0; written < count;) written += writeSync(target, bytes, written, count - written);
      }
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}
