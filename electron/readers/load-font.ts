import { createHash } from 'node:crypto';
import { parse as parseOutlines } from 'opentype.js/dist/opentype.mjs';
import type { Font, Glyph, PathCommand } from 'opentype.js/dist/opentype.mjs';
import { readFontTable } from './font-table.ts';
import type { Letter } from '../domain/compliance/layout.ts';
import type { Kerning } from './read-kerning.ts';
import { readKerning } from './read-kerning.ts';
import { refuseKitFile } from './refuse-kit-file.ts';

export type InkBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** SVG path data of a line, the box around its ink, and its letters. */
export type TextOutline = { readonly path: string; readonly box: InkBox; readonly letters: readonly Letter[] };

/** A typeface that measures and draws itself as outlines. Sizes in pixels, tracking as a share of the size. */
export type Typeface = {
  /** Height of a capital letter at size 1. */
  readonly capHeight: number;
  measureWidth(text: string, sizePx: number, tracking: number): number;
  /** A line whose baseline starts at (x, y); null for one without ink. */
  outline(text: string, x: number, y: number, sizePx: number, tracking: number): TextOutline | null;
  /** Characters that this font has no sign for, or whose script cannot be set letter by letter. */
  findUnsettable(text: string): string[];
};

const MAX_PARSED_FONTS = 12;
const parsed = new Map<string, Typeface>();

const EXPECTED = 'a TrueType, OpenType or WOFF font';

function refuse(file: string, field: string, reason: string, cause?: unknown): never {
  refuseKitFile(file, field, reason, EXPECTED, cause);
}

type ReadFont = { readonly font: Font; readonly kerning: Kerning };

/** @throws brand.invalid for what does not begin as a font */
export function assertFont(bytes: Uint8Array, file: string, field: string): void {
  if (bytes.length < 12) refuse(file, field, 'the file is no font, it is too short');
  const magic = Buffer.from(bytes.buffer, bytes.byteOffset, 4).toString('latin1');
  if (magic === 'wOF2') refuse(file, field, 'WOFF2 fonts cannot be read');
  if (!['\0\x01\0\0', 'OTTO', 'true', 'wOFF'].includes(magic)) refuse(file, field, 'the file is no font');
}

function parse(bytes: Uint8Array, file: string, field: string): ReadFont {
  assertFont(bytes, file, field);
  try {
    const font = parseOutlines(new Uint8Array(bytes).buffer);
    if (font.numGlyphs < 1 || !(font.unitsPerEm > 0)) throw new RangeError('the font has no glyphs');
    // Outlines and kerning are read on demand: a font that is cut off shows it here and not in the middle of a batch.
    const [first, second] = ['H', 'o'].map((character) => getGlyph(font, character));
    if (!first || !second || !Number.isFinite(first.getPath(0, 0, 100).getBoundingBox().x2))
      throw new RangeError('the outlines cannot be read');
    const gpos = readFontTable(bytes, 'GPOS');
    // Fonts without GPOS may have the older kern table, which the parser reads.
    const kerning: Kerning = gpos ? readKerning(gpos) : (left, right) => font.kerningPairs[`${left},${right}`] ?? 0;
    return { font, kerning };
  } catch (cause) {
    return refuse(file, field, 'the font is damaged and cannot be read', cause);
  }
}

function getGlyph(font: Font, character: string): Glyph | undefined {
  return font.glyphs.get(font.charToGlyphIndex(character)) ?? font.glyphs.get(0);
}

/** Scripts whose letters change with their neighbours, or run from right to left. Setting them letter by letter would be wrong. */
const SHAPED_SCRIPTS =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Mongolian}\p{M}]/u;

type PlacedGlyph = { readonly glyph: Glyph; readonly character: string; readonly x: number };

/**
 * Places glyphs one for one, with kerning. The substitution features of opentype.js are left alone on purpose: it throws on common contextual
 * lookups (GSUB type 6 format 2), and ligatures would break tracked lines.
 */
function placeGlyphs(
  { font, kerning }: ReadFont,
  text: string,
  sizePx: number,
  tracking: number,
): { placed: PlacedGlyph[]; width: number } {
  const scale = sizePx / font.unitsPerEm;
  const placed: PlacedGlyph[] = [];
  let x = 0;
  let previous: Glyph | undefined;
  for (const character of text) {
    const glyph = getGlyph(font, character);
    if (!glyph) continue;
    if (previous) x += kerning(previous.index, glyph.index) * scale + tracking * sizePx;
    placed.push({ glyph, character, x });
    x += (glyph.advanceWidth ?? 0) * scale;
    previous = glyph;
  }
  return { placed, width: x };
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Written here because `toPathData` of opentype.js 2.0.0 writes NaN for values next to whole numbers. */
function formatCommand(command: PathCommand): string {
  switch (command.type) {
    case 'M':
    case 'L':
      return `${command.type}${round(command.x)} ${round(command.y)}`;
    case 'Q':
      return `Q${round(command.x1)} ${round(command.y1)} ${round(command.x)} ${round(command.y)}`;
    case 'C':
      return `C${round(command.x1)} ${round(command.y1)} ${round(command.x2)} ${round(command.y2)} ${round(command.x)} ${round(command.y)}`;
    case 'Z':
      return 'Z';
  }
}

function outlineText(
  read: ReadFont,
  text: string,
  x: number,
  y: number,
  sizePx: number,
  tracking: number,
): TextOutline | null {
  const letters: Letter[] = [];
  let path = '';
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { glyph, character, x: offset } of placeGlyphs(read, text, sizePx, tracking).placed) {
    const shape = glyph.getPath(x + offset, y, sizePx);
    if (shape.commands.length === 0) continue;
    const { x1, y1, x2, y2 } = shape.getBoundingBox();
    path += shape.commands.map(formatCommand).join('');
    letters.push({ sign: character, box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 } });
    left = Math.min(left, x1);
    top = Math.min(top, y1);
    right = Math.max(right, x2);
    bottom = Math.max(bottom, y2);
  }
  return right > left && bottom > top
    ? { path, letters, box: { x: left, y: top, width: right - left, height: bottom - top } }
    : null;
}

function createTypeface(read: ReadFont): Typeface {
  const { font } = read;
  const capitals = outlineText(read, 'H', 0, 0, 1000, 0);
  return {
    capHeight: (font.tables.os2?.sCapHeight ?? 0) / font.unitsPerEm || (capitals ? -capitals.box.y / 1000 : 0.7),
    measureWidth: (text, sizePx, tracking) => placeGlyphs(read, text, sizePx, tracking).width,
    outline: (text, x, y, sizePx, tracking) => outlineText(read, text, x, y, sizePx, tracking),
    findUnsettable(text) {
      const characters = [...new Set(text.normalize('NFC'))].filter((character) => character.trim() !== '');
      return characters.filter((character) => font.charToGlyphIndex(character) === 0 || SHAPED_SCRIPTS.test(character));
    },
  };
}

/** Reads a font. Fonts that were read lately are kept by their content. Throws `brand.invalid` naming the field. */
export function loadFont(bytes: Uint8Array, file: string, field: string): Typeface {
  const key = createHash('sha1').update(bytes).digest('hex');
  const known = parsed.get(key);
  if (known) return known;
  const typeface = createTypeface(parse(bytes, file, field));
  const [oldest] = parsed.keys();
  if (parsed.size >= MAX_PARSED_FONTS && oldest !== undefined) parsed.delete(oldest);
  parsed.set(key, typeface);
  return typeface;
}
