import { statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';

/** The folder under which the volume of a file is mounted, for example `/` or `D:\`. */
export function findVolume(path: string): string {
  let folder = resolve(path);
  let device = statSync(folder, { throwIfNoEntry: false })?.dev;
  for (;;) {
    const parent = dirname(folder);
    const parentDevice = statSync(parent, { throwIfNoEntry: false })?.dev;
    if (parent === folder || (device !== undefined && parentDevice !== device)) {
      return folder;
    }
    folder = parent;
    device = parentDevice;
  }
}

/** Bytes that this user may still write, or null when the system does not say. */
export function readFreeBytes(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch {
    // The message that is being made must not fail because a figure in it is unknown.
    return null;
  }
}

export function diskFullError(
  folder: string,
  neededBytes: number | null,
  cause: unknown,
): StudioError<'library.diskFull'> {
  const volume = findVolume(folder);
  const freeBytes = readFreeBytes(folder);
  const need = neededBytes === null ? '' : `; ${neededBytes} bytes are needed`;
  const free = freeBytes === null ? '' : ` (${freeBytes} bytes free)`;
  return new StudioError(
    'library.diskFull',
    `The volume ${volume} is full${free}${need}.`,
    { volume, neededBytes, freeBytes },
    { cause },
  );
}

export function hasErrorCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
