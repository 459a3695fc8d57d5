import { useMemo, useState } from 'react';
import type { PointerEvent } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { describeAsset, FlagMark, isSeen, Stars } from './asset-tile.tsx';
import type { CompareSide, CompareState } from './compare-state.ts';
import { stepCandidate } from './compare-state.ts';
import { useFormatName } from './format-names.ts';
import { ZoomBadge } from './loupe.tsx';
import { MediumView } from './medium-view.tsx';
import { PictureView, usePreload } from './picture-view.tsx';
import { countPlaces, indexOfPlace } from './places.ts';
import { summaries } from './review-session.ts';
import { useReviewStore } from './review-store.ts';
import { useName, useNames } from './use-names.ts';
import { useSummary } from './use-summary.ts';
import { useWanted } from './use-wanted.ts';
import { clampView, fittedView, placePicture } from './zoom.ts';
import type { SizePx, View } from './zoom.ts';

/** The select on the left is held, the candidate on the right steps. Both move together unless Shift is held. */
export function CompareView({ compare }: { compare: CompareState }) {
  const layout = useReviewStore((state) => state.compareLayout);
  const view = useReviewStore((state) => state.view);
  const [ownView, setOwnView] = useState<{ key: string; side: CompareSide; view: View } | null>(null);
  const select = useSummary(useName(compare.select) ?? null);
  const candidate = useSummary(useName(compare.candidate) ?? null);
  const next = stepCandidate(compare, 1).candidate;
  const near = useMemo(() => [compare.select, compare.candidate, next], [compare.select, compare.candidate, next]);
  useWanted(useNames(near));
  const nextName = useName(next);
  const nextLarge = nextName === undefined ? undefined : summaries.get(nextName)?.thumbnails?.large;
  usePreload(nextLarge === undefined ? [] : [assetUrl(nextLarge)]);

  const pair = `${compare.select} ${compare.candidate}`;
  const own = ownView?.key === pair ? ownView : null;
  const viewOf = (side: CompareSide) => (own?.side === side ? own.view : view);
  function moveView(side: CompareSide, moved: View, alone: boolean) {
    if (alone) return setOwnView({ key: pair, side, view: moved });
    setOwnView(null);
    setView(moved);
  }
  // A line between two halves needs two pictures.
  const bothSeen = [select, candidate].every((summary) => summary === undefined || isSeen(summary));
  if (layout === 'slider' && bothSeen) return <CompareSlider select={select} candidate={candidate} view={view} />;
  return (
    <div className="flex min-h-0 flex-1 gap-px bg-line">
      {(['select', 'candidate'] as const).map((side) => {
        const summary = side === 'select' ? select : candidate;
        const shown = viewOf(side);
        return (
          <section
            key={side}
            aria-label={message(side === 'select' ? 'review.select' : 'review.candidate')}
            className="flex min-w-0 flex-1 flex-col bg-page"
          >
            <SideHead
              side={side}
              active={compare.side === side}
              summary={summary}
              position={
                side === 'candidate'
                  ? { at: indexOfPlace(compare.set, compare.candidate) + 1, of: countPlaces(compare.set) }
                  : null
              }
            />
            {summary === undefined || isSeen(summary) ? (
              <PictureView
                summary={summary}
                view={shown}
                onView={(moved, alone) => moveView(side, moved, alone)}
                label={summary ? describeAsset(summary) : message('common.loading')}
              >
                {shown.scale === null ? null : <ZoomBadge scale={shown.scale} />}
              </PictureView>
            ) : (
              <MediumView summary={summary} label={describeAsset(summary)} />
            )}
          </section>
        );
      })}
    </div>
  );
}

function SideHead({
  side,
  active,
  summary,
  position,
}: {
  side: CompareSide;
  active: boolean;
  summary: AssetSummary | undefined;
  position: { at: number; of: number } | null;
}) {
  const format = useFormatName(summary?.formatId);
  return (
    <button
      type="button"
      data-grid-cell
      aria-pressed={active}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() =>
        useReviewStore.setState(({ compare }) => (compare === null ? {} : { compare: { ...compare, side } }))
      }
      className={classNames(
        'flex h-8 shrink-0 items-center gap-2 border-b-2 px-3 text-left text-12',
        active ? 'border-b-accent-text bg-panel text-ink' : 'border-b-transparent text-ink-soft hover:bg-hover',
      )}
    >
      <span className="font-medium">{message(side === 'select' ? 'review.select' : 'review.candidate')}</span>
      {position === null ? null : (
        <span className="text-ink-faint tabular-nums">{message('review.positionOf', position)}</span>
      )}
      <span className="min-w-0 flex-1 truncate">{summary?.origin === 'imported' ? summary.headline : format}</span>
      {summary ? <Marks summary={summary} /> : null}
    </button>
  );
}

export function Marks({ summary }: { summary: AssetSummary }) {
  return (
    <span className="flex shrink-0 items-center gap-1 text-11">
      {summary.stars > 0 ? <Stars count={summary.stars} /> : null}
      {summary.flag === 'none' ? null : <FlagMark flag={summary.flag} />}
      <StatusMark kind={summary.status} label="" />
      {summary.compliant === false ? (
        <StatusMark kind="failed" label={message('review.checksFailed', { count: summary.failedChecks.length })} />
      ) : null}
    </span>
  );
}

function setView(view: View): void {
  useReviewStore.setState({ view });
}

/** Whole for the select, broken for the candidate. */
function Edge({ picture, view, frame, isDashed }: { picture: SizePx; view: View; frame: SizePx; isDashed: boolean }) {
  const { left, top, width, height } = placePicture(clampView(view, picture, frame), picture, frame);
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      <span
        data-edge
        className={classNames(
          'absolute border border-mark-light outline-1 outline-mark-dark/50',
          isDashed ? 'border-dashed' : 'border-solid',
        )}
        style={{ left, top, width, height }}
      />
    </span>
  );
}

/** Shapes that differ by less than this look the same. */
const LIKE_SHAPE = 0.01;

/**
 * Both pictures on top of each other, each fitted whole; the line shows the select left of it and the candidate right of it.
 * Where their shapes differ, the edge of each stays in sight on both sides of the line, so that nothing looks cut off that is only covered.
 */
function CompareSlider({
  select,
  candidate,
  view,
}: {
  select: AssetSummary | undefined;
  candidate: AssetSummary | undefined;
  view: View;
}) {
  const [share, setShare] = useState(0.5);
  const [ref, frame] = useElementSize();
  const isUnlike =
    select !== undefined &&
    candidate !== undefined &&
    Math.abs((select.width * candidate.height) / (select.height * candidate.width) - 1) > LIKE_SHAPE;
  function drag(event: PointerEvent) {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box) setShare(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  }
  return (
    <div ref={ref} className="relative flex min-h-0 flex-1">
      <PictureView summary={candidate} view={view} onView={setView} label={message('review.candidate')} />
      <div className="absolute inset-0 flex" style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}>
        <PictureView summary={select} view={view} onView={setView} label={message('review.select')} />
      </div>
      {isUnlike
        ? [candidate, select].map((summary, index) => (
            <Edge key={index} picture={summary} view={view} frame={frame} isDashed={index === 0} />
          ))
        : null}
      <span className="pointer-events-none absolute top-2 left-2 rounded-small bg-mark-dark/70 px-1.5 text-11 text-mark-light">
        {message('review.select')}
      </span>
      <span className="pointer-events-none absolute top-2 right-2 rounded-small bg-mark-dark/70 px-1.5 text-11 text-mark-light">
        {message('review.candidate')}
      </span>
      <div
        role="slider"
        tabIndex={0}
        aria-label={message('review.sliderLabel')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="absolute inset-y-0 w-4 -translate-x-1/2 cursor-ew-resize touch-none outline-offset-[-4px]"
        style={{ left: `${share * 100}%` }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => setShare(0.5)}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? -0.05 : event.key === 'ArrowRight' ? 0.05 : 0;
          if (step !== 0) setShare((before) => Math.min(1, Math.max(0, before + step)));
        }}
      >
        <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-mark-light shadow-[0_0_0_1px_var(--mark-dark)]" />
        <span className="absolute top-1/2 left-1/2 size-3 -translate-x-1/2 -translate-y-1/2 rounded-full bg-mark-light shadow-[0_0_0_1px_var(--mark-dark)]" />
      </div>
      {view === fittedView || view.scale === null ? null : <ZoomBadge scale={view.scale} />}
    </div>
  );
}
