import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { MAX_DOCUMENT_TEXT } from './media-file.ts';
import type { MediaFile } from './media-file.ts';
import { refuseMedia } from './refuse-media.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  markdown: 'text/markdown',
};

/** Text looks like anything, so here the name says what it is. @throws library.unsupportedFile naming the file */
export function readText(bytes: Uint8Array, name: string): MediaFile {
  const mediaType = mediaTypes[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  if (mediaType === undefined)
    return refuseMedia(name, 'it is neither a picture nor a sound nor a document that can be brought in');
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuseMedia(name, `${decoded.reason}; expected ${decoded.expected}`);
  if (decoded.text.trim() === '') return refuseMedia(name, 'it holds nothing but blanks');
  return { medium: 'document', mediaType, pages: null, text: decoded.text.slice(0, MAX_DOCUMENT_TEXT) };
}
