import type { BriefSummary } from '../../../electron/contract/brief.ts';
import { formatRoute } from '../../app/routes.ts';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Thumb } from '../../ui/thumb.tsx';

/** A campaign as its cover: up to four of its newest pictures, and where it stands. */
export function CampaignCard({ brief }: { brief: BriefSummary }) {
  return (
    <a
      href={formatRoute({ screen: 'ideate', parts: [brief.id] })}
      data-campaign
      className="group flex flex-col overflow-hidden rounded-control border bg-panel transition-colors hover:border-line-strong"
    >
      <Cover brief={brief} />
      <div className="flex flex-1 flex-col gap-2 border-t p-3">
        <div className="min-w-0">
          <h3 className="truncate text-13 font-medium">{brief.name}</h3>
          <p className="truncate text-12 text-ink-soft">{brief.product}</p>
        </div>
        <p className="line-clamp-2 min-h-8 text-12 text-ink-soft first-letter:uppercase">{brief.goal}</p>
        <div className="mt-auto flex flex-wrap items-center gap-x-3 text-12 whitespace-nowrap text-ink-faint">
          <span>
            {brief.conceptCount === 0
              ? message('library.noConcepts')
              : message('library.concepts', { count: brief.conceptCount })}
          </span>
          {brief.assetCount > 0 ? (
            <>
              <span className="flex items-center gap-1">
                <StatusMark kind="unreviewed" label="" sizePx={12} />
                {message('library.toReview', { count: brief.unreviewedCount })}
              </span>
              <span className="flex items-center gap-1">
                <StatusMark kind="approved" label="" sizePx={12} />
                {message('library.approved', { count: brief.approvedCount })}
              </span>
            </>
          ) : null}
        </div>
        <p className="text-11 text-ink-faint">{message('library.updated', { ago: formatAgo(brief.updatedAtMs) })}</p>
      </div>
    </a>
  );
}

function Cover({ brief }: { brief: BriefSummary }) {
  const covers = brief.covers.slice(0, brief.covers.length === 3 ? 2 : 4);
  if (covers.length === 0) {
    return (
      <div className="flex aspect-[16/10] flex-col justify-end bg-hover p-3">
        <span className="line-clamp-2 text-20 font-semibold tracking-tight text-ink-soft">{brief.product}</span>
        <span className="text-12 text-ink-faint">{message('library.noImages')}</span>
      </div>
    );
  }
  return (
    <div className={`grid aspect-[16/10] gap-px bg-line ${covers.length === 1 ? '' : 'grid-cols-2'}`}>
      {covers.map((hash) => (
        <Thumb key={hash} url={assetUrl(hash)} alt="" fit="cover" />
      ))}
    </div>
  );
}

export function CampaignSkeleton() {
  return (
    <div className="overflow-hidden rounded-control border bg-panel">
      <Skeleton className="aspect-[16/10] rounded-none" />
      <div className="flex flex-col gap-2 border-t p-3">
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-4 w-2/3" />
      </div>
    </div>
  );
}
