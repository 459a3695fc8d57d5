import type { MediaFile } from './media-file.ts';
import { nameKind } from './name-kind.ts';
import { refuseMedia } from './refuse-media.ts';

/** Each parser is loaded with its first file. @throws library.unsupportedFile naming the file */
export async function openMedia(bytes: Uint8Array, name: string): Promise<MediaFile> {
  if (bytes.length === 0) refuseMedia(name, 'it is empty');
  switch (nameKind(bytes)) {
    case 'picture':
      return (await import('./open-still.ts')).openStill(bytes, name);
    case 'sound':
      return (await import('./read-sound.ts')).readSound(bytes, name);
    case 'pdf':
      return (await import('./read-pdf-text.ts')).readPdfText(bytes, name);
    case 'word':
      return (await import('./read-word.ts')).readWord(bytes, name);
    case 'film':
      return (await import('./read-sound.ts')).refuseFilm(name);
    default:
      return (await import('./read-text.ts')).readText(bytes, name);
  }
}
