import { useEffect, useRef, useState } from 'react';
import type { PointerEvent, ReactNode, WheelEvent } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { useElementSize } from '../../lib/use-element-size.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RegionOutline } from './region-outline.tsx';
import { clampView, fittedView, fullScale, panView, placePicture, zoomView } from './zoom.ts';
import type { View } from './zoom.ts';

/** Longest edge of the largest thumbnail in pixels. */
const LARGE_THUMBNAIL_PX = 1280;

export interface PictureViewProps {
  summary: AssetSummary | undefined;
  view: View;
  /** `alone` is true while Shift is held: only this one of two pictures should move. */
  onView: (view: View, alone: boolean) => void;
  /** Drawn inside the frame, over the picture. */
  children?: ReactNode;
  className?: string;
  label: string;
}

function toShare(offset: number, size: number): number {
  return Math.min(1, Math.max(0, offset / size));
}

/** One picture in a frame: fitted or zoomed, dragged by hand, with the region that a check speaks of drawn over it. */
export function PictureView({ summary, view, onView, children, className, label }: PictureViewProps) {
  const [ref, frame] = useElementSize();
  const drag = useRef<{ x: number; y: number } | null>(null);
  const picture = summary ? { width: summary.width, height: summary.height } : { width: 1, height: 1 };
  const hasFrame = frame.width > 0 && frame.height > 0;
  const clamped = hasFrame ? clampView(view, picture, frame) : view;
  const place = placePicture(clamped, picture, frame);

  function pointAt(event: { clientX: number; clientY: number }) {
    const box = ref.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }
  function onWheel(event: WheelEvent) {
    const point = pointAt(event);
    const factor = Math.exp(-event.deltaY * 0.0015);
    onView(
      zoomView(clamped, picture, frame, factor, point.x - frame.width / 2, point.y - frame.height / 2),
      event.shiftKey,
    );
  }
  function onDoubleClick(event: { clientX: number; clientY: number; shiftKey: boolean }) {
    const point = pointAt(event);
    const full = {
      scale: fullScale(window.devicePixelRatio),
      centreX: toShare(point.x - place.left, place.width),
      centreY: toShare(point.y - place.top, place.height),
    };
    onView(clamped.scale === null ? full : fittedView, event.shiftKey);
  }
  function onPointerMove(event: PointerEvent) {
    if (drag.current === null) return;
    const moved = panView(clamped, picture, event.clientX - drag.current.x, event.clientY - drag.current.y);
    drag.current = { x: event.clientX, y: event.clientY };
    onView(clampView(moved, picture, frame), event.shiftKey);
  }
  return (
    <div
      ref={ref}
      role="group"
      aria-label={label}
      data-picture-frame
      className={classNames(
        'surround relative min-h-0 min-w-0 flex-1 touch-none overflow-hidden',
        clamped.scale !== null && 'cursor-grab active:cursor-grabbing',
        className,
      )}
      onWheel={onWheel}
      onDoubleClick={onDoubleClick}
      onPointerDown={(event) => {
        if (clamped.scale === null || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (drag.current = null)}
      onPointerCancel={() => (drag.current = null)}
    >
      {summary && hasFrame ? (
        <div
          className="absolute"
          style={{ left: place.left, top: place.top, width: place.width, height: place.height }}
        >
          <Picture summary={summary} widthPx={place.width} heightPx={place.height} />
          <RegionOutline summary={summary} />
        </div>
      ) : (
        <Skeleton className="absolute inset-[12%] opacity-20" />
      )}
      {children}
    </div>
  );
}

/** What the grid has loaded already, over it the large thumbnail, over that the full picture as soon as the screen could show more of it. */
function Picture({ summary, widthPx, heightPx }: { summary: AssetSummary; widthPx: number; heightPx: number }) {
  const full = assetUrl(summary.hash);
  const quick = summary.thumbnails ? assetUrl(summary.thumbnails.large) : full;
  const known = summary.thumbnails ? assetUrl(summary.thumbnails.medium) : null;
  const needsFull = quick !== full && Math.max(widthPx, heightPx) * window.devicePixelRatio > LARGE_THUMBNAIL_PX + 1;
  const [loadedUrl, setLoadedUrl] = useState<string | null>(null);
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  const layer = 'pointer-events-none absolute inset-0 size-full select-none';
  if (failedUrl === quick)
    return (
      <p className="absolute inset-0 flex items-center justify-center p-4 text-center text-12">
        {message('review.pictureMissing')}
      </p>
    );
  return (
    <>
      {known === null ? null : <img src={known} alt="" draggable={false} decoding="sync" className={layer} />}
      <img
        src={quick}
        alt={summary.headline}
        draggable={false}
        decoding="sync"
        data-picture={summary.id}
        onError={() => setFailedUrl(quick)}
        className={layer}
      />
      {needsFull ? (
        <img
          src={full}
          alt=""
          draggable={false}
          decoding="async"
          onLoad={() => setLoadedUrl(full)}
          className={classNames(layer, loadedUrl !== full && 'invisible')}
        />
      ) : null}
    </>
  );
}

/** Fetches and decodes pictures that the next keys will show, and forgets them when others are nearer. */
export function usePreload(urls: readonly string[]): void {
  const kept = useRef(new Map<string, HTMLImageElement>());
  const wanted = urls.join('\n');
  useEffect(() => {
    const next = new Map<string, HTMLImageElement>();
    for (const url of wanted.split('\n').filter(Boolean)) {
      const known = kept.current.get(url);
      const image = known ?? new Image();
      if (!known) {
        image.src = url;
        // A picture that cannot be decoded says so where it is shown; here nothing is lost.
        image.decode().catch(() => undefined);
      }
      next.set(url, image);
    }
    kept.current = next;
  }, [wanted]);
}
