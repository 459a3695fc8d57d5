import type { ChannelFormat, LayoutFormat } from '../../contract/format.ts';
import { getChannelFormat, layoutFormatOf } from '../../domain/production/channel-formats.ts';

/** Where type may stand: over the full width at the bottom or top, in a column at one side, or in one row. */
export type Arrangement = 'stack' | 'side' | 'strip';

/** How the template fills one channel format. All lengths in pixels of the format. */
export type FormatRules = {
  readonly arrangement: Arrangement;
  readonly margin: { readonly left: number; readonly top: number; readonly bottom: number };
  readonly headline: {
    readonly maxSizePx: number;
    readonly width: number;
    readonly height: number;
    readonly lines: number;
  };
  /** Null where a format has no room for body text. */
  readonly body: {
    readonly sizePx: number;
    readonly width: number;
    readonly height: number;
    readonly lines: number;
  } | null;
  readonly labelPx: number;
  readonly logoHeight: number;
};

const rules: Readonly<Record<LayoutFormat, FormatRules>> = {
  'square-post': {
    arrangement: 'stack',
    margin: { left: 72, top: 72, bottom: 72 },
    headline: { maxSizePx: 124, width: 936, height: 400, lines: 4 },
    body: { sizePx: 34, width: 740, height: 190, lines: 5 },
    labelPx: 31,
    logoHeight: 58,
  },
  'portrait-post': {
    arrangement: 'stack',
    margin: { left: 72, top: 80, bottom: 80 },
    headline: { maxSizePx: 136, width: 936, height: 560, lines: 5 },
    body: { sizePx: 36, width: 780, height: 230, lines: 5 },
    labelPx: 33,
    logoHeight: 62,
  },
  story: {
    arrangement: 'stack',
    margin: { left: 84, top: 270, bottom: 370 },
    headline: { maxSizePx: 152, width: 912, height: 620, lines: 5 },
    body: { sizePx: 41, width: 820, height: 260, lines: 6 },
    labelPx: 38,
    logoHeight: 68,
  },
  landscape: {
    arrangement: 'side',
    margin: { left: 120, top: 104, bottom: 104 },
    headline: { maxSizePx: 128, width: 840, height: 430, lines: 4 },
    body: { sizePx: 36, width: 660, height: 200, lines: 5 },
    labelPx: 33,
    logoHeight: 66,
  },
  'link-card': {
    arrangement: 'side',
    margin: { left: 60, top: 56, bottom: 56 },
    headline: { maxSizePx: 78, width: 560, height: 240, lines: 4 },
    body: { sizePx: 23, width: 440, height: 120, lines: 5 },
    labelPx: 22,
    logoHeight: 42,
  },
  leaderboard: {
    arrangement: 'strip',
    margin: { left: 40, top: 26, bottom: 26 },
    headline: { maxSizePx: 56, width: 620, height: 116, lines: 2 },
    body: null,
    labelPx: 25,
    logoHeight: 50,
  },
  skyscraper: {
    arrangement: 'stack',
    margin: { left: 28, top: 40, bottom: 40 },
    headline: { maxSizePx: 52, width: 264, height: 400, lines: 8 },
    body: { sizePx: 19, width: 258, height: 230, lines: 10 },
    labelPx: 18,
    logoHeight: 40,
  },
};

/** Smallest sizes in a kit are stated for a picture whose short edge has this many pixels. */
export const REFERENCE_EDGE_PX = 1080;

/** The rules of the shape after which the format is laid out, in whole pixels of the format: type grows with the smaller side of its safe area. */
export function getFormatRules(format: ChannelFormat): FormatRules {
  const shape = getChannelFormat(layoutFormatOf(format));
  const own = rules[layoutFormatOf(format)];
  const across = safeWidth(format) / safeWidth(shape);
  const down = safeHeight(format) / safeHeight(shape);
  const scale = Math.min(across, down);
  const marginOf = (side: 'left' | 'top' | 'bottom') =>
    format.safeInsets[side] + Math.round((own.margin[side] - shape.safeInsets[side]) * scale);
  const { headline, body } = own;
  return {
    arrangement: own.arrangement,
    margin: { left: marginOf('left'), top: marginOf('top'), bottom: marginOf('bottom') },
    headline: {
      maxSizePx: Math.round(headline.maxSizePx * scale),
      width: Math.round(headline.width * across),
      height: Math.round(headline.height * down),
      lines: headline.lines,
    },
    body: body && {
      sizePx: Math.round(body.sizePx * scale),
      width: Math.round(body.width * across),
      height: Math.round(body.height * down),
      lines: body.lines,
    },
    labelPx: Math.round(own.labelPx * scale),
    logoHeight: Math.round(own.logoHeight * scale),
  };
}

function safeWidth({ width, safeInsets }: ChannelFormat): number {
  return width - safeInsets.left - safeInsets.right;
}

function safeHeight({ height, safeInsets }: ChannelFormat): number {
  return height - safeInsets.top - safeInsets.bottom;
}

/** Factor from the kit's reference picture to a format. */
export function kitScale({ width, height }: Pick<ChannelFormat, 'width' | 'height'>): number {
  return Math.min(width, height) / REFERENCE_EDGE_PX;
}
