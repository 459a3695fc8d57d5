import { useQuery } from '@tanstack/react-query';
import type { StandingVerdict } from '../../../electron/contract/asset.ts';
import { reviewStatusSchema } from '../../../electron/contract/asset.ts';
import { describeRule } from '../../lib/describe-rule.ts';
import { formatAgo, formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { reviewQueries } from '../../rpc/queries.ts';
import { usePersonNames } from '../../rpc/use-person-names.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { verdictValue } from './mark-titles.ts';

/** Who put a mark back says nothing with it. */
const neutral = ['none', '0', 'unreviewed'];

/** By person, what they say now; under them the rule that makes one status of it, where it is not the usual one. */
export function StandingVerdicts({ standing }: { standing: readonly StandingVerdict[] }) {
  const nameOf = usePersonNames();
  const { data: rule } = useQuery(reviewQueries.rule());
  const said = standing.filter(({ value }) => !neutral.includes(value));
  return (
    <div className="flex flex-col gap-2 text-12">
      <ul className="flex flex-col gap-1.5">
        {[...Map.groupBy(said, ({ reviewer }) => reviewer)].map(([reviewer, own]) => (
          <li key={reviewer} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2">
            <span className="truncate text-ink">{nameOf(reviewer)}</span>
            <time
              className="text-ink-faint tabular-nums"
              dateTime={new Date(own[0]?.createdAtMs ?? 0).toISOString()}
              title={formatDateTime(own[0]?.createdAtMs ?? 0)}
            >
              {formatAgo(own[0]?.createdAtMs ?? 0)}
            </time>
            <span className="col-span-2 flex flex-wrap gap-x-3 text-ink-soft">
              {own.map((verdict) => (
                <OneVerdict key={verdict.axis} verdict={verdict} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {rule === undefined || rule.kind === 'newest' ? null : (
        <p className="text-ink-faint">{message('review.standing.status', { rule: describeRule(rule) })}</p>
      )}
    </div>
  );
}

function OneVerdict({ verdict: { axis, value, reason } }: { verdict: StandingVerdict }) {
  const status = axis === 'status' ? reviewStatusSchema.safeParse(value).data : undefined;
  return (
    <span className="inline-flex items-center gap-1" title={reason === '' ? undefined : reason}>
      {status === undefined ? null : <StatusMark kind={status} label="" sizePx={12} />}
      {axis === 'stars' ? message('review.starCount', { count: Number(value) }) : verdictValue(axis, value)}
    </span>
  );
}
