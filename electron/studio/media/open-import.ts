import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { JobInput } from '../../contract/job.ts';
import { MAX_IMPORT_BYTES } from '../../contract/media.ts';
import type { Library } from '../../library/library.ts';
import type { ImportedFile } from '../../library/repositories/import-repository.ts';
import type { Job, JobCall } from '../jobs/job-kind.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { withinLimit } from './keep-upload.ts';
import { describeTooLarge } from './walk-paths.ts';

/** Bytes that the library knows need no reader. */
export type OpenedImport =
  | { readonly kind: 'known'; readonly original: ObjectHash }
  | { readonly kind: 'new'; readonly file: ImportedFile };
export type ImportOpener = (job: Job<'files.import'>, call: JobCall) => Promise<OpenedImport>;

export type ImportOpenerUses = {
  readonly library: Pick<Library, 'store' | 'imports'>;
  readonly reader: Pick<FileReader, 'openMedia'>;
};

/** Keeps the bytes as they came and has a reader say what they are. @throws library.unsupportedFile naming the file, library.objectMissing, library.diskFull */
export function createImportOpener({ library, reader }: ImportOpenerUses): ImportOpener {
  const { store, imports } = library;
  return async ({ input, askedBy }, { signal, onProgress }) => {
    const { name, briefId } = input;
    onProgress({ done: 0, total: 1, unit: 'files' });
    const original = await keepOriginal(store, input, signal);
    if (imports.knows(original)) return { kind: 'known', original };
    const media = await reader.openMedia(name, await store.read(original), signal);
    signal.throwIfAborted();
    const { medium, mediaType } = media;
    const common = { original, name, medium, mediaType, briefId, by: askedBy };
    const unseen = { shown: original, width: 0, height: 0, durationMs: null, pages: null, text: '' };
    switch (media.medium) {
      case 'picture': {
        const { width, height } = media;
        return { kind: 'new', file: { ...unseen, ...common, width, height, shown: await store.put(media.plain) } };
      }
      case 'audio':
        return { kind: 'new', file: { ...unseen, ...common, durationMs: media.durationMs } };
      case 'document':
        return { kind: 'new', file: { ...unseen, ...common, pages: media.pages, text: media.text } };
    }
  };
}

async function keepOriginal(
  store: Library['store'],
  { name, from }: JobInput<'files.import'>,
  signal: AbortSignal,
): Promise<ObjectHash> {
  if (from.kind === 'upload') return from.hash;
  try {
    const found = await stat(from.path);
    if (!found.isFile()) throw refuse(name, 'it is no file');
    if (found.size > MAX_IMPORT_BYTES) throw refuse(name, describeTooLarge(found.size));
    return await store.put(withinLimit(createReadStream(from.path, { signal })));
  } catch (error) {
    if (signal.aborted || error instanceof StudioError) throw error;
    throw isMissing(error) ? refuse(name, 'it is not there any more, or it cannot be read', error) : error;
  }
}

/** What is wrong with the file of a stranger; a failing disk of the library is another matter. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOENT' || code === 'EACCES' || code === 'EPERM' || code === 'EISDIR';
}

function refuse(name: string, reason: string, cause?: unknown): StudioError {
  return new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause });
}
