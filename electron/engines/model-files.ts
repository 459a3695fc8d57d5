import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, readlink, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { StudioError } from '../contract/errors.ts';

/** A file to install. `path` is the real one, after links; `name` is its place in the model, with `/`. */
export type SourceFile = { readonly name: string; readonly path: string; readonly sizeBytes: number };

const MAX_FILES = 5000;
const CHUNK_BYTES = 8 * 1024 * 1024;
/** What people publish beside a model and no engine reads; weights of other tools would double the size. */
const LEFT_OUT =
  /(?:^|\/)(?:\.|__pycache__|(?:diffusion_)?pytorch_model[^/]*\.bin$)|\.(?:ckpt|pt|pth|pkl|msgpack|h5|ot|py)$/i;

/** All files of what a person wants to install. @throws model.damaged for a link that leads outside */
export async function listSourceFiles(model: string, source: string): Promise<SourceFile[]> {
  const root = await realpath(source);
  const own = await stat(root);
  if (own.isFile()) return [{ name: basename(source), path: root, sizeBytes: own.size }];
  const files: SourceFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (LEFT_OUT.test(name) || entry.isDirectory()) continue;
    if (!entry.isFile() && !entry.isSymbolicLink()) throw refuseFile(model, name, 'it is no plain file');
    const real = entry.isSymbolicLink() ? await followLink(model, root, path, name) : path;
    files.push({ name, path: real, sizeBytes: (await stat(real)).size });
    if (files.length > MAX_FILES) throw refuseFile(model, name, `the folder holds more than ${MAX_FILES} files`);
  }
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Links stay within the folder, or lead to the blobs of the download cache that the folder is a snapshot of. */
async function followLink(model: string, root: string, path: string, name: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real === null)
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${name}.`, { model, file: name });
  const snapshots = dirname(root);
  const blobs = basename(snapshots) === 'snapshots' ? join(dirname(snapshots), 'blobs') : root;
  const isInside = [root, blobs].some((folder) => real.startsWith(`${folder}${sep}`));
  if (!isInside || !(await lstat(real)).isFile())
    throw refuseFile(model, name, `it is a link to something outside the folder (${basename(await readlink(path))})`);
  return real;
}

/**
 * Puts a file in its place: a second name for it where the volume allows that, else a copy that goes on where an earlier one stopped.
 * The file stands under its name only when it is whole and durable.
 */
export async function installFile(
  { path, sizeBytes }: SourceFile,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  if ((await stat(target).catch(() => null))?.size === sizeBytes) return;
  await mkdir(dirname(target), { recursive: true });
  try {
    await link(path, target);
    return;
  } catch {
    // Another volume, or one without links: it is copied.
  }
  const unfinished = `${target}.part`;
  if (sizeBytes < CHUNK_BYTES) await copyFile(path, unfinished, constants.COPYFILE_FICLONE);
  else await copyFrom(path, unfinished, signal);
  await using file = await open(unfinished, 'r+');
  await file.sync();
  await rename(unfinished, target);
}

async function copyFrom(path: string, unfinished: string, signal?: AbortSignal): Promise<void> {
  await using from = await open(path, 'r');
  await using to = await open(unfinished, 'a');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let offset = (await to.stat()).size; ;) {
    signal?.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, offset);
    if (bytesRead === 0) return;
    await to.appendFile(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
}

function refuseFile(model: string, file: string, reason: string): StudioError {
  return new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}
