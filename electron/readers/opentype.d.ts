/**
 * The part of opentype.js that the templates use; the package brings no types of its own. Its module file is named outright, because what the bare name
 * gives (a default export or none) differs between Node and bundlers.
 */
declare module 'opentype.js/dist/opentype.mjs' {
  export type BoundingBox = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  export type PathCommand =
    | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
    | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
    | {
        readonly type: 'C';
        readonly x1: number;
        readonly y1: number;
        readonly x2: number;
        readonly y2: number;
        readonly x: number;
        readonly y: number;
      }
    | { readonly type: 'Z' };
  export type Path = { readonly commands: readonly PathCommand[]; getBoundingBox(): BoundingBox };
  export type Glyph = {
    readonly index: number;
    readonly advanceWidth?: number;
    getPath(x: number, y: number, fontSize: number): Path;
  };
  export type Font = {
    readonly unitsPerEm: number;
    readonly numGlyphs: number;
    readonly glyphs: { get(index: number): Glyph | undefined };
    readonly tables: { readonly os2?: { readonly sCapHeight?: number } };
    charToGlyphIndex(character: string): number;
    /** The old `kern` table: font units by "left,right". */
    readonly kerningPairs: Readonly<Record<string, number>>;
  };
  export function parse(buffer: ArrayBuffer): Font;
}
