import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, readlink, realpath, rename, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { StudioError } from '../../contract/errors.ts';

/** A file to install. `path` is the real one, after links; `name` is its place in the model, with `/`. */
export type SourceFile = { readonly name: string; readonly path: string; readonly sizeBytes: number };

const MAX_FILES = 5000;
const MAX_DEPTH = 8;
const CHUNK_BYTES = 8 * 1024 * 1024;
/** What people publish beside a model and no engine reads; weights of other tools would double the size. */
const LEFT_OUT =
  /(?:^|\/)(?:\.|__pycache__|(?:diffusion_)?pytorch_model[^/]*\.bin$)|\.(?:ckpt|pt|pth|pkl|msgpack|h5|ot|py)$/i;

/** All files of what a person wants to install. @throws model.wrongKind for what is neither file nor folder, model.damaged for a link that leads outside */
export async function listSourceFiles(model: string, source: string): Promise<SourceFile[]> {
  const root = await realpath(source);
  const own = await stat(root);
  if (own.isFile()) return [{ name: basename(source), path: root, sizeBytes: own.size }];
  // A pipe would be waited for without end, a device read without end.
  if (!own.isDirectory()) throw refuseSpecial(model, own);
  const files: SourceFile[] = [];
  await addFiles(model, root, root, files);
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Folder by folder, so that whoever names the root of a disk is told so after a few of its files. */
async function addFiles(model: string, root: string, folder: string, files: SourceFile[]): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (LEFT_OUT.test(name)) continue;
    if (entry.isDirectory()) {
      if (name.split('/').length > MAX_DEPTH) throw refuseFile(model, name, 'no model nests its folders so deep');
      await addFiles(model, root, path, files);
      continue;
    }
    if (!entry.isFile() && !entry.isSymbolicLink()) throw refuseFile(model, name, 'it is no plain file');
    const real = entry.isSymbolicLink() ? await followLink(model, root, path, name) : path;
    files.push({ name, path: real, sizeBytes: (await stat(real)).size });
    if (files.length > MAX_FILES) throw refuseFile(model, name, `the folder holds more than ${MAX_FILES} files`);
  }
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
 * Puts a file in its place: a large one by a second name where the volume allows that, else as a copy that goes on where an earlier one
 * stopped. Small ones are always copied: they are what people edit, and an installed model must not change with its source.
 * The file stands under its name only when it is whole and durable.
 */
export async function installFile({ path, sizeBytes }: SourceFile, target: string, copy: Copying = {}): Promise<void> {
  if ((await stat(target).catch(() => null))?.size === sizeBytes) return;
  await mkdir(dirname(target), { recursive: true });
  if (sizeBytes >= CHUNK_BYTES) {
    try {
      await link(path, target);
      return;
    } catch {
      // Another volume, or one without links: it is copied.
    }
  }
  const unfinished = `${target}.part`;
  if (sizeBytes < CHUNK_BYTES) await copyFile(path, unfinished, constants.COPYFILE_FICLONE);
  else await copyFrom(path, unfinished, copy);
  await using file = await open(unfinished, 'r+');
  await file.sync();
  await rename(unfinished, target);
}

export type Copying = {
  readonly signal?: AbortSignal | undefined;
  /** How many bytes of the file stand there by now. */
  readonly onBytes?: (bytes: number) => void;
};

async function copyFrom(path: string, unfinished: string, { signal, onBytes }: Copying): Promise<void> {
  await using from = await open(path, 'r');
  await using to = await open(unfinished, 'a');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (let offset = (await to.stat()).size; ;) {
    signal?.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, offset);
    if (bytesRead === 0) return;
    await to.appendFile(buffer.subarray(0, bytesRead));
    offset += bytesRead;
    onBytes?.(offset);
  }
}

function refuseSpecial(model: string, found: Stats): StudioError {
  const what = found.isFIFO()
    ? 'a pipe'
    : found.isSocket()
      ? 'a socket'
      : found.isCharacterDevice() || found.isBlockDevice()
        ? 'a device'
        : 'neither a file nor a folder';
  const wanted = 'a file or a folder on a disk';
  return new StudioError('model.wrongKind', `"${model}" is ${what}. What can be installed: ${wanted}.`, {
    model,
    found: what,
    wanted,
  });
}

function refuseFile(model: string, file: string, reason: string): StudioError {
  return new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}
