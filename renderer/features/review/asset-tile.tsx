import { memo } from 'react';
import type { AssetSummary, Flag } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { describeFailure, FailureMark } from './failure-mark.tsx';
import { useFormatName } from './format-names.ts';
import { chooseThumbnail } from './grid-layout.ts';
import { describeExtent, MediumTile } from './medium-tile.tsx';
import { flagTitles, statusTitles } from './mark-titles.ts';
import { hasPlace } from './places.ts';
import { RegionOutline } from './region-outline.tsx';
import { useReviewStore } from './review-store.ts';
import { useName } from './use-names.ts';
import { useSummary } from './use-summary.ts';

export function tileUrl(summary: AssetSummary, edgePx: number): string {
  const { thumbnails } = summary;
  return assetUrl(thumbnails === null ? summary.hash : thumbnails[chooseThumbnail(edgePx, window.devicePixelRatio)]);
}

/** What an asset is, for those who hear it: headline and every axis that is set. */
export function describeAsset(summary: AssetSummary): string {
  return [
    summary.headline,
    summary.medium === 'picture'
      ? null
      : [message(`media.${summary.medium}`), describeExtent(summary)].filter(Boolean).join(', '),
    summary.origin === 'imported' ? message('media.imported') : null,
    message(statusTitles[summary.status]),
    summary.flag === 'none' ? null : message(flagTitles[summary.flag]),
    summary.stars === 0 ? null : message('review.starCount', { count: summary.stars }),
    summary.compliant === false ? describeFailure(summary) : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The name of a tile in the document, for who is read to. */
export function tileId(place: number): string {
  return `tile-${place}`;
}

interface AssetTileProps {
  place: number;
  index: number;
  columns: number;
  tilePx: number;
  leftPx: number;
}

/** One tile draws again only for its own asset, selection and cursor. */
export const AssetTile = memo(function AssetTile({ place, index, columns, tilePx, leftPx }: AssetTileProps) {
  const id = useName(place);
  const summary = useSummary(id ?? null);
  const selected = useReviewStore((state) => hasPlace(state.selection.selected, place));
  const active = useReviewStore((state) => state.selection.active === place);
  return (
    <div
      role="gridcell"
      id={tileId(place)}
      data-asset={id}
      data-place={place}
      data-index={index}
      aria-colindex={(index % columns) + 1}
      aria-selected={selected}
      className="absolute top-0"
      style={{ left: leftPx, width: tilePx }}
    >
      <div
        className={classNames(
          'relative overflow-hidden rounded-small outline-offset-0',
          selected ? 'outline-2 outline-accent-text' : 'outline-1 outline-transparent hover:outline-line-strong',
          active && 'shadow-[0_0_0_2px_var(--page),0_0_0_4px_var(--ink)]',
        )}
        style={{ height: tilePx }}
      >
        {summary ? (
          <>
            {isSeen(summary) ? (
              <Thumb
                url={tileUrl(summary, tilePx)}
                alt=""
                inSight
                className={classNames('size-full', isRefused(summary) && 'opacity-45')}
              />
            ) : (
              <MediumTile
                summary={summary}
                sizePx={tilePx}
                className={classNames('size-full', isRefused(summary) && 'opacity-45')}
              />
            )}
            {active && isSeen(summary) ? <TileRegion summary={summary} tilePx={tilePx} /> : null}
          </>
        ) : (
          <Skeleton className="size-full rounded-none" />
        )}
      </div>
      <span className="sr-only">{summary ? describeAsset(summary) : message('common.loading')}</span>
      <div aria-hidden className="flex h-5.5 items-end gap-1 text-11 text-ink-soft">
        {summary ? <TileMarks summary={summary} roomy={tilePx >= 132} /> : null}
      </div>
    </div>
  );
});

/** Whether there is a picture to look at. */
export function isSeen({ medium }: AssetSummary): boolean {
  return medium === 'picture';
}

/** Rejected on either axis: the picture steps back. */
export function isRefused({ flag, status }: AssetSummary): boolean {
  return flag === 'reject' || status === 'rejected';
}

/** The box of the picture itself inside its square tile. */
function TileRegion({ summary, tilePx }: { summary: AssetSummary; tilePx: number }) {
  const scale = tilePx / Math.max(summary.width, summary.height);
  const width = summary.width * scale;
  const height = summary.height * scale;
  return (
    <div
      className="pointer-events-none absolute"
      style={{ left: (tilePx - width) / 2, top: (tilePx - height) / 2, width, height }}
    >
      <RegionOutline summary={summary} />
    </div>
  );
}

/** The picture says its headline itself; what it does not say is its format. An imported one says nothing, so its name stands here. */
function TileMarks({ summary, roomy }: { summary: AssetSummary; roomy: boolean }) {
  const format = useFormatName(summary.formatId);
  return (
    <>
      <StatusMark kind={summary.status} label="" className="mb-px" />
      {summary.flag === 'none' ? null : <FlagMark flag={summary.flag} />}
      {summary.stars > 0 ? <Stars count={summary.stars} /> : null}
      <span className="min-w-0 flex-1 truncate text-ink-faint">{roomy ? captionOf(summary, format) : null}</span>
      {summary.compliant === false ? <FailureMark summary={summary} roomy={roomy} /> : null}
    </>
  );
}

function captionOf({ origin, medium, headline }: AssetSummary, format: string): string {
  if (origin === 'made') return format;
  return medium === 'picture' ? headline : message('media.imported');
}

/** A raised pennant for a pick, a struck one for a reject. */
export function FlagMark({ flag, sizePx = 14 }: { flag: Exclude<Flag, 'none'>; sizePx?: number }) {
  return flag === 'pick' ? (
    <StatusMark kind="pick" label="" sizePx={sizePx} className="mb-px" />
  ) : (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      width={sizePx}
      height={sizePx}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className="mb-px shrink-0 text-rejected"
    >
      <path d="M4.5 14V2.5h7l-2 3 2 3h-7M2.5 14 13.5 2.5" />
    </svg>
  );
}

export function Stars({ count }: { count: number }) {
  return (
    <span aria-hidden className="shrink-0 font-medium text-ink tabular-nums">
      {count}
      <span className="text-ink-soft">★</span>
    </span>
  );
}
