import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { toPercentRegion } from './region.ts';
import { useReviewStore } from './review-store.ts';

/** Under this many percent from an edge there is no room for the label beyond it. */
const NEAR_EDGE = 8;

/** Above the region, else below it, else in it, where it covers what it speaks of. */
function placeLabel({ top, height }: { readonly top: number; readonly height: number }): string {
  if (top >= NEAR_EDGE) return '-top-0.5 -translate-y-full';
  return 100 - top - height >= NEAR_EDGE ? '-bottom-0.5 translate-y-full' : 'top-0.5';
}

/** The place that a check speaks of, drawn over whatever box holds exactly the picture. Light and dark, to be seen on any picture. */
export function RegionOutline({ summary }: { summary: AssetSummary }) {
  const highlight = useReviewStore((state) => (state.highlight?.assetId === summary.id ? state.highlight : null));
  const region = highlight === null ? null : toPercentRegion(highlight.region, summary);
  if (highlight === null || region === null) return null;
  return (
    <div
      aria-hidden
      data-region
      className="pointer-events-none absolute rounded-[2px] border-2 border-mark-light shadow-[0_0_0_2px_var(--mark-dark),inset_0_0_0_1px_var(--mark-dark)]"
      style={{ left: `${region.left}%`, top: `${region.top}%`, width: `${region.width}%`, height: `${region.height}%` }}
    >
      <span
        className={classNames(
          'absolute rounded-small bg-mark-dark px-1.5 text-11 whitespace-nowrap text-mark-light',
          placeLabel(region),
          region.left > 100 - region.left - region.width ? 'right-0' : 'left-0',
        )}
      >
        {highlight.label}
      </span>
    </div>
  );
}
