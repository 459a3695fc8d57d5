import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';

/** Why a file or folder of the user cannot be read, in words, by the system's code. */
const READING_FAILURES: Readonly<Record<string, string>> = {
  EACCES: 'this account may not read it',
  EPERM: 'this account may not read it',
  ENOENT: 'it is gone',
  ENOTDIR: 'it is gone',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long for this disk',
  EIO: 'the disk cannot read it',
  ESTALE: 'the network folder that it lies in is gone',
};

/** An error of the file system in the middle of an import as one of the catalogue, where it is one that a user can do something about. */
export function toImportFailure(error: unknown, targetFolder: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : '';
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    const volume = basename(targetFolder);
    return new StudioError(
      'library.diskFull',
      `The disk that holds the folder "${volume}" is full. Free some space; the import goes on where it was.`,
      { volume, neededBytes: null, freeBytes: null },
      { cause: error },
    );
  }
  if (path.startsWith(targetFolder)) {
    if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') return error;
    const reason = 'the folder for models may not be written to; change its rights, or name another with --models';
    return new StudioError('library.readOnly', `Nothing was installed: ${reason}.`, { reason }, { cause: error });
  }
  const reason = READING_FAILURES[error.code];
  if (reason === undefined) return error;
  const message = `${basename(path)}: ${reason}`;
  return new StudioError('input.invalid', `${message}.`, { issues: [{ path: 'path', message }] }, { cause: error });
}
