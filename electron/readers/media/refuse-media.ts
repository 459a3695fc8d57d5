import { StudioError } from '../../contract/errors.ts';

/** @throws library.unsupportedFile naming the file and what is wrong with it */
export function refuseMedia(name: string, reason: string, cause?: unknown): never {
  throw new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause });
}
