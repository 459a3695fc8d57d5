import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { CheckDistribution } from '../../../electron/contract/scoring.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { assetQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { checkTitles, explainCheck, formatScore } from '../review/index.ts';
import { ScoreSpread } from './score-spread.tsx';

const SHOWN_WORST = 4;

export interface CheckRowProps {
  check: CheckDistribution;
  /** The same check against another brand version, to compare. */
  other: CheckDistribution | null;
  isActive: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

/** One check: how many fail, where the scores lie against the threshold, and the pictures that fail by most. */
export function CheckRow({ check, other, isActive, onFocus, onOpen }: CheckRowProps) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const title = message(checkTitles[check.name]);
  const threshold = message(check.better === 'lower' ? 'review.atMost' : 'review.atLeast', {
    threshold: formatScore(check.threshold, check.unit),
  });
  return (
    <li
      ref={row}
      aria-current={isActive || undefined}
      onPointerDown={onFocus}
      className={classNames(
        'grid grid-cols-[10.25rem_minmax(11.875rem,1fr)_9.5rem_7.25rem] items-center gap-5 border-b px-6 py-3 @max-[44rem]:grid-cols-[minmax(0,1fr)_auto] @max-[44rem]:gap-x-4 @max-[44rem]:gap-y-2 @max-[44rem]:px-4',
        isActive && 'bg-hover',
      )}
    >
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-center gap-2">
          <StatusMark kind={check.failed > 0 ? 'failed' : 'passed'} label="" />
          <h2 className="truncate text-13 font-medium">{title}</h2>
        </div>
        <p className="pl-5.5 text-12 text-ink-faint">{threshold}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-2 @max-[44rem]:order-last @max-[44rem]:col-span-2">
        <ScoreSpread check={check} label={title} />
        {other === null ? null : <ScoreSpread check={other} label={title} isOther />}
        <p
          title={explainCheck(check.name)}
          className={classNames('text-12 text-ink-faint', isActive ? 'text-pretty' : 'truncate')}
        >
          {explainCheck(check.name)}
        </p>
      </div>
      <WorstPictures check={check} />
      <div className="flex flex-col items-end gap-1 @max-[44rem]:order-1">
        <span
          className={classNames('text-13 tabular-nums', check.failed > 0 ? 'font-medium text-redo' : 'text-ink-soft')}
        >
          {message('compliance.failed', { failed: check.failed, total: check.total })}
        </span>
        {other === null ? null : (
          <span className="text-12 text-ink-faint tabular-nums">
            {message('compliance.failedOther', { failed: other.failed, total: other.total })}
          </span>
        )}
        <Button
          variant="quiet"
          icon={ArrowRight}
          className="-mr-2.5"
          blocked={check.failed === 0 ? message('compliance.nothingFails') : null}
          aria-label={message('compliance.openFailed', { check: title, count: formatNumber(check.failed) })}
          onClick={onOpen}
        >
          {message('compliance.review')}
        </Button>
      </div>
    </li>
  );
}

function WorstPictures({ check }: { check: CheckDistribution }) {
  const worst = check.worst.slice(0, SHOWN_WORST);
  const { data: assets } = useQuery({ ...assetQueries.summaries([...worst]), enabled: worst.length > 0 });
  if (worst.length === 0) return <span aria-hidden className="@max-[44rem]:hidden" />;
  return (
    <div className="grid grid-cols-4 gap-1 @max-[44rem]:order-2 @max-[44rem]:col-span-2 @max-[44rem]:max-w-60">
      {worst.map((id) => {
        const asset = assets?.find((candidate) => candidate.id === id);
        const hash = asset?.thumbnails?.small ?? asset?.hash ?? null;
        return (
          <a
            key={id}
            href={`#/review?asset=${id}`}
            aria-label={message('compliance.worst', { headline: asset?.headline ?? '' })}
            className="surround block overflow-hidden rounded-small"
          >
            <Thumb url={hash ? assetUrl(hash) : null} alt="" fit="cover" className="aspect-square" />
          </a>
        );
      })}
    </div>
  );
}
