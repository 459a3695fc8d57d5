import type { ErrorCode } from '../../contract/errors.ts';

/** What the command line tells scripts. Documented in `housestyle --help`. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  input: 2,
  incomplete: 3,
  model: 4,
  library: 5,
  interrupted: 130,
} as const;

export const exitCodeHelp = `
Exit codes:
  0    done
  1    something unexpected went wrong
  2    the brief, the brand kit or an option is wrong
  3    done in part: fewer images than asked for passed every check, or fsck found damage
  4    a model is missing, damaged or does not run
  5    the library is locked, damaged, too new, or its disk is full
       (both also after ten minutes in which nothing could be made because of it)
  130  interrupted; the same command goes on where it stopped`;

export function exitCodeFor(code: ErrorCode): number {
  // A picture of the user's, not the library.
  if (code === 'library.unsupportedFile') return exitCodes.input;
  const topic = code.split('.')[0];
  if (topic === 'model' || topic === 'engine' || topic === 'text') return exitCodes.model;
  if (topic === 'library') return exitCodes.library;
  return topic === 'internal' ? exitCodes.unexpected : exitCodes.input;
}
