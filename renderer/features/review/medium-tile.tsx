import { AudioLines, FileText, Film, Image } from 'lucide-react';
import type { AssetSummary, Medium } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { formatClock } from '../../lib/format.ts';

export const mediumIcons = {
  picture: Image,
  audio: AudioLines,
  video: Film,
  document: FileText,
} as const satisfies Record<Medium, unknown>;

/** Below this a tile holds its icon alone. */
const WORDS_FROM_PX = 88;

/** How long it is to hear or to read: "1:24", "12 pages". Empty where nothing is known. */
export function describeExtent({ durationMs, pages }: Pick<AssetSummary, 'durationMs' | 'pages'>): string {
  if (durationMs !== null) return formatClock(durationMs / 1000);
  return pages === null ? '' : message('media.pages', { count: pages });
}

/** What stands for a sound or a document where a picture would be: what it is, its name and how long it is. */
export function MediumTile({
  summary,
  sizePx,
  className,
}: {
  summary: AssetSummary;
  sizePx: number;
  className?: string;
}) {
  const Icon = mediumIcons[summary.medium];
  const hasWords = sizePx >= WORDS_FROM_PX;
  return (
    <div
      data-medium={summary.medium}
      className={classNames('flex flex-col items-center justify-center gap-2 bg-raised p-2 text-center', className)}
    >
      <Icon
        size={Math.round(Math.max(18, Math.min(48, sizePx / 4)))}
        strokeWidth={1.25}
        aria-hidden
        className="shrink-0 text-ink-soft"
      />
      {hasWords ? (
        <>
          <span className="line-clamp-2 w-full text-12 break-words text-ink">{summary.headline}</span>
          <span className="text-11 text-ink-faint tabular-nums">
            {describeExtent(summary) || message(`media.${summary.medium}`)}
          </span>
        </>
      ) : null}
    </div>
  );
}
