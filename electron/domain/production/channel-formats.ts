import type { ChannelFormat, FormatId } from '../../contract/plan.ts';

/**
 * The named sizes. Insets leave free what a channel's own interface covers: profile row and reply field of a story, the crop of a
 * feed's profile grid, rounded corners of a card, the title-safe margin of a screen. Banners are made at twice their nominal size.
 */
export const channelFormats: readonly ChannelFormat[] = [
  {
    id: 'square-post',
    name: 'Square post',
    ratio: '1:1',
    width: 1080,
    height: 1080,
    safeInsets: { top: 48, right: 48, bottom: 48, left: 48 },
  },
  {
    id: 'portrait-post',
    name: 'Portrait post',
    ratio: '4:5',
    width: 1080,
    height: 1350,
    safeInsets: { top: 60, right: 48, bottom: 60, left: 48 },
  },
  {
    id: 'story',
    name: 'Story',
    ratio: '9:16',
    width: 1080,
    height: 1920,
    safeInsets: { top: 250, right: 64, bottom: 340, left: 64 },
  },
  {
    id: 'landscape',
    name: 'Landscape',
    ratio: '16:9',
    width: 1920,
    height: 1080,
    safeInsets: { top: 54, right: 96, bottom: 54, left: 96 },
  },
  {
    id: 'link-card',
    name: 'Link card',
    ratio: '1.91:1',
    width: 1200,
    height: 628,
    safeInsets: { top: 36, right: 36, bottom: 36, left: 36 },
  },
  {
    id: 'leaderboard',
    name: 'Leaderboard',
    ratio: '728:90',
    width: 1456,
    height: 180,
    safeInsets: { top: 12, right: 16, bottom: 12, left: 16 },
  },
  {
    id: 'skyscraper',
    name: 'Skyscraper',
    ratio: '160:600',
    width: 320,
    height: 1200,
    safeInsets: { top: 20, right: 16, bottom: 20, left: 16 },
  },
];

const formatsById = new Map(channelFormats.map((format) => [format.id, format]));

export function getChannelFormat(id: FormatId): ChannelFormat {
  const format = formatsById.get(id);
  if (!format) throw new RangeError(`no channel format ${id}`);
  return format;
}
