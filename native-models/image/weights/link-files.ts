import { copyFile, link, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** Gives a file a second name, or copies it where the volume cannot. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await link(from, to);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT')) throw error;
    await copyFile(from, to);
  }
}

/** Puts every file of a model into another folder, but those that are left out (relative, with `/`). Links are replaced by what they name. */
export async function linkFolder(from: string, to: string, isLeftOut: (file: string) => boolean): Promise<void> {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = relative(from, path).replaceAll('\\', '/');
    if (entry.isDirectory() || isLeftOut(file) || file.split('/').some((part) => part.startsWith('.'))) continue;
    if (entry.isFile()) await linkOrCopy(path, join(to, file));
    else if (entry.isSymbolicLink()) {
      await mkdir(dirname(join(to, file)), { recursive: true });
      await copyFile(path, join(to, file));
    }
  }
}

/** A folder's entries are durable when this resolves. Where a system cannot sync folders, it does so by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}
