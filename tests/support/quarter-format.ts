import type { ChannelFormat, FormatId } from '../../electron/contract/format.ts';
import { getChannelFormat } from '../../electron/domain/production/channel-formats.ts';

const quarter = (value: number) => Math.round(value / 4);

/** A channel format at a quarter of its size: templates are measured in shares of it, so a layout stays what it is. */
export function quarterFormat(id: FormatId): ChannelFormat {
  const { width, height, safeInsets, ...rest } = getChannelFormat(id);
  return {
    ...rest,
    width: quarter(width),
    height: quarter(height),
    safeInsets: {
      top: quarter(safeInsets.top),
      right: quarter(safeInsets.right),
      bottom: quarter(safeInsets.bottom),
      left: quarter(safeInsets.left),
    },
  };
}
