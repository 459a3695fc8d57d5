import { X } from 'lucide-react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { measureTextScale } from '../../lib/text-scale.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { describeAsset, isRefused, isSeen, tileUrl } from './asset-tile.tsx';
import { useFormatName } from './format-names.ts';
import { Marks } from './compare-view.tsx';
import { MediumTile } from './medium-tile.tsx';
import { RegionOutline } from './region-outline.tsx';
import { dropFromSurvey } from './review-commands.ts';
import { summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { layoutSurvey } from './survey-layout.ts';
import { useName, useNames } from './use-names.ts';
import { useSummary } from './use-summary.ts';
import { useWanted } from './use-wanted.ts';

const GAP_PX = 12;
const PADDING_PX = 16;
/** The line under each picture with its marks. */
const CAPTION_PX = 28 * measureTextScale();
const MIN_CAPTION_PX = 132 * measureTextScale();

/** The selection side by side. The one under the cursor is decided on; what is clicked away leaves survey and selection. */
export function SurveyView({ places }: { places: readonly number[] }) {
  const [ref, frame] = useElementSize();
  const ids = useNames(places);
  useWanted(ids);
  const aspects = ids
    .map((id) => summaries.get(id))
    .map((summary) => (summary ? aspectOf(summary) : 1))
    .sort((a, b) => a - b);
  const aspect = aspects[Math.floor(aspects.length / 2)] ?? 1;
  const layout = layoutSurvey(
    places.length,
    Math.max(0, frame.width - 2 * PADDING_PX),
    Math.max(0, frame.height - 2 * PADDING_PX),
    aspect,
    GAP_PX,
  );
  const cellHeight = layout.rows === 0 ? 0 : (frame.height - 2 * PADDING_PX - (layout.rows - 1) * GAP_PX) / layout.rows;
  const cellWidth = (frame.width - 2 * PADDING_PX - (layout.columns - 1) * GAP_PX) / layout.columns;
  return (
    <div
      ref={ref}
      role="group"
      aria-label={message('review.surveyLabel', { count: places.length })}
      className="surround flex min-h-0 flex-1 flex-wrap content-center justify-center overflow-hidden"
      style={{ gap: GAP_PX, padding: PADDING_PX }}
    >
      {frame.width === 0
        ? null
        : places.map((place) => (
            <SurveyTile key={place} place={place} widthPx={cellWidth - 1} heightPx={cellHeight - 1} />
          ))}
    </div>
  );
}

/** Width by height; what cannot be seen is square. */
function aspectOf(summary: AssetSummary): number {
  return isSeen(summary) ? summary.width / summary.height : 1;
}

function SurveyTile({ place, widthPx, heightPx }: { place: number; widthPx: number; heightPx: number }) {
  const id = useName(place);
  const summary = useSummary(id ?? null);
  const active = useReviewStore((state) => state.selection.active === place);
  const format = useFormatName(summary?.formatId);
  const drop = message('review.dropFromSurvey');
  const aspect = summary ? aspectOf(summary) : 1;
  const pictureWidth = Math.max(0, Math.min(widthPx, (heightPx - CAPTION_PX) * aspect));
  return (
    <div className="flex items-center justify-center" style={{ width: widthPx, height: heightPx }} data-survey={place}>
      <div
        className={classNames(
          'flex flex-col rounded-small',
          active && 'outline-2 outline-offset-3 outline-surround-ink',
        )}
        style={{ width: Math.max(pictureWidth, Math.min(widthPx, MIN_CAPTION_PX)) }}
      >
        <button
          type="button"
          data-grid-cell
          aria-pressed={active}
          aria-label={summary ? describeAsset(summary) : message('common.loading')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => useReviewStore.setState(({ selection }) => ({ selection: { ...selection, active: place } }))}
          className="relative mx-auto"
          style={{ width: pictureWidth, height: pictureWidth / aspect }}
        >
          {summary ? (
            isSeen(summary) ? (
              <Thumb
                url={tileUrl(summary, Math.max(widthPx, heightPx))}
                alt=""
                eager
                className={classNames('size-full', isRefused(summary) && 'opacity-45')}
              />
            ) : (
              <MediumTile
                summary={summary}
                sizePx={pictureWidth}
                className={classNames('size-full', isRefused(summary) && 'opacity-45')}
              />
            )
          ) : (
            <Skeleton className="size-full opacity-20" />
          )}
          {summary ? <RegionOutline summary={summary} /> : null}
        </button>
        <div
          className="flex shrink-0 items-center gap-2 rounded-b-small bg-panel px-2 text-12 text-ink"
          style={{ height: CAPTION_PX }}
        >
          <span className="min-w-0 flex-1 truncate">{summary?.origin === 'imported' ? summary.headline : format}</span>
          {summary ? <Marks summary={summary} /> : null}
          <button
            type="button"
            aria-label={drop}
            title={drop}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => dropFromSurvey(place)}
            className="-mr-1 inline-flex size-6 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink"
          >
            <X size={14} aria-hidden />
          </button>
        </div>
      </div>
    </div>
  );
}
