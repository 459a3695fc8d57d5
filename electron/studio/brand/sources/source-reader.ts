import type { SourceReading } from '../../../contract/brand-import.ts';
import { StudioError } from '../../../contract/errors.ts';
import { createWorkerThread, findWorkerScript } from '../../worker-thread.ts';
import type { WorkerThread } from '../../worker-thread.ts';
import type { SourceFile } from './read-sources.ts';

/** Files of strangers are read in a thread of their own: one that hangs or eats memory takes nothing with it. */
export type SourceReader = WorkerThread<readonly SourceFile[], SourceReading>;

/** Longest that one call may take, in milliseconds. A guide of 400 pages takes a fraction of it. */
const LIMIT_MS = 60_000;
const HEAP_MIB = 768;

export function createSourceReader(): SourceReader {
  return createWorkerThread({
    script: findWorkerScript(import.meta.url, 'source-worker'),
    name: 'sources',
    heapMiB: HEAP_MIB,
  });
}

/** @throws brand.sourceRefused when reading takes too long */
export function askForSources(
  reader: SourceReader,
  files: readonly SourceFile[],
  limitMs = LIMIT_MS,
): Promise<SourceReading> {
  const file = files[0]?.name ?? '';
  return reader.ask(files, {
    limitMs,
    onLimit: () =>
      new StudioError('brand.sourceRefused', 'Reading the files takes too long.', {
        file,
        reason: `reading takes longer than ${limitMs / 1000} seconds`,
        expected: 'smaller files, or fewer at once',
      }),
  });
}

/** Brings the files of a call into memory. */
export function readSourceFiles(
  files: readonly { readonly name: string; readonly content: File }[],
): Promise<SourceFile[]> {
  return Promise.all(
    files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) })),
  );
}
