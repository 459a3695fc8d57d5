import { isStudioError, StudioError, type ErrorRecord } from '../../electron/contract/errors.ts';

/** The reason of an abort that the studio asked for. */
export class EngineCancelled extends Error {
  override readonly name = 'EngineCancelled';
}

const OUT_OF_MEMORY =
  /out of memory|bad[_ ]alloc|failed to allocate|cannot allocate|allocation failed|array buffer allocation|invalid typed array length/i;

/** Any thrown value as a record that may leave the process. Paths lose their folders. */
export function toErrorRecord(kind: string, error: unknown): ErrorRecord {
  if (isStudioError(error)) return error.toRecord();
  const reason = withoutFolders(error instanceof Error ? error.message : 'an unknown failure').slice(0, 500);
  if (OUT_OF_MEMORY.test(reason)) {
    return new StudioError('engine.outOfMemory', `The ${kind} engine ran out of memory.`, {
      kind,
      neededMiB: null,
      freeMiB: null,
      holders: [],
    }).toRecord();
  }
  return new StudioError('engine.failed', `The ${kind} engine could not do this job: ${reason}`, {
    kind,
    reason,
  }).toRecord();
}

export function withoutFolders(text: string): string {
  return text.replace(/(?<![\w.@-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+ -]+)+[\\/]([\w.@+-]+)/g, '$1');
}
