import { layoutFormats, MAX_FORMAT_RATIO } from '../../contract/format.ts';
import type { ChannelFormat, FormatId, LayoutFormat, NewFormat } from '../../contract/format.ts';

const MIB = 1024 * 1024;

/**
 * The sizes that every library has. Insets leave free what a channel's own interface covers: profile row and reply field of a story, the crop of a
 * feed's profile grid, rounded corners of a card, the title-safe margin of a screen; on paper what a cutter may take. Banners are made at twice their nominal size.
 */
export const channelFormats: readonly ChannelFormat[] = [
  {
    id: 'square-post',
    name: 'Square post',
    group: 'social',
    ratio: '1:1',
    width: 1080,
    height: 1080,
    safeInsets: { top: 48, right: 48, bottom: 48, left: 48 },
    maxBytes: 8 * MIB,
  },
  {
    id: 'portrait-post',
    name: 'Portrait post',
    group: 'social',
    ratio: '4:5',
    width: 1080,
    height: 1350,
    safeInsets: { top: 60, right: 48, bottom: 60, left: 48 },
    maxBytes: 8 * MIB,
  },
  {
    id: 'story',
    name: 'Story',
    group: 'social',
    ratio: '9:16',
    width: 1080,
    height: 1920,
    safeInsets: { top: 250, right: 64, bottom: 340, left: 64 },
    maxBytes: 8 * MIB,
  },
  {
    id: 'landscape',
    name: 'Landscape',
    group: 'social',
    ratio: '16:9',
    width: 1920,
    height: 1080,
    safeInsets: { top: 54, right: 96, bottom: 54, left: 96 },
    maxBytes: 5 * MIB,
  },
  {
    id: 'link-card',
    name: 'Link card',
    group: 'social',
    ratio: '1.91:1',
    width: 1200,
    height: 628,
    safeInsets: { top: 36, right: 36, bottom: 36, left: 36 },
    maxBytes: 5 * MIB,
  },
  {
    id: 'leaderboard',
    name: 'Leaderboard',
    group: 'display',
    ratio: '728:90',
    width: 1456,
    height: 180,
    safeInsets: { top: 12, right: 16, bottom: 12, left: 16 },
    maxBytes: MIB,
  },
  {
    id: 'skyscraper',
    name: 'Skyscraper',
    group: 'display',
    ratio: '160:600',
    width: 320,
    height: 1200,
    safeInsets: { top: 20, right: 16, bottom: 20, left: 16 },
    maxBytes: MIB,
  },
  {
    id: 'medium-rectangle',
    name: 'Medium rectangle',
    group: 'display',
    ratio: '300:250',
    width: 600,
    height: 500,
    safeInsets: { top: 20, right: 20, bottom: 20, left: 20 },
    maxBytes: MIB,
  },
  {
    id: 'mobile-banner',
    name: 'Mobile banner',
    group: 'display',
    ratio: '320:50',
    width: 640,
    height: 100,
    safeInsets: { top: 8, right: 10, bottom: 8, left: 10 },
    maxBytes: MIB,
  },
  {
    id: 'billboard',
    name: 'Billboard',
    group: 'display',
    ratio: '970:250',
    width: 1940,
    height: 500,
    safeInsets: { top: 20, right: 28, bottom: 20, left: 28 },
    maxBytes: MIB,
  },
  {
    id: 'half-page',
    name: 'Half page',
    group: 'display',
    ratio: '300:600',
    width: 600,
    height: 1200,
    safeInsets: { top: 24, right: 20, bottom: 24, left: 20 },
    maxBytes: MIB,
  },
  {
    id: 'a4-portrait',
    name: 'A4 portrait',
    group: 'print',
    ratio: '210:297',
    width: 2480,
    height: 3508,
    safeInsets: { top: 118, right: 118, bottom: 118, left: 118 },
    maxBytes: 64 * MIB,
  },
  {
    id: 'a4-landscape',
    name: 'A4 landscape',
    group: 'print',
    ratio: '297:210',
    width: 3508,
    height: 2480,
    safeInsets: { top: 118, right: 118, bottom: 118, left: 118 },
    maxBytes: 64 * MIB,
  },
  {
    id: 'a6-postcard',
    name: 'A6 postcard',
    group: 'print',
    ratio: '148:105',
    width: 1748,
    height: 1240,
    safeInsets: { top: 71, right: 71, bottom: 71, left: 71 },
    maxBytes: 64 * MIB,
  },
];

const formatsById = new Map(channelFormats.map((format) => [format.id, format]));

/** One of those that every library has. @throws RangeError for any other */
export function getChannelFormat(id: FormatId): ChannelFormat {
  const format = formatsById.get(id);
  if (!format) throw new RangeError(`no channel format ${id}`);
  return format;
}

/** From this ratio on a format is a strip: beside a picture type would shrink with the height, in one row it fills it. */
const STRIP_RATIO = 2.5;

/** The shape after which a format is laid out: its own where templates know it, else the one whose proportions are nearest. */
export function layoutFormatOf({ id, width, height }: Pick<ChannelFormat, 'id' | 'width' | 'height'>): LayoutFormat {
  const own = layoutFormats.find((name) => name === id);
  if (own !== undefined) return own;
  if (width / height >= STRIP_RATIO) return 'leaderboard';
  const distance = (name: LayoutFormat) => {
    const shape = getChannelFormat(name);
    return Math.abs(Math.log(width / height / (shape.width / shape.height)));
  };
  return layoutFormats.reduce((best, name) => (distance(name) < distance(best) ? name : best));
}

/** Share of the short edge that is kept free where nobody said how much. */
const USUAL_INSET = 0.05;
const USUAL_MAX_BYTES = 8 * MIB;

/** What a person adds, under a name that is not taken. */
export function makeOwnFormat(
  { name, width, height, safeInsets, maxBytes }: NewFormat,
  taken: ReadonlySet<FormatId>,
): ChannelFormat {
  const inset = Math.round(Math.min(width, height) * USUAL_INSET);
  return {
    id: nameFormat(name, taken),
    name,
    group: 'own',
    ratio: describeRatio(width, height),
    width,
    height,
    safeInsets: safeInsets ?? { top: inset, right: inset, bottom: inset, left: inset },
    maxBytes: maxBytes ?? USUAL_MAX_BYTES,
  };
}

const MAX_ID_STEM = 34;

function nameFormat(name: string, taken: ReadonlySet<FormatId>): FormatId {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const stem = plain.slice(0, MAX_ID_STEM).replace(/^-+|-+$/g, '') || 'format';
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** "4:5" where the numbers are small, else "1.91:1". */
function describeRatio(width: number, height: number): string {
  const divisor = greatestDivisor(width, height);
  const [wide, high] = [width / divisor, height / divisor];
  if (wide <= 32 && high <= 32) return `${wide}:${high}`;
  const long = Math.round((Math.max(width, height) / Math.min(width, height)) * 100) / 100;
  return width >= height ? `${long}:1` : `1:${long}`;
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

const MM_PER_INCH = 25.4;

/** Whole pixels of a length on paper at a resolution in dots per inch. */
export function toPixels(millimetres: number, dpi: number): number {
  return Math.round((millimetres * dpi) / MM_PER_INCH);
}

/** What is wrong with the measures of a format that a person adds, or null. */
export function findFormatProblem({ width, height, safeInsets }: NewFormat): string | null {
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (ratio > MAX_FORMAT_RATIO)
    return `${width} x ${height} px is ${ratio.toFixed(1)} times as long as it is wide; at most ${MAX_FORMAT_RATIO} times can hold type`;
  if (safeInsets === undefined) return null;
  const { top, right, bottom, left } = safeInsets;
  if (left + right > width / 2 || top + bottom > height / 2) return 'the insets leave less than half of an edge free';
  return null;
}
