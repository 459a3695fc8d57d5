import { useMemo } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { countShown } from './asset-list.ts';
import type { AssetList } from './asset-list.ts';
import { describeAsset, FlagMark, isSeen, Stars, tileUrl } from './asset-tile.tsx';
import { MediumTile } from './medium-tile.tsx';
import { MediumView } from './medium-view.tsx';
import { PictureView, usePreload } from './picture-view.tsx';
import { indexOfPlace, placesBetween } from './places.ts';
import { summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { activate } from './selection.ts';
import { useName, useNames } from './use-names.ts';
import { useSummary } from './use-summary.ts';
import { useWanted } from './use-wanted.ts';

/** Pictures that are decoded ahead of the keys: more in front than behind. */
const PRELOAD_AHEAD = 3;
const PRELOAD_BEHIND = 2;
const STRIP_TILE_PX = 56;
const STRIP_GAP_PX = 6;
const STRIP_PADDING_PX = 16;

/** One picture as large as there is room, its neighbours in a strip below. Keys decide for this picture alone. */
export function Loupe() {
  const list = useReviewStore((state) => state.list);
  const active = useReviewStore((state) => state.selection.active);
  const view = useReviewStore((state) => state.view);
  const summary = useSummary(useName(active) ?? null);
  const index = active === null ? -1 : indexOfPlace(list.shown, active);
  const near = useNames(
    useMemo(() => placesBetween(list.shown, index - PRELOAD_BEHIND, index + PRELOAD_AHEAD + 1), [list.shown, index]),
  );
  useWanted(near);
  usePreload(
    near.flatMap((id) => {
      const thumbnails = summaries.get(id)?.thumbnails;
      return thumbnails ? [assetUrl(thumbnails.large)] : [];
    }),
  );
  const label = message('review.loupeLabel', { position: index + 1, count: countShown(list) });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {summary === undefined || isSeen(summary) ? (
        <PictureView
          summary={summary}
          view={view}
          onView={(next) => useReviewStore.setState({ view: next })}
          label={label}
        >
          {view.scale === null ? null : <ZoomBadge scale={view.scale} />}
        </PictureView>
      ) : (
        <MediumView summary={summary} label={label} />
      )}
      <Filmstrip list={list} index={index} />
    </div>
  );
}

export function ZoomBadge({ scale }: { scale: number }) {
  return (
    <span className="pointer-events-none absolute right-2 bottom-2 rounded-small bg-mark-dark/70 px-1.5 text-11 text-mark-light tabular-nums">
      {message('review.zoomPercent', { percent: Math.round(scale * window.devicePixelRatio * 100) })}
    </span>
  );
}

/** As many neighbours as fit, the active one in the middle where the list allows. */
function Filmstrip({ list, index }: { list: AssetList; index: number }) {
  const [ref, frame] = useElementSize();
  const count = Math.max(
    1,
    Math.floor((frame.width - STRIP_PADDING_PX + STRIP_GAP_PX) / (STRIP_TILE_PX + STRIP_GAP_PX)),
  );
  const start = Math.max(0, Math.min(index - Math.floor(count / 2), countShown(list) - count));
  const shown = useMemo(() => placesBetween(list.shown, start, start + count), [list.shown, start, count]);
  useWanted(useNames(shown));
  return (
    <div
      ref={ref}
      role="group"
      aria-label={message('review.filmstrip')}
      className="flex h-18 shrink-0 items-center justify-center gap-[6px] overflow-hidden border-t bg-panel px-[8px]"
    >
      {frame.width === 0
        ? null
        : shown.map((place, step) => <StripTile key={place} place={place} active={start + step === index} />)}
    </div>
  );
}

function StripTile({ place, active }: { place: number; active: boolean }) {
  const summary = useSummary(useName(place) ?? null);
  return (
    <button
      type="button"
      tabIndex={-1}
      data-grid-cell
      aria-current={active ? 'true' : undefined}
      aria-label={summary ? describeAsset(summary) : message('common.loading')}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => useReviewStore.setState(({ selection }) => ({ selection: activate(selection, place) }))}
      className={classNames(
        'relative size-[56px] shrink-0 overflow-hidden rounded-small',
        active ? 'outline-2 outline-offset-1 outline-ink' : 'opacity-80 hover:opacity-100',
      )}
    >
      {summary ? (
        isSeen(summary) ? (
          <Thumb url={tileUrl(summary, STRIP_TILE_PX)} alt="" eager className="size-full" />
        ) : (
          <MediumTile summary={summary} sizePx={STRIP_TILE_PX} className="size-full" />
        )
      ) : (
        <Skeleton className="size-full rounded-none" />
      )}
      {summary && (summary.status !== 'unreviewed' || summary.flag !== 'none' || summary.stars > 0) ? (
        <span className="absolute inset-x-0 bottom-0 flex items-center gap-0.5 bg-raised/90 px-0.5 text-11 leading-4">
          {summary.status === 'unreviewed' ? null : <StatusMark kind={summary.status} label="" sizePx={12} />}
          {summary.flag === 'none' ? null : <FlagMark flag={summary.flag} sizePx={12} />}
          {summary.stars > 0 ? <Stars count={summary.stars} /> : null}
        </span>
      ) : null}
    </button>
  );
}
