import type { CheckDistribution } from '../../../electron/contract/scoring.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { formatScore } from '../review/index.ts';

const HEIGHT = 34;

export interface Bar {
  /** Left edge and width as shares of the scale, and the count as a share of the largest. */
  readonly from: number;
  readonly width: number;
  readonly height: number;
  /** Part of the height whose pictures failed. */
  readonly failedHeight: number;
}

/** The scale runs over the scores and the threshold with a little air, so that the mark is always on it. */
export function layOutSpread({ lowest, highest, threshold, buckets, failedBuckets }: CheckDistribution): {
  bars: Bar[];
  mark: number;
} {
  const low = Math.min(lowest, threshold);
  const span = Math.max(highest, threshold) - low || Math.max(Math.abs(threshold), 1);
  const place = (score: number) => 0.02 + (0.96 * (score - low)) / span;
  const largest = Math.max(...buckets, 1);
  const step = (highest - lowest) / buckets.length;
  const bars = buckets.flatMap((count, index) => {
    if (count === 0) return [];
    const from = lowest + step * index;
    const width = Math.max(0.012, (0.96 * step) / span);
    return [
      {
        from: Math.min(place(from), 1 - width),
        width,
        height: count / largest,
        failedHeight: (failedBuckets[index] ?? 0) / largest,
      },
    ];
  });
  return { bars, mark: place(threshold) };
}

/** Scores as bars over their scale, with the threshold as a line. The part of a bar whose pictures failed has the colour of failures; the words beside it say how many. */
export function ScoreSpread({
  check,
  label,
  isOther = false,
}: {
  check: CheckDistribution;
  label: string;
  isOther?: boolean;
}) {
  const { bars, mark } = layOutSpread(check);
  const score = (value: number) => formatScore(value, check.unit);
  return (
    <figure className="flex min-w-0 flex-col gap-0.5">
      <svg
        role="img"
        aria-label={message('compliance.spread', {
          check: label,
          lowest: score(check.lowest),
          highest: score(check.highest),
          middle: score(check.middle),
          threshold: score(check.threshold),
        })}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classNames('block w-full overflow-visible', isOther ? 'h-5' : 'h-9')}
      >
        <line
          x1="0"
          x2="100"
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-line-strong"
          strokeWidth="1"
          vectorEffect="non-scaling-stroke"
        />
        {bars.map(({ from, width, height, failedHeight }) => (
          <g key={from} className={classNames(isOther && 'opacity-60')}>
            {height > failedHeight ? <BarRect from={from} width={width} height={height} /> : null}
            {failedHeight > 0 ? <BarRect from={from} width={width} height={failedHeight} isFailed /> : null}
          </g>
        ))}
        <line
          x1={mark * 100}
          x2={mark * 100}
          y1="0"
          y2={HEIGHT}
          className="stroke-ink"
          strokeWidth="1.5"
          strokeDasharray="3 2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="flex justify-between gap-2 text-11 whitespace-nowrap text-ink-faint tabular-nums">
        {check.lowest === check.highest ? (
          <span>{message('compliance.allAlike', { score: score(check.lowest) })}</span>
        ) : (
          <>
            <span>{score(check.lowest)}</span>
            <span>{message('compliance.middle', { score: score(check.middle) })}</span>
            <span>{score(check.highest)}</span>
          </>
        )}
      </figcaption>
    </figure>
  );
}

const LEAST_HEIGHT = 2;

function BarRect({ from, width, height, isFailed = false }: Omit<Bar, 'failedHeight'> & { isFailed?: boolean }) {
  const tall = Math.max(LEAST_HEIGHT, height * (HEIGHT - 2));
  return (
    <rect
      x={from * 100}
      width={Math.max(0.6, width * 100 - 0.4)}
      y={HEIGHT - tall}
      height={tall}
      className={isFailed ? 'fill-redo' : 'fill-ink-faint'}
    />
  );
}
