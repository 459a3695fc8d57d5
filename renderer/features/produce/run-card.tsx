import { useQuery } from '@tanstack/react-query';
import { Pause, Play, RotateCcw, Square, Type } from 'lucide-react';
import { useState } from 'react';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { CellId } from '../../../electron/contract/identifiers.ts';
import { ActionButton } from '../../app/action-button.tsx';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatRoute } from '../../app/routes.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl, previewUrl } from '../../rpc/asset-url.ts';
import { adviseOnRecord } from '../../rpc/error-advice.ts';
import { assetQueries, batchQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { batchSeconds, isLive } from './batch-figures.ts';
import { batchStateTitles } from './batch-titles.ts';
import { batchMarks } from './plan-list.tsx';

const SHOWN_THUMBNAILS = 18;

interface RunCardProps {
  batch: Batch;
  problem: unknown;
  /** Cells that were never made, or failed, in the whole plan. */
  missing: number;
  /** Cells whose picture says something else than its concept does now. */
  staleWords: number;
  onSelectCell: (cellId: CellId) => void;
}

/** During a run: what is being made, how far, how long still, what failed. After it: the report. */
export function RunCard({ batch, problem, missing, staleWords, onSelectCell }: RunCardProps) {
  const live = isLive(batch);
  return (
    <section aria-label={message('produce.run')} className="shrink-0 border-b bg-panel">
      <div className="flex items-stretch gap-4 px-4 py-3 max-columns:py-2">
        {live ? <InHand batch={batch} /> : null}
        <div className="flex min-w-0 flex-1 flex-col justify-center gap-2">
          <div className="flex items-center gap-2">
            <StatusMark kind={batchMarks[batch.state]} label="" />
            <h2 className="text-13 font-semibold">{message(batchStateTitles[batch.state])}</h2>
            <p className="min-w-0 flex-1 truncate text-13 text-ink-soft tabular-nums">{describeProgress(batch)}</p>
            <Controls batch={batch} missing={missing} staleWords={staleWords} />
          </div>
          <Progress label={message('produce.progress')} value={batch.done + batch.failed} max={batch.total} />
          {live ? (
            <>
              <p className="truncate text-12 text-ink-soft tabular-nums">{describePace(batch)}</p>
              <Arriving batch={batch} />
            </>
          ) : (
            <Report batch={batch} />
          )}
        </div>
      </div>
      {problem === null ? null : <FailureNote error={problem} className="mx-4 mb-3" />}
      {batch.failed > 0 ? <Failures batch={batch} onSelectCell={onSelectCell} /> : null}
    </section>
  );
}

function describeProgress(batch: Batch): string {
  const done = message('produce.doneOf', { done: batch.done, total: batch.total });
  return batch.failed > 0 ? `${done}, ${message('produce.failedCount', { count: batch.failed })}` : done;
}

/** Null while nothing had to be made again. */
function describeRemade({ remade }: Batch): string | null {
  return remade === 0 ? null : message('remake.count', { count: remade });
}

/** Rate and time left with its spread, or why nothing moves. */
function describePace(batch: Batch): string {
  if (batch.waitingFor !== null) return batch.waitingFor;
  if (batch.state === 'paused') return message('produce.waitingCount', { count: batch.waiting });
  const { imagesPerMinute, remaining } = batch;
  const parts = [
    imagesPerMinute === null
      ? message('produce.rateUnknown')
      : message('produce.rate', { rate: formatNumber(imagesPerMinute) }),
    remaining === null
      ? null
      : message('produce.left', {
          time: formatDuration(remaining.middle),
          low: formatDuration(remaining.low),
          high: formatDuration(remaining.high),
        }),
    describeRemade(batch),
  ];
  return parts.filter((part) => part !== null).join('  ·  ');
}

function Controls({ batch, missing, staleWords }: Pick<RunCardProps, 'batch' | 'missing' | 'staleWords'>) {
  if (isLive(batch)) {
    return (
      <div className="flex shrink-0 gap-2">
        {batch.state === 'running' ? (
          <ActionButton icon={Pause} keys="space" action="produce.pause">
            {message('produce.pause')}
          </ActionButton>
        ) : (
          <ActionButton icon={Play} keys="space" action="produce.resume">
            {message('produce.resume')}
          </ActionButton>
        )}
        <ActionButton icon={Square} action="produce.stop">
          {message('produce.stop')}
        </ActionButton>
      </div>
    );
  }
  return (
    <div className="flex shrink-0 gap-2">
      {staleWords > 0 ? (
        <ActionButton icon={Type} keys="w" action="produce.updateWords">
          {message('produce.updateWords', { count: staleWords })}
        </ActionButton>
      ) : null}
      {missing > 0 ? (
        <ActionButton icon={RotateCcw} keys="m" action="produce.missing">
          {message('produce.missing', { count: missing })}
        </ActionButton>
      ) : null}
    </div>
  );
}

/** The image in hand as it forms, with its step. */
function InHand({ batch }: { batch: Batch }) {
  const job = batch.inHand[0];
  const preview = job?.preview ?? null;
  return (
    <figure className="flex w-28 shrink-0 flex-col gap-1 max-columns:w-20">
      <div className="surround relative aspect-square w-full overflow-hidden rounded-small">
        {preview === null ? (
          <Skeleton className="absolute inset-0 rounded-none opacity-40" />
        ) : (
          <img
            src={previewUrl(preview)}
            alt={message('produce.previewAlt')}
            draggable={false}
            className="absolute inset-0 size-full object-contain"
          />
        )}
      </div>
      <figcaption className="text-11 text-ink-faint tabular-nums">
        {job
          ? message('produce.step', { step: job.step, steps: job.steps })
          : message(batch.state === 'paused' ? 'produce.handPaused' : 'produce.handEmpty')}
      </figcaption>
    </figure>
  );
}

function useLatest(batch: Batch) {
  // Ids sort by the time of their making.
  const latest = batch.latestAssetIds.toSorted().toReversed().slice(0, SHOWN_THUMBNAILS);
  const { data = [] } = useQuery({
    ...assetQueries.summaries(latest),
    enabled: latest.length > 0,
    placeholderData: (before) => before,
  });
  return data;
}

/** The newest pictures, the latest at the left. */
function Arriving({ batch }: { batch: Batch }) {
  const assets = useLatest(batch);
  return (
    <div className="flex h-11 gap-1.5 overflow-hidden">
      {assets.map((asset) => (
        <Thumb
          key={asset.id}
          url={assetUrl(asset.thumbnails?.small ?? asset.hash)}
          alt={asset.headline}
          eager
          className="size-11 shrink-0 rounded-small"
        />
      ))}
      {assets.length === 0 ? <p className="self-center text-12 text-ink-faint">{message('produce.noneYet')}</p> : null}
    </div>
  );
}

function Report({ batch }: { batch: Batch }) {
  const { data: counts } = useQuery(
    assetQueries.counts({
      briefId: null,
      planId: null,
      batchId: batch.id,
      statuses: [],
      origins: [],
      media: [],
      flags: [],
      minStars: 0,
      formatIds: [],
      compliance: 'any',
      failedCheck: null,
      judgedAgainst: null,
      text: '',
    }),
  );
  const seconds = batchSeconds(batch, batch.startedAtMs);
  const facts = [
    message('produce.took', { time: formatDuration(seconds) }),
    batch.done > 1 && seconds > 0 ? message('produce.rate', { rate: formatNumber((batch.done / seconds) * 60) }) : null,
    counts && counts.total > 0
      ? message('produce.complianceShare', {
          percent: Math.round((counts.compliant / counts.total) * 100),
          count: counts.compliant,
          total: counts.total,
        })
      : null,
    describeRemade(batch),
  ].filter((part) => part !== null);
  return (
    <div className="flex items-center gap-3 text-12 text-ink-soft">
      <p className="min-w-0 flex-1 tabular-nums">{facts.join('  ·  ')}</p>
      {batch.done > 0 ? (
        <a
          href={formatRoute({ screen: 'review', parameters: { batch: batch.id } })}
          className="shrink-0 text-accent-text underline-offset-2 hover:underline"
        >
          {message('produce.reviewRun', { count: counts?.unreviewed ?? batch.done })}
        </a>
      ) : null}
    </div>
  );
}

/** What failed, grouped by why: a thousand cells that failed for one reason are one line. */
function Failures({ batch, onSelectCell }: { batch: Batch; onSelectCell: (cellId: CellId) => void }) {
  const [open, setOpen] = useState(false);
  const { data: failures = [] } = useQuery(batchQueries.failures(batch.id));
  const groups = Map.groupBy(failures, ({ error }) => `${error.code} ${adviseOnRecord(error).title}`);
  return (
    <div className="mx-4 mb-3 rounded-control border bg-raised px-3 py-1.5">
      <div className="flex items-center gap-2">
        <StatusMark kind="failed" label="" className="text-rejected" />
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-w-0 flex-1 truncate rounded-small text-left text-13"
        >
          {message('produce.failedTitle', { count: batch.failed })}{' '}
          <span className="text-12 text-ink-soft">{message(open ? 'produce.hideReasons' : 'produce.showReasons')}</span>
        </button>
        <ActionButton icon={RotateCcw} action="produce.retryFailed">
          {message('produce.retryFailed')}
        </ActionButton>
      </div>
      {open ? (
        <ul className="mt-1.5 flex max-h-40 flex-col gap-1.5 overflow-y-auto pb-1">
          {[...groups.values()].map((group) => {
            const [first] = group;
            if (first === undefined) return null;
            const { title, advice } = adviseOnRecord(first.error);
            return (
              <li key={`${first.error.code} ${title}`} className="text-12">
                <p className="font-medium">
                  {title}{' '}
                  <span className="font-normal text-ink-soft">
                    {message('produce.failedTimes', { count: group.length, attempts: first.attempts })}
                  </span>
                </p>
                {advice ? <p className="text-ink-soft">{advice}</p> : null}
                <Button variant="quiet" className="-ml-2.5 text-12" onClick={() => onSelectCell(first.cellId)}>
                  {message('produce.showCell')}
                </Button>
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}
