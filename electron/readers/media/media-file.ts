/** What a reader makes of a file that somebody brings in. Types are told from the content, never from a name. */
export type MediaFile =
  /** `plain`: upright, 8-bit sRGB, pixels and nothing else. Width and height in pixels, of that form. */
  | {
      readonly medium: 'picture';
      readonly mediaType: string;
      readonly plain: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly medium: 'audio'; readonly mediaType: string; readonly durationMs: number }
  /** `pages`: null for what has none. `text`: at most `MAX_DOCUMENT_TEXT` characters. */
  | {
      readonly medium: 'document';
      readonly mediaType: string;
      readonly pages: number | null;
      readonly text: string;
    };

/** What is found by search and read in the studio; the file itself is kept whole. */
export const MAX_DOCUMENT_TEXT = 1_000_000;
