import type { SourceReading } from '../contract/brand-import.ts';
import type { ErrorRecord } from '../contract/errors.ts';
import type { MediaFile } from './media/media-file.ts';
import type { PictureUse } from './open-picture.ts';
import type { SourceFile } from './sources/source-file.ts';

/** A file that a brand kit names, and where it names it. */
export type KitFile = {
  readonly use: 'font' | 'logo' | 'reference';
  readonly file: string;
  readonly field: string;
  readonly bytes: Uint8Array;
};

/** What a reader is asked for. Files come as bytes: a reader opens no path. */
export type ReaderTask =
  | { readonly kind: 'sources'; readonly files: readonly SourceFile[] }
  | { readonly kind: 'kitFile'; readonly file: KitFile }
  | { readonly kind: 'picture'; readonly name: string; readonly use: PictureUse; readonly bytes: Uint8Array }
  /** A file to bring in as it is, of any kind. */
  | { readonly kind: 'media'; readonly name: string; readonly bytes: Uint8Array };

export type ReaderOutput = {
  sources: SourceReading;
  /** The form to keep, which whatever draws it later reads: made anew in the plainest form of its kind. */
  kitFile: Uint8Array;
  /** A plain PNG. */
  picture: Uint8Array;
  media: MediaFile;
};

/**
 * Frames to a reader and back. `doing` names the file that it has begun, so that whoever ends it knows which one was too much. `isSpent` says that no other file may
 * be read by this reader: a parser was left in an unknown state, or its memory has grown.
 */
export type ReaderQuestion = { readonly id: number; readonly task: ReaderTask };
export type ReaderAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'doing'; readonly id: number; readonly file: string }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown; readonly isSpent: boolean }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorRecord; readonly isSpent: boolean };
