import { uniteRegions } from '../../../domain/compliance/layout.ts';
import type { Letter } from '../../../domain/compliance/layout.ts';
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

/** The letters of a line with the boxes around their ink; glyphs of one cluster are one letter. */
function placeLetters({ glyphs }: ShapedLine, origin: number, baseline: number, sizePx: number): Letter[] {
  const letters: { cluster: number; sign: string; boxes: Box[] }[] = [];
  for (const { face, glyph, x, y, cluster, characters } of glyphs) {
    const ink = face.inkOf(glyph);
    if (!ink) continue;
    const box = {
      x: origin + (x + ink.left) * sizePx,
      y: baseline - (y + ink.top) * sizePx,
      width: (ink.right - ink.left) * sizePx,
      height: (ink.top - ink.bottom) * sizePx,
    };
    const last = letters.at(-1);
    if (last?.cluster === cluster) last.boxes.push(box);
    else letters.push({ cluster, sign: characters, boxes: [box] });
  }
  return letters.flatMap(({ sign, boxes }) => {
    const box = uniteRegions(boxes);
    return box ? [{ sign, box }] : [];
  });
}

/** A line as it is drawn: SVG path data, the box around its ink, and its letters. */
export type OutlinedLine = { readonly path: string; readonly box: Box; readonly letters: readonly Letter[] };

/** A line whose ink begins at x; null for one without ink. Two decimals, so that every machine draws the same. */
export function outlineLine(line: ShapedLine, x: number, baseline: number, sizePx: number): OutlinedLine | null {
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
    letters: placeLetters(line, origin, baseline, sizePx),
  };
}
