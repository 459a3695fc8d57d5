import { createHash } from 'node:crypto';
import { Blob, Buffer as GlyphBuffer, Direction, Face, Feature, Font, shape } from 'harfbuzzjs';
import { unwrapWoff } from './unwrap-woff.ts';

/** Lengths in ems, y upwards from the baseline. `cluster` is the index of the character in the text that the glyph belongs to. */
export type ShapedGlyph = {
  readonly glyph: number;
  readonly cluster: number;
  readonly advance: number;
  readonly xOffset: number;
  readonly yOffset: number;
};
/** Ink of a glyph in ems; y upwards. */
export type GlyphInk = { readonly left: number; readonly bottom: number; readonly right: number; readonly top: number };
export type GlyphOutline = { readonly type: string; readonly values: readonly number[] }[];

/** A font that shapes text and gives its outlines. */
export type FontFace = {
  /** Height of a capital letter in ems. */
  readonly capHeight: number;
  /** 100 (thin) to 1000. */
  readonly weight: number;
  /** Whether there is a sign for a character, whole or put together from its parts. */
  has(character: string): boolean;
  /** Shapes part of a text of one script and direction; what stands around it decides how letters join. Glyphs come in the order in which they are drawn. */
  shape(text: string, start: number, end: number, isRightToLeft: boolean, ligatures: boolean): ShapedGlyph[];
  /** Null for a glyph without ink. */
  inkOf(glyph: number): GlyphInk | null;
  /** Commands of an SVG path in ems, y upwards. */
  outlineOf(glyph: number): GlyphOutline;
  /** Goes through every outline, within the shaper's own limits of work. Throws a RangeError for one that cannot be drawn. */
  assertOutlines(): void;
};

const MAX_FACES = 40;
const opened = new Map<string, FontFace>();

function readWeight(face: Face): number {
  const table = face.referenceTable('OS/2');
  return table && table.length >= 6 ? (table[4] ?? 0) * 256 + (table[5] ?? 0) : 400;
}

function readCapHeight(face: Face, font: Font): number {
  const table = face.referenceTable('OS/2');
  const stated = table && table.length >= 90 ? new DataView(table.buffer, table.byteOffset).getInt16(88) : 0;
  if (stated > 0) return stated / face.upem;
  const glyph = font.nominalGlyph(0x48);
  const extents = glyph === undefined ? undefined : font.glyphExtents(glyph);
  return extents && extents.yBearing > 0 ? extents.yBearing / face.upem : 0.7;
}

function createFace(bytes: Uint8Array): FontFace {
  const face = new Face(new Blob(unwrapWoff(bytes)));
  const font = new Font(face);
  const em = face.upem;
  const outlines = new Map<number, GlyphOutline>();
  const inks = new Map<number, GlyphInk | null>();
  const covered = new Map<number, boolean>();
  const plain = ['liga', 'clig'].map((tag) => new Feature(tag, 0));
  const hasGlyph = (codePoint: number) => {
    const known = covered.get(codePoint) ?? (font.nominalGlyph(codePoint) ?? 0) > 0;
    covered.set(codePoint, known);
    return known;
  };
  return {
    capHeight: readCapHeight(face, font),
    weight: readWeight(face),
    has: (character) =>
      hasGlyph(character.codePointAt(0) ?? 0) ||
      (character.normalize('NFD') !== character &&
        Array.from(character.normalize('NFD')).every((part) => hasGlyph(part.codePointAt(0) ?? 0))),
    shape(text, start, end, isRightToLeft, ligatures) {
      const buffer = new GlyphBuffer();
      buffer.addText(text, start, end - start);
      buffer.guessSegmentProperties();
      buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
      shape(font, buffer, ligatures ? [] : plain);
      const positions = buffer.getGlyphPositions();
      return buffer.getGlyphInfos().map(({ codepoint, cluster }, index) => ({
        glyph: codepoint,
        cluster,
        advance: (positions[index]?.xAdvance ?? 0) / em,
        xOffset: (positions[index]?.xOffset ?? 0) / em,
        yOffset: (positions[index]?.yOffset ?? 0) / em,
      }));
    },
    inkOf(glyph) {
      let ink = inks.get(glyph);
      if (ink === undefined) {
        const box = font.glyphExtents(glyph);
        ink =
          box && box.width !== 0 && box.height !== 0
            ? {
                left: box.xBearing / em,
                right: (box.xBearing + box.width) / em,
                top: box.yBearing / em,
                bottom: (box.yBearing + box.height) / em,
              }
            : null;
        inks.set(glyph, ink);
      }
      return ink;
    },
    assertOutlines() {
      const maxp = face.referenceTable('maxp');
      const count = maxp && maxp.length >= 6 ? (maxp[4] ?? 0) * 256 + (maxp[5] ?? 0) : 0;
      for (let glyph = 0; glyph < count; glyph++)
        if (font.glyphExtents(glyph) === undefined)
          throw new RangeError(`the outline of glyph ${glyph} cannot be drawn`);
    },
    outlineOf(glyph) {
      let outline = outlines.get(glyph);
      if (!outline) {
        outline = font
          .glyphToJson(glyph)
          .map(({ type, values }) => ({ type, values: values.map((value) => value / em) }));
        outlines.set(glyph, outline);
      }
      return outline;
    },
  };
}

/** Opens a TrueType, OpenType or WOFF font for shaping. Fonts that were opened lately are kept by their content. Throws a RangeError for a damaged one. */
export function openFace(bytes: Uint8Array): FontFace {
  const key = createHash('sha1').update(bytes).digest('hex');
  const known = opened.get(key);
  if (known) return known;
  const face = createFace(bytes);
  const [oldest] = opened.keys();
  if (opened.size >= MAX_FACES && oldest !== undefined) opened.delete(oldest);
  opened.set(key, face);
  return face;
}
