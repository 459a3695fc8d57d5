import type { Box } from '../draw-shapes.ts';
import type { LineGlyph, ShapedLine } from './shape-paragraph.ts';

const round = (value: number) => Math.round(value * 100) / 100;

function outlineGlyph(
  { face, glyph, x: glyphX, y: glyphY }: LineGlyph,
  x: number,
  baseline: number,
  sizePx: number,
): string {
  let path = '';
  for (const { type, values } of face.outlineOf(glyph)) {
    path += type;
    for (let at = 0; at < values.length; at += 2) {
      const across = round(x + (glyphX + (values[at] ?? 0)) * sizePx);
      const down = round(baseline - (glyphY + (values[at + 1] ?? 0)) * sizePx);
      path += `${at === 0 ? '' : ' '}${across} ${down}`;
    }
  }
  return path;
}

/** SVG path data of a line whose ink begins at x, and the box around its ink; null for a line without ink. Two decimals, so that every machine draws the same. */
export function outlineLine(
  line: ShapedLine,
  x: number,
  baseline: number,
  sizePx: number,
): { path: string; box: Box } | null {
  if (line.glyphs.length === 0) return null;
  const origin = x - line.left * sizePx;
  return {
    path: line.glyphs.map((glyph) => outlineGlyph(glyph, origin, baseline, sizePx)).join(''),
    box: {
      x,
      y: baseline - line.top * sizePx,
      width: (line.right - line.left) * sizePx,
      height: (line.top + line.bottom) * sizePx,
    },
  };
}
