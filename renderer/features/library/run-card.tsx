import { useQuery } from '@tanstack/react-query';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { formatRoute } from '../../app/routes.ts';
import { formatAgo, formatDuration } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { assetQueries } from '../../rpc/queries.ts';
import { Progress } from '../../ui/progress.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { StatusMarkKind } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';

const marks: Record<Batch['state'], StatusMarkKind> = {
  running: 'running',
  paused: 'queued',
  stopped: 'empty',
  finished: 'done',
};
/** As many as fit the card at its smallest width. */
const SHOWN_THUMBNAILS = 6;

/** A run in short: its newest pictures, how far it is, how long still. */
export function RunCard({ batch, plan }: { batch: Batch; plan: Plan | undefined }) {
  const name = plan?.name ?? message('produce.title');
  const latest = batch.latestAssetIds.slice(-SHOWN_THUMBNAILS);
  const { data: assets } = useQuery({
    ...assetQueries.summaries(latest),
    enabled: latest.length > 0,
    placeholderData: (before) => before,
  });
  return (
    <a
      href={formatRoute({
        screen: 'produce',
        parts: plan ? [plan.briefId] : [],
        parameters: { plan: batch.planId, batch: batch.id },
      })}
      className="flex flex-col gap-2.5 rounded-control border bg-panel p-3 transition-colors hover:border-line-strong"
    >
      <div className="flex items-center gap-2">
        <StatusMark kind={marks[batch.state]} label="" sizePx={12} />
        <h3 className="min-w-0 flex-1 truncate text-13 font-medium">{name}</h3>
        <span className="text-12 text-ink-soft">{message(`library.run.${batch.state}`)}</span>
      </div>
      <div className="grid grid-cols-6 gap-1">
        {Array.from({ length: SHOWN_THUMBNAILS }, (_, index) => {
          const asset = assets?.[index];
          const hash = asset?.thumbnails?.small ?? asset?.hash ?? null;
          return (
            <Thumb
              key={asset?.id ?? index}
              url={hash ? assetUrl(hash) : null}
              alt=""
              className="aspect-square rounded-small"
              fit="cover"
            />
          );
        })}
      </div>
      <Progress label={message('library.run.progress', { name })} value={batch.done + batch.failed} max={batch.total} />
      <p className="flex gap-3 text-12 whitespace-nowrap text-ink-faint">
        <span className="text-ink-soft">{message('library.run.count', { done: batch.done, total: batch.total })}</span>
        {batch.failed > 0 ? (
          <span className="text-rejected">{message('library.run.failed', { count: batch.failed })}</span>
        ) : null}
        <span className="flex-1" />
        <RunTime batch={batch} />
      </p>
    </a>
  );
}

function RunTime({ batch }: { batch: Batch }) {
  if (batch.finishedAtMs !== null)
    return <span>{message('library.run.ended', { ago: formatAgo(batch.finishedAtMs) })}</span>;
  if (batch.waitingFor !== null) return <span className="truncate">{batch.waitingFor}</span>;
  if (batch.remaining === null) return null;
  const { low, high } = batch.remaining;
  return <span>{message('library.run.left', { low: formatDuration(low), high: formatDuration(high) })}</span>;
}
