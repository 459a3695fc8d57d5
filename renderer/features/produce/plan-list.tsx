import { useQuery } from '@tanstack/react-query';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { InspectorSection } from '../../app/screen.tsx';
import { formatRoute } from '../../app/routes.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { batchQueries, briefQueries, planQueries } from '../../rpc/queries.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { StatusMarkKind } from '../../ui/status-mark.tsx';
import { batchStateTitles } from './batch-titles.ts';
import { orderBatches } from './batch-figures.ts';

export const batchMarks: Record<Batch['state'], StatusMarkKind> = {
  running: 'running',
  paused: 'queued',
  stopped: 'done',
  finished: 'approved',
};

export function planAddress(plan: Plan, batch?: Batch): string {
  return formatRoute({
    screen: 'produce',
    parts: [plan.briefId],
    parameters: { plan: plan.id, ...(batch ? { batch: batch.id } : {}) },
  });
}

/** Every plan so far, the newest first, with how its latest run stands. */
export function PlanList() {
  const { data: plans } = useQuery(planQueries.list(null));
  const { data: batches = [] } = useQuery(batchQueries.list(null, 200));
  const { data: briefs = [] } = useQuery(briefQueries.list());
  return (
    <InspectorSection title={message('produce.earlierPlans')}>
      {plans === undefined ? (
        <Skeleton className="h-10 w-full" />
      ) : plans.length === 0 ? (
        <p className="text-12 text-ink-soft">{message('produce.noPlans')}</p>
      ) : (
        <ul className="-mx-2 flex flex-col">
          {plans
            .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
            .map((plan) => {
              const [latest] = orderBatches(batches.filter(({ planId }) => planId === plan.id));
              return (
                <li key={plan.id}>
                  <a
                    href={planAddress(plan)}
                    className="flex items-start gap-2 rounded-small px-2 py-1.5 hover:bg-hover"
                  >
                    <StatusMark kind={latest ? batchMarks[latest.state] : 'empty'} label="" className="mt-[3px]" />
                    <span className="min-w-0 flex-1">
                      <span className="block truncate text-13">{plan.name}</span>
                      <span className="block truncate text-12 text-ink-faint">
                        {[
                          briefs.find(({ id }) => id === plan.briefId)?.name,
                          message('common.images', { count: plan.cellCount }),
                          formatAgo(plan.createdAtMs),
                        ]
                          .filter(Boolean)
                          .join(', ')}
                      </span>
                    </span>
                  </a>
                </li>
              );
            })}
        </ul>
      )}
    </InspectorSection>
  );
}

/** The runs of one plan. The one that the run card shows is marked. */
export function RunList({ plan, batches, shownId }: { plan: Plan; batches: readonly Batch[]; shownId: string | null }) {
  return (
    <InspectorSection title={message('produce.runs')}>
      {batches.length === 0 ? <p className="text-12 text-ink-soft">{message('produce.noRuns')}</p> : null}
      <ul className="-mx-2 flex flex-col">
        {batches.map((batch) => (
          <li key={batch.id}>
            <a
              href={planAddress(plan, batch)}
              aria-current={batch.id === shownId ? 'true' : undefined}
              className={classNames(
                'flex items-center gap-2 rounded-small px-2 py-1 text-12 hover:bg-hover',
                batch.id === shownId && 'bg-hover',
              )}
            >
              <StatusMark kind={batchMarks[batch.state]} label="" />
              <span className="min-w-0 flex-1 truncate">
                {message(batchStateTitles[batch.state])},{' '}
                {message('produce.doneOf', { done: batch.done, total: batch.total })}
                {batch.failed > 0 ? `, ${message('produce.failedCount', { count: batch.failed })}` : ''}
              </span>
              <span className="shrink-0 text-ink-faint">{formatAgo(batch.startedAtMs)}</span>
            </a>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
