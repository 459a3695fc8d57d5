import { MAX_IMPORT_BYTES } from '../../contract/media.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';
import { describeTooLarge } from './walk-paths.ts';

/**
 * Puts what a page sends into the library's store, as it comes. A run has to name it within a day; else it goes when the bin is emptied.
 * @throws library.unsupportedFile past the limit, library.diskFull, library.readOnly; nothing is left behind then
 */
export async function keepUpload(
  library: Pick<Library, 'store' | 'objects' | 'readOnly'>,
  content: AsyncIterable<Uint8Array>,
): Promise<ObjectHash> {
  const { readOnly } = library;
  if (readOnly !== null)
    throw new StudioError('library.readOnly', `This library cannot be written: ${readOnly.reason}.`, {
      reason: readOnly.reason,
    });
  const hash = await library.store.put(withinLimit(content));
  library.objects.remember(hash);
  return hash;
}

/** @throws library.unsupportedFile as soon as it is too much, so that no more of it is read */
export async function* withinLimit(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of content) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > MAX_IMPORT_BYTES) {
      const reason = describeTooLarge(sizeBytes);
      throw new StudioError('library.unsupportedFile', `The file is refused: ${reason}.`, { name: 'upload', reason });
    }
    yield chunk;
  }
}
