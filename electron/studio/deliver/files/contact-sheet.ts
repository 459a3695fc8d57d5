import sharp from 'sharp';
import type { Manifest } from '../../../contract/delivery.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import { blendLayer } from '../../compose/blend.ts';
import type { Typeface } from '../../../readers/load-font.ts';
import { loadFont } from '../../../readers/load-font.ts';
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

/** Cuts a line with an ellipsis so that it is no wider than its place. */
export function shortenToWidth(text: string, face: Typeface, size: number, width: number): string {
  if (face.measureWidth(text, size, 0) <= width) return text;
  let kept = Array.from(text);
  while (kept.length > 1 && face.measureWidth(`${kept.join('').trimEnd()}...`, size, 0) > width)
    kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}...`;
}

function drawLines(face: Typeface, lines: readonly Line[], x: number, top: number, width: number): string {
  let y = top;
  let shapes = '';
  for (const { text, size, colour } of lines) {
    y += size * 1.35;
    const drawn = face.outline(shortenToWidth(text, face, size, width), x, y, size, 0);
    if (drawn) shapes += `<path fill="${escapeAttribute(colour)}" d="${drawn.path}"/>`;
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

function describe(file: Manifest['files'][number], size: number, nameFormat: NameFormat): Line[] {
  const failed = file.report.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  const marks = [file.status, file.stars > 0 ? `${file.stars} stars` : '', file.flag === 'none' ? '' : file.flag]
    .filter((mark) => mark !== '')
    .join(', ');
  return [
    { text: file.headline, size, colour: PAGE.text },
    {
      text: `${nameFormat(file.formatId)}, ${file.width} x ${file.height}`,
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
  labelFont: Uint8Array,
  nameFormat: NameFormat,
): Promise<Uint8Array> {
  const face = loadFont(labelFont, 'label font', 'type.body.file');
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
  stamp(sheet, drawLines(face, head, MARGIN, MARGIN - 12, width - MARGIN * 2), 0, MARGIN + HEAD);
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
      shapes += drawLines(face, describe(file, labelSize, nameFormat), left, top + edge + labelSize * 0.3, cell.width);
    }
    stamp(sheet, shapes, top + edge, cell.height - edge);
  }
  return new Uint8Array(
    await sharp(sheet.rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 6 })
      .toBuffer(),
  );
}
