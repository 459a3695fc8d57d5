import type { SourceReading } from '../../contract/brand-import.ts';
import { isStudioError, StudioError } from '../../contract/errors.ts';
import type { MediaFile } from '../../readers/media/media-file.ts';
import type { PictureUse } from '../../readers/open-picture.ts';
import type { KitFile, ReaderOutput, ReaderTask } from '../../readers/reader-task.ts';
import type { SourceFile } from '../../readers/sources/source-file.ts';
import { ReaderEnded, ReaderProcess } from './reader-process.ts';
import { Semaphore } from './semaphore.ts';

/** Opens files of strangers in processes of their own: one that hangs or eats memory costs its caller one typed error and nobody else anything. */
export type FileReader = {
  /** The form of a kit's file that may be kept and drawn. @throws brand.invalid naming the field */
  openKitFile(file: KitFile, signal?: AbortSignal): Promise<Uint8Array>;
  /** What a brand can be read from. A file that cannot be read is told with its reason and stops no other. */
  readSources(files: readonly SourceFile[], signal?: AbortSignal): Promise<SourceReading>;
  /** A picture or a mask to start from as a plain PNG. @throws library.unsupportedFile naming the file */
  openPicture(name: string, use: PictureUse, bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
  /** What a file to bring in is, and the form of it that is shown. @throws library.unsupportedFile naming the file */
  openMedia(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<MediaFile>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type FileReaderOptions = {
  readonly nodePath: string;
  readonly script: string;
  /** Time for one file, in milliseconds. A test shortens it. */
  readonly limitMs?: number;
  /** Told of every reader that ended at a file, which its caller hears as one typed error. */
  readonly onEnd?: (ended: ReaderEnded) => void;
};

const LIMIT_MS = 5_000;
const MOST_MIB = 512;
/** A guide of 400 pages, or twenty files at once. */
const SOURCES_LIMIT_FACTOR = 4;
/** A photograph of 100 million pixels is made anew in its own size. */
const MEDIA_LIMIT_FACTOR = 4;
/** Readers that work side by side. */
const WIDTH = 2;
/** How long a reader waits for another file before it ends. */
const REST_MS = 30_000;

export function createFileReader({ nodePath, script, limitMs = LIMIT_MS, onEnd }: FileReaderOptions): FileReader {
  const resting: ReaderProcess[] = [];
  const working = new Set<ReaderProcess>();
  const places = new Semaphore(WIDTH);

  async function ask<Kind extends ReaderTask['kind']>(
    task: Extract<ReaderTask, { kind: Kind }>,
    taskMs: number,
    signal: AbortSignal | undefined,
  ): Promise<ReaderOutput[Kind]> {
    await places.acquire(signal);
    try {
      return await askOnce(task, taskMs, signal);
    } catch (error) {
      // One that ended before it had begun a file says something of the file before it.
      if (!(error instanceof ReaderEnded) || error.how !== 'ended' || error.file !== null) throw error;
      return await askOnce(task, taskMs, signal);
    } finally {
      places.release();
    }
  }

  async function askOnce<Kind extends ReaderTask['kind']>(
    task: Extract<ReaderTask, { kind: Kind }>,
    taskMs: number,
    signal: AbortSignal | undefined,
  ): Promise<ReaderOutput[Kind]> {
    const reader = takeReader();
    try {
      return (await reader.ask(task, taskMs, signal)) as ReaderOutput[Kind];
    } catch (error) {
      if (error instanceof ReaderEnded && error.how !== 'stopped') onEnd?.(error);
      throw error;
    } finally {
      working.delete(reader);
      if (!reader.isOver) putToRest(reader);
    }
  }

  /** One file, whose name the refusal gives. */
  async function askFor<Kind extends 'picture' | 'media'>(
    name: string,
    task: Extract<ReaderTask, { kind: Kind }>,
    taskMs: number,
    signal: AbortSignal | undefined,
  ): Promise<ReaderOutput[Kind]> {
    try {
      return await ask<Kind>(task, taskMs, signal);
    } catch (error) {
      if (!isAboutFile(error)) throw error;
      const { reason } = explain(error, taskMs);
      throw new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause: error });
    }
  }

  function takeReader(): ReaderProcess {
    let reader = resting.pop();
    while (reader?.isOver === true) reader = resting.pop();
    reader ??= new ReaderProcess({ nodePath, script, mostMiB: MOST_MIB });
    reader.rest(false);
    working.add(reader);
    return reader;
  }

  function putToRest(reader: ReaderProcess): void {
    reader.rest(true);
    resting.push(reader);
    setTimeout(() => {
      const at = resting.indexOf(reader);
      if (at >= 0) resting.splice(at, 1)[0]?.kill();
    }, REST_MS).unref();
  }

  return {
    async openKitFile(file, signal) {
      try {
        return await ask({ kind: 'kitFile', file }, limitMs, signal);
      } catch (error) {
        if (!isAboutFile(error)) throw error;
        const { reason, expected } = explain(error, limitMs);
        const data = { file: file.file, field: file.field, reason, expected };
        throw new StudioError('brand.invalid', `${file.file} (${file.field}): ${reason}.`, data, { cause: error });
      }
    },
    openPicture: (name, use, bytes, signal) => askFor(name, { kind: 'picture', name, use, bytes }, limitMs, signal),
    openMedia: (name, bytes, signal) =>
      askFor(name, { kind: 'media', name, bytes }, limitMs * MEDIA_LIMIT_FACTOR, signal),
    async readSources(files, signal) {
      const left = [...files];
      const refused: SourceReading['refused'] = [];
      for (;;) {
        if (left.length === 0) return { findings: [], refused, notes: [] };
        try {
          const reading = await ask({ kind: 'sources', files: left }, limitMs * SOURCES_LIMIT_FACTOR, signal);
          return { ...reading, refused: [...refused, ...reading.refused] };
        } catch (error) {
          if (!(error instanceof ReaderEnded)) throw error;
          // The others are read without the one that was too much.
          const at = Math.max(
            0,
            left.findIndex(({ name }) => name === error.file),
          );
          const [culprit] = left.splice(at, 1);
          if (culprit === undefined) throw error;
          refused.push({ file: culprit.name, ...explain(error, limitMs * SOURCES_LIMIT_FACTOR) });
        }
      }
    },
    async [Symbol.asyncDispose]() {
      for (const reader of [...resting.splice(0), ...working]) reader.kill();
    },
  };
}

/** The end of a reader, or a parser that threw something of its own: both say something of the file and nothing of the studio. */
function isAboutFile(error: unknown): error is Error {
  return error instanceof ReaderEnded || (isStudioError(error) && error.code === 'internal.unexpected');
}

function explain(error: Error, limitMs: number): { readonly reason: string; readonly expected: string } {
  const how = error instanceof ReaderEnded ? error.how : 'ended';
  if (how === 'time')
    return {
      reason: `reading it takes longer than ${limitMs / 1000} seconds`,
      expected: 'a simpler file; save it again in the program that made it',
    };
  if (how === 'memory')
    return { reason: `reading it takes more than ${MOST_MIB} MiB of memory`, expected: 'a smaller or simpler file' };
  return {
    reason: 'it cannot be read: the program that reads such files ended at it',
    expected: 'a whole file; save it again in the program that made it',
  };
}
