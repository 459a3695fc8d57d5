import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { assetQueries } from '../../rpc/queries.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { checkTitles } from './check-titles.ts';
import { activeOf } from './compare-state.ts';
import type { CompareState } from './compare-state.ts';
import { DecisionBar } from './decision-bar.tsx';
import { formatScore } from './format-score.ts';
import { compareRecipes, compareReports } from './recipe-difference.ts';
import type { CheckDifference } from './recipe-difference.ts';
import { recipeTitle } from './recipe-title.ts';
import { useReviewStore } from './review-store.ts';
import { useName } from './use-names.ts';
import { useSettled } from './use-settled.ts';
import { useSummary } from './use-summary.ts';

const SETTLE_MS = 90;

/** Only what differs between the two: settings of the recipe and results of the checks. */
export function CompareInspector({ compare }: { compare: CompareState }) {
  const active = useSummary(useName(activeOf(compare)) ?? null);
  const judgedAgainst = useReviewStore((state) => state.filter.judgedAgainst);
  const select = useQuery(assetQueries.named(useSettled(useName(compare.select), SETTLE_MS), judgedAgainst));
  const candidate = useQuery(assetQueries.named(useSettled(useName(compare.candidate), SETTLE_MS), judgedAgainst));
  const error = select.error ?? candidate.error;
  return (
    <>
      <DecisionBar summary={active} />
      {error ? (
        <div className="p-4">
          <FailureNote error={error} />
        </div>
      ) : select.data?.origin === 'imported' || candidate.data?.origin === 'imported' ? (
        <p className="p-4 text-12 text-ink-soft">{message('media.noCompare')}</p>
      ) : select.data && candidate.data ? (
        <>
          <InspectorSection title={message('review.recipeDifference')} aside={<SideNames />}>
            <Rows
              empty={message('review.sameRecipe')}
              rows={compareRecipes(select.data.recipe, candidate.data.recipe).map(({ key, left, right }) => ({
                key,
                title: recipeTitle(key),
                left: <span className="font-mono">{left ?? message('review.notThere')}</span>,
                right: <span className="font-mono">{right ?? message('review.notThere')}</span>,
              }))}
            />
          </InspectorSection>
          <InspectorSection title={message('review.complianceDifference')} aside={<SideNames />}>
            <Rows
              empty={message('review.sameCompliance')}
              rows={compareReports(select.data.report, candidate.data.report).map((check) => ({
                key: check.name,
                title: message(checkTitles[check.name]),
                left: <Score check={check} side="left" />,
                right: <Score check={check} side="right" />,
              }))}
            />
          </InspectorSection>
        </>
      ) : (
        <div aria-hidden className="flex flex-col gap-3 p-4">
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-8 w-full" />
          ))}
        </div>
      )}
    </>
  );
}

function SideNames() {
  return <span className="text-11 text-ink-faint">{message('review.sideNames')}</span>;
}

function Rows({
  rows,
  empty,
}: {
  rows: readonly { key: string; title: string; left: ReactNode; right: ReactNode }[];
  empty: string;
}) {
  if (rows.length === 0) return <p className="text-12 text-ink-soft">{empty}</p>;
  return (
    <dl className="flex flex-col gap-2 text-12">
      {rows.map(({ key, title, left, right }) => (
        <div key={key}>
          <dt className="text-ink-faint">{title}</dt>
          <dd className="grid grid-cols-2 gap-x-3">
            <span className="min-w-0 break-words text-ink">{left}</span>
            <span className="min-w-0 break-words text-ink">{right}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Score({ check, side }: { check: CheckDifference; side: 'left' | 'right' }) {
  const result = check[side];
  if (result === null) return message('review.notMeasured');
  return (
    <span
      className={classNames('inline-flex items-center gap-1.5 tabular-nums', check.better === side && 'font-medium')}
    >
      <StatusMark
        kind={result.passed ? 'passed' : 'failed'}
        label={message(result.passed ? 'review.passed' : 'review.failed')}
        sizePx={12}
      />
      {formatScore(result.score, check.unit)}
    </span>
  );
}
