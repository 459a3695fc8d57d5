import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MAX_IMPORT_BYTES, MAX_IMPORT_FILES } from '../../contract/media.ts';
import type { LeftOut } from '../../contract/media.ts';
import { StudioError } from '../../contract/errors.ts';

export type FoundFile = { readonly path: string; readonly name: string };
export type Walk = { readonly files: FoundFile[]; readonly leftOut: LeftOut[] };

/** What a folder may hold for other reasons; a file that is named itself is looked at whatever it is called. */
const taken = /\.(png|jpe?g|webp|avif|tiff?|hei[cf]|wav|mp3|m4a|m4b|ogg|oga|opus|flac|pdf|md|markdown|txt|text|docx)$/i;
const hidden = /^\.|^(thumbs\.db|desktop\.ini|__macosx)$/i;
const MAX_DEPTH = 32;
const MIB = 1024 ** 2;

/**
 * The files under paths, folders in the order of their names. What is hidden, linked or of another kind is left out with a reason; a path that is not there is too.
 * @throws library.unsupportedFile where there are more files than one import takes
 */
export async function walkPaths(paths: readonly string[], signal?: AbortSignal): Promise<Walk> {
  const walk: Walk = { files: [], leftOut: [] };
  for (const path of paths) {
    const absolute = resolve(path);
    await visit(absolute, basename(absolute), 0, walk, signal);
  }
  return walk;
}

async function visit(path: string, name: string, depth: number, walk: Walk, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const leave = (reason: string) => void walk.leftOut.push({ name, reason });
  let found: Stats;
  try {
    found = await lstat(path);
    if (found.isSymbolicLink()) return leave('it is a link');
    if (found.isDirectory())
      return depth >= MAX_DEPTH ? leave('it lies too deep') : await list(path, name, depth, walk, signal);
  } catch (error) {
    if (error instanceof StudioError || signal?.aborted) throw error;
    return leave('there is no such file, or it cannot be read');
  }
  if (!found.isFile()) return leave('it is no file');
  if (depth > 0 && !taken.test(name)) return leave('files of this kind are not brought in');
  if (found.size === 0) return leave('it is empty');
  if (found.size > MAX_IMPORT_BYTES) return leave(describeTooLarge(found.size));
  walk.files.push({ path, name: basename(path) });
  if (walk.files.length > MAX_IMPORT_FILES) {
    const reason = `there are more than ${MAX_IMPORT_FILES} files; bring them in folder by folder`;
    throw new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason });
  }
}

async function list(path: string, name: string, depth: number, walk: Walk, signal?: AbortSignal): Promise<void> {
  const entries = (await readdir(path)).toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  for (const entry of entries) {
    const inside = `${name}/${entry}`;
    if (hidden.test(entry)) walk.leftOut.push({ name: inside, reason: 'it is hidden' });
    else await visit(join(path, entry), inside, depth + 1, walk, signal);
  }
}

export function describeTooLarge(sizeBytes: number): string {
  return `it has ${Math.ceil(sizeBytes / MIB)} MiB; at most ${MAX_IMPORT_BYTES / MIB} are brought in`;
}
