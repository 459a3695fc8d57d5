import { useQuery } from '@tanstack/react-query';
import { Images, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { FailedJob } from '../../../electron/contract/batch.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { Cell, CellStatus, Plan } from '../../../electron/contract/plan.ts';
import type { ChannelFormat } from '../../../electron/contract/format.ts';
import { runAction } from '../../app/actions.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { classNames } from '../../lib/class-names.ts';
import { describeRemake } from '../../lib/describe-remake.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { adviseOnRecord } from '../../rpc/error-advice.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Facts } from '../../ui/table.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { cellStatusTitles } from './batch-titles.ts';

interface CellInspectorProps {
  plan: Plan;
  cell: Cell;
  headline: string;
  format: ChannelFormat | undefined;
  failure: FailedJob | null;
  onReview: (assetId: AssetId) => void;
}

/** One cell: its takes side by side, what made them, why it failed, and another take. */
export function CellInspector({ plan, cell, headline, format, failure, onReview }: CellInspectorProps) {
  const takes = useQuery({
    // Stands under the summaries, so that verdicts and new pictures refresh it.
    queryKey: ['asset', 'summaries', 'takes', cell.id, cell.takeCount],
    queryFn: ({ signal }) => studio.asset.takes({ cellId: cell.id }, { signal }),
    enabled: cell.takeCount > 0,
  });
  const [shownId, setShownId] = useState<AssetId | null>(null);
  const shown = takes.data?.find(({ id }) => id === shownId) ?? takes.data?.[0] ?? null;
  return (
    <>
      <div className="border-b p-4">
        <TakePicture cell={cell} take={shown} headline={headline} format={format} />
        {takes.data && takes.data.length > 1 ? (
          <TakeStrip takes={takes.data} shownId={shown?.id ?? null} onShow={setShownId} />
        ) : null}
        {takes.error ? <FailureNote error={takes.error} onRetry={() => void takes.refetch()} className="mt-3" /> : null}
        <div className="mt-3 flex gap-2">
          <Button icon={RotateCcw} keys="d" className="flex-1" onClick={() => runAction('produce.redoCell')}>
            {message(cell.takeCount === 0 ? 'produce.makeCell' : 'produce.redoCell')}
          </Button>
          <Button
            icon={Images}
            blocked={shown === null ? message('produce.notMade') : null}
            className="flex-1"
            onClick={() => shown && onReview(shown.id)}
          >
            {message('produce.openReview')}
          </Button>
        </div>
      </div>
      {failure === null ? null : <Failure failure={failure} />}
      <InspectorSection title={message('produce.cellTitle')} aside={<CellState status={cell.status} />}>
        <Facts
          rows={[
            [message('produce.fact.concept'), headline],
            [message('produce.fact.format'), format ? `${format.name} ${format.ratio}` : cell.formatId],
            [message('produce.fact.locale'), cell.locale],
            [
              message('produce.fact.variation'),
              message('produce.variationOf', { number: cell.variation + 1, total: plan.variations }),
            ],
            [message('produce.fact.takes'), String(cell.takeCount)],
            [
              message('produce.fact.seed'),
              <span key="seed" className="font-mono">
                {cell.seed}
              </span>,
            ],
          ]}
        />
      </InspectorSection>
    </>
  );
}

function CellState({ status }: { status: CellStatus }) {
  return (
    <span className="flex items-center gap-1.5 text-12 text-ink-soft">
      <StatusMark kind={status} label="" />
      {message(cellStatusTitles[status])}
    </span>
  );
}

function TakePicture({
  cell,
  take,
  headline,
  format,
}: {
  cell: Cell;
  take: AssetSummary | null;
  headline: string;
  format: ChannelFormat | undefined;
}) {
  const url = take
    ? assetUrl(take.thumbnails?.medium ?? take.hash)
    : cell.cover
      ? assetUrl(cell.cover.thumbnail)
      : null;
  return (
    <div className="relative">
      <div
        className="mx-auto max-h-75 w-full overflow-hidden rounded-small"
        style={{ aspectRatio: format ? `${format.width} / ${format.height}` : '1' }}
      >
        {url === null ? (
          cell.takeCount > 0 ? (
            <Skeleton className="size-full" />
          ) : (
            <NoTake status={cell.status} />
          )
        ) : (
          <Thumb url={url} alt={headline} eager className="size-full" />
        )}
      </div>
      {take ? (
        <p className="mt-2 flex items-center gap-2 text-12 text-ink-soft">
          <StatusMark kind={take.status} label={message(`review.${take.status}`)} />
          <span className="min-w-0 flex-1 truncate">{message(`review.${take.status}`)}</span>
          {take.compliant === null ? null : <StatusMark kind={take.compliant ? 'passed' : 'failed'} label="" />}
          {take.compliant === null
            ? message('review.notJudged')
            : take.compliant
              ? message('review.allPassed')
              : message('review.checksFailed', { count: take.failedChecks.length })}
        </p>
      ) : null}
      {take?.remake ? (
        <p data-remake className="mt-1 text-12 text-pretty text-ink-soft">
          {describeRemake(take.remake)}
        </p>
      ) : null}
    </div>
  );
}

function NoTake({ status }: { status: CellStatus }) {
  return (
    <div className="flex size-full flex-col items-center justify-center gap-2 rounded-small border border-dashed border-line-strong text-12 text-ink-faint">
      <StatusMark kind={status} label="" sizePx={20} />
      {message(cellStatusTitles[status])}
    </div>
  );
}

function TakeStrip({
  takes,
  shownId,
  onShow,
}: {
  takes: readonly AssetSummary[];
  shownId: AssetId | null;
  onShow: (id: AssetId) => void;
}) {
  return (
    <div role="group" aria-label={message('produce.takes')} className="mt-2 flex gap-1.5 overflow-x-auto p-0.5">
      {takes.map((take, index) => (
        <button
          key={take.id}
          type="button"
          aria-pressed={take.id === shownId}
          aria-label={message('produce.take', {
            number: takes.length - index,
            status: message(`review.${take.status}`),
          })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onShow(take.id)}
          className={classNames(
            'relative size-12 shrink-0 overflow-hidden rounded-small',
            take.id === shownId ? 'outline-2 outline-accent-text' : 'opacity-80 hover:opacity-100',
          )}
        >
          <Thumb url={assetUrl(take.thumbnails?.small ?? take.hash)} alt="" eager className="size-full" />
          {take.status === 'unreviewed' ? null : (
            <span className="absolute bottom-0.5 left-0.5 flex size-4 items-center justify-center rounded-small bg-raised">
              <StatusMark kind={take.status} label="" sizePx={12} />
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

function Failure({ failure }: { failure: FailedJob }) {
  const { title, advice } = adviseOnRecord(failure.error);
  return (
    <ErrorNote
      className="m-4"
      title={title}
      advice={[advice, message('produce.attempts', { count: failure.attempts })].filter(Boolean).join(' ')}
    />
  );
}
