import sharp from 'sharp';
import type { Manifest } from '../../../contract/delivery.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import { blendLayer } from '../../compose/blend.ts';
import { openFace } from '../../../readers/font-face.ts';
import type { FaceChain } from '../../compose/type/choose-faces.ts';
import { outlineLine } from '../../compose/type/outline-line.ts';
import { shapeParagraph } from '../../compose/type/shape-paragraph.ts';
import { renderSvg } from '../../../readers/render-svg.ts';
import type { NameFormat } from './delivery-item.ts';
import { chooseThumbEdge } from './make-thumbs.ts';

/** More pictures than this are too many for one PNG; the HTML sheet shows them all, and the head of this one says so. */
export const MAX_SHEET_PICTURES = 600;

const PAGE = { background: 246, text: '#1c1c1c', quiet: '#6a6a6a', failed: '#b3261e' } as const;
const MARGIN = 48;
const HEAD = 92;

type Line = { readonly text: string; readonly size: number; readonly colour: string };

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const isBlank = (character: string) => character.trim() === '';

/** A line in whatever scripts it has, cut with an ellipsis so that it is no wider than its place. Signs that no font has are left out. */
export function outlineLabel(
  label: string,
  chain: FaceChain,
  { x, y, size, width }: { readonly x: number; readonly y: number; readonly size: number; readonly width: number },
): string {
  const whole = shapeParagraph(label, chain, 0);
  const fits = (end: number, room: number) => whole.widthOf(0, end) * size <= room;
  let paragraph = whole;
  if (!fits(whole.text.length, width)) {
    const room = width - shapeParagraph('…', chain, 0).widthOf(0, 1) * size;
    const ends = [...graphemes.segment(whole.text)].map(({ index, segment }) => index + segment.length);
    const end = ends.findLast((candidate) => fits(candidate, room)) ?? 0;
    paragraph = shapeParagraph(`${whole.text.slice(0, end).trimEnd()}…`, chain, 0);
  }
  return outlineLine(paragraph.shapeLine(0, paragraph.text.length), x, y, size)?.path ?? '';
}

/** What a picture says, or the name of its file where no font here can write most of it. */
function nameOf(entry: Manifest['files'][number], chain: FaceChain | null): string {
  const { file } = entry;
  const headline = entry.origin === 'made' ? entry.headline : entry.source.fileName;
  if (chain === null) return headline;
  const lost = shapeParagraph(headline, chain, 0).unsettable;
  const signs = Array.from(headline).filter((sign) => !isBlank(sign));
  return signs.filter((sign) => lost.includes(sign)).length * 2 > signs.length ? file : headline;
}

function drawLines(chain: FaceChain | null, lines: readonly Line[], x: number, top: number, width: number): string {
  let y = top;
  let shapes = '';
  if (chain === null) return shapes;
  for (const { text, size, colour } of lines) {
    y += size * 1.35;
    const path = outlineLabel(text, chain, { x, y, size, width });
    if (path !== '') shapes += `<path fill="${escapeAttribute(colour)}" d="${path}"/>`;
  }
  return shapes;
}

/** Lays a strip of outlines over the sheet, so that no layer is ever as large as the sheet. */
function stamp(sheet: Raster, shapes: string, top: number, height: number): void {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${sheet.width}" height="${height}" viewBox="0 ${top} ${sheet.width} ${height}">${shapes}</svg>`;
  blendLayer(sheet, renderSvg(svg), 0, top);
}

function copyPicture(sheet: Raster, { width, height, rgb }: Raster, left: number, top: number): void {
  for (let y = 0; y < height; y++)
    sheet.rgb.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), ((top + y) * sheet.width + left) * 3);
}

function describe(
  file: Manifest['files'][number],
  chain: FaceChain | null,
  size: number,
  nameFormat: NameFormat,
): Line[] {
  const failed =
    file.origin === 'made' ? file.report.checks.filter(({ passed }) => !passed).map(({ name }) => name) : [];
  const marks = [file.status, file.stars > 0 ? `${file.stars} stars` : '', file.flag === 'none' ? '' : file.flag]
    .filter((mark) => mark !== '')
    .join(', ');
  return [
    { text: nameOf(file, chain), size, colour: PAGE.text },
    {
      text: `${file.origin === 'made' ? nameFormat(file.formatId) : `imported ${file.medium}`}${file.width > 0 ? `, ${file.width} x ${file.height}` : ''}`,
      size: size * 0.86,
      colour: PAGE.quiet,
    },
    {
      text: failed.length > 0 ? `${marks}; fails ${failed.join(', ')}` : marks,
      size: size * 0.86,
      colour: failed.length > 0 ? PAGE.failed : PAGE.quiet,
    },
  ];
}

/** A labelled grid of all pictures of an export, as PNG. */
export async function drawContactSheet(
  manifest: Manifest,
  thumbs: readonly Raster[],
  labelFont: Uint8Array | null,
  nameFormat: NameFormat,
): Promise<Uint8Array> {
  const chain: FaceChain | null = labelFont === null ? null : [openFace(labelFont)];
  const shown = Math.min(manifest.files.length, MAX_SHEET_PICTURES);
  const edge = chooseThumbEdge(manifest.files.length);
  const labelSize = Math.max(9, Math.round(edge / 18));
  const gap = Math.round(edge / 9);
  const columns = Math.min(shown, Math.max(3, Math.floor(1760 / (edge + gap))));
  const cell = { width: edge, height: edge + Math.round(labelSize * 5.2) };
  const rows = Math.ceil(shown / columns);
  const width = Math.max(680, MARGIN * 2 + columns * (cell.width + gap) - gap);
  const height = MARGIN + HEAD + rows * (cell.height + gap) - gap + MARGIN;
  const sheet: Raster = { width, height, rgb: new Uint8Array(width * height * 3).fill(PAGE.background) };
  const brands = manifest.brands.map(({ name, number }) => `${name}, version ${number}`).join('; ');
  const total = manifest.files.length;
  const head: Line[] = [
    { text: manifest.name, size: 30, colour: PAGE.text },
    {
      text: `${shown < total ? `${shown} of ${total} pictures, all of them in contact-sheet.html` : `${total} ${total === 1 ? 'picture' : 'pictures'}`}. ${brands}`,
      size: 16,
      colour: PAGE.quiet,
    },
  ];
  stamp(sheet, drawLines(chain, head, MARGIN, MARGIN - 12, width - MARGIN * 2), 0, MARGIN + HEAD);
  for (let row = 0; row < rows; row++) {
    const top = MARGIN + HEAD + row * (cell.height + gap);
    let shapes = '';
    for (let column = 0; column < columns; column++) {
      const index = row * columns + column;
      const file = manifest.files[index];
      const thumb = thumbs[index];
      if (index >= shown || !file || !thumb) break;
      const left = MARGIN + column * (cell.width + gap);
      copyPicture(sheet, thumb, left, top + edge - thumb.height);
      shapes += drawLines(
        chain,
        describe(file, chain, labelSize, nameFormat),
        left,
        top + edge + labelSize * 0.3,
        cell.width,
      );
    }
    stamp(sheet, shapes, top + edge, cell.height - edge);
  }
  return new Uint8Array(
    await sharp(sheet.rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 6 })
      .toBuffer(),
  );
}
