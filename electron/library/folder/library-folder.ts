import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where things stand inside a library folder. */
export function libraryPaths(folder: string) {
  return {
    database: join(folder, 'library.db'),
    lock: join(folder, 'library.lock'),
    owner: join(folder, 'owner.json'),
    objects: join(folder, 'objects'),
    incoming: join(folder, 'incoming'),
    backups: join(folder, 'backups'),
    bin: join(folder, 'bin'),
    /** Says how the command line reaches a studio that has the library open. */
    door: join(folder, 'door.json'),
  };
}
export type LibraryPaths = ReturnType<typeof libraryPaths>;

/** Names that an interrupted first open may leave behind before there is a database. */
export const ownNames: readonly string[] = [
  'library.db',
  'library.db-wal',
  'library.db-shm',
  'library.db-journal',
  'library.db.new',
  'library.lock',
  'library.lock-journal',
  'owner.json',
  'owner.json.new',
  'door.json',
  'door.sock',
  'objects',
  'incoming',
  'backups',
  'bin',
];

/** Briefs and pictures that are not out yet: nobody else on the machine reads them. */
const PRIVATE = { recursive: true, mode: 0o700 } as const;

/** Makes all folders and their 256 shards durable, so that putting an object later has one folder to flush. */
export function makeLibraryFolders(folder: string): void {
  const paths = libraryPaths(folder);
  mkdirSync(folder, PRIVATE);
  for (const path of [paths.objects, paths.incoming, paths.backups, paths.bin]) {
    mkdirSync(path, PRIVATE);
  }
  const present = new Set(readdirSync(paths.objects));
  const missing = listShards().filter((shard) => !present.has(shard));
  for (const shard of missing) {
    mkdirSync(join(paths.objects, shard), PRIVATE);
  }
  if (missing.length > 0) {
    syncFolderNow(paths.objects);
  }
  syncFolderNow(folder);
  syncFolderNow(join(folder, '..'));
}

export function listShards(): string[] {
  return Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
}

/** Everything in `incoming/` is an object that was never finished. Only the owner of the lock may call this. */
export function sweepIncoming(paths: LibraryPaths): number {
  const names = readdirSync(paths.incoming);
  for (const name of names) {
    rmSync(join(paths.incoming, name), { recursive: true, force: true });
  }
  return names.length;
}

/** Same as `nodeFileOperations.syncFolder`, for the few places that run before anything else does. */
export function syncFolderNow(path: string): void {
  if (process.platform === 'win32') {
    return;
  }
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Writes a small file whole or not at all. */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}
