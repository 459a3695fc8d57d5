import type { ChannelFormat } from '../../../electron/contract/format.ts';
import { classNames } from '../../lib/class-names.ts';

/** The shape of a format as a small frame; very wide and very tall ones are drawn a little thicker than they are, to be seen. */
export function RatioGlyph({
  format,
  sizePx = 16,
  className,
}: {
  format: Pick<ChannelFormat, 'width' | 'height'>;
  sizePx?: number;
  className?: string;
}) {
  const longest = Math.max(format.width, format.height);
  const width = Math.max(4, (format.width / longest) * (sizePx - 2));
  const height = Math.max(4, (format.height / longest) * (sizePx - 2));
  return (
    <svg
      aria-hidden
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${sizePx} ${sizePx}`}
      className={classNames('shrink-0', className)}
    >
      <rect
        x={(sizePx - width) / 2}
        y={(sizePx - height) / 2}
        width={width}
        height={height}
        rx={1.5}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
      />
    </svg>
  );
}
