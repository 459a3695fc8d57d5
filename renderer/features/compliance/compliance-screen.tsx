import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { CheckName } from '../../../electron/contract/compliance.ts';
import type { BrandVersionId } from '../../../electron/contract/identifiers.ts';
import { brandVersionIdSchema, briefIdSchema } from '../../../electron/contract/identifiers.ts';
import type { CheckDistribution, ScoredVersion, ScoreOverview } from '../../../electron/contract/scoring.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { navigate, useRoute } from '../../app/use-route.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { briefQueries, scoringQueries } from '../../rpc/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { checkTitles } from '../review/index.ts';
import { CheckRow } from './check-row.tsx';
import { RescorePanel } from './rescore-panel.tsx';

const NEWEST = 'newest';
const NONE = 'none';

/** How a campaign keeps its brand: every check with the spread of its scores, the one that most pictures fail first. The address holds what is chosen. */
export function ComplianceScreen() {
  const { parameters } = useRoute();
  const briefId = briefIdSchema.safeParse(parameters['brief']).data ?? null;
  const shownId = brandVersionIdSchema.safeParse(parameters['version']).data ?? null;
  const otherId = brandVersionIdSchema.safeParse(parameters['against']).data ?? null;
  const scope = { briefId, planId: null };
  const overview = useQuery({ ...scoringQueries.overview(scope, shownId), placeholderData: keepPreviousData });
  const other = useQuery({ ...scoringQueries.overview(scope, otherId), enabled: otherId !== null });
  const versions = useQuery({ ...scoringQueries.versions(scope), placeholderData: keepPreviousData });
  const choose = (change: Readonly<Record<string, string | null>>) => {
    const next = Object.entries({ ...parameters, ...change }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    );
    navigate({ screen: 'compliance', parameters: Object.fromEntries(next) }, { replace: true });
  };
  return (
    <Screen
      title={message('compliance.title')}
      context={
        <>
          <BriefSelect value={briefId} onChange={(brief) => choose({ brief })} />
          {overview.data ? <Summary overview={overview.data} /> : <Skeleton className="h-4 w-40" />}
        </>
      }
      filters={<VersionSelects versions={versions.data ?? []} shownId={shownId} otherId={otherId} onChoose={choose} />}
      inspector={<RescorePanel scope={scope} overview={overview.data ?? null} versions={versions.data ?? []} />}
    >
      {overview.error ? (
        <FailureNote error={overview.error} onRetry={() => void overview.refetch()} className="m-6" />
      ) : overview.data ? (
        <CheckList
          overview={overview.data}
          other={otherId === null ? null : (other.data ?? null)}
          onOpen={(name) =>
            navigate({
              screen: 'review',
              parameters: {
                ...(briefId === null ? {} : { brief: briefId }),
                failed: name,
                ...(shownId === null ? {} : { judged: shownId }),
              },
            })
          }
        />
      ) : (
        <RowsSkeleton />
      )}
    </Screen>
  );
}

function CheckList({
  overview,
  other,
  onOpen,
}: {
  overview: ScoreOverview;
  other: ScoreOverview | null;
  onOpen: (name: CheckName) => void;
}) {
  const [cursor, setCursor] = useState(0);
  const failing = overview.checks.filter(({ name, failed }) => failed > 0 || failsIn(other, name));
  const passing = overview.checks.filter((check) => !failing.includes(check));
  const [passingOpen, setPassingOpen] = useState<boolean | null>(null);
  // Where nothing fails there is nothing else to see.
  const isPassingOpen = passingOpen ?? failing.length === 0;
  const listed = isPassingOpen ? [...failing, ...passing] : failing;
  const at = Math.min(cursor, Math.max(0, listed.length - 1));
  const active = listed[at];
  const move = (step: number) => setCursor(Math.max(0, Math.min(listed.length - 1, at + step)));
  const row = (check: CheckDistribution) => (
    <CheckRow
      key={check.name}
      check={check}
      other={other?.checks.find(({ name }) => name === check.name) ?? null}
      isActive={check === active}
      onFocus={() => setCursor(listed.indexOf(check))}
      onOpen={() => onOpen(check.name)}
    />
  );
  useActions([
    {
      id: 'compliance.next',
      title: message('compliance.next'),
      keys: ['j', 'arrowdown'],
      scope: 'compliance',
      run: () => move(1),
    },
    {
      id: 'compliance.previous',
      title: message('compliance.previous'),
      keys: ['k', 'arrowup'],
      scope: 'compliance',
      run: () => move(-1),
    },
    {
      id: 'compliance.open',
      title: message('compliance.open'),
      keys: ['enter'],
      scope: 'compliance',
      run: () => active && onOpen(active.name),
      enabled: active !== undefined && active.failed > 0,
    },
  ]);
  if (overview.checks.length === 0) {
    return (
      <EmptyState icon={ShieldCheck} title={message('compliance.empty')}>
        {message('compliance.emptyAdvice')}
      </EmptyState>
    );
  }
  return (
    <div
      role="region"
      aria-label={message('compliance.title')}
      // Its rows may hold nothing that takes focus: keys reach the region itself, and scroll it.
      tabIndex={0}
      className="@container min-h-0 flex-1 overflow-y-auto -outline-offset-2"
    >
      <ul className="flex flex-col">{failing.map(row)}</ul>
      {passing.length > 0 ? (
        <>
          <button
            type="button"
            aria-expanded={isPassingOpen}
            onClick={() => setPassingOpen(!isPassingOpen)}
            className="flex w-full items-center gap-2 border-b px-6 py-3 text-left -outline-offset-2 hover:bg-hover @max-[44rem]:px-4"
          >
            <StatusMark kind="passed" label="" />
            <span className="shrink-0 text-13 font-medium">
              {message('compliance.noneFails', { count: passing.length })}
            </span>
            <span className="min-w-0 flex-1 truncate text-12 text-ink-faint">
              {passing.map(({ name }) => message(checkTitles[name])).join(', ')}
            </span>
            <ChevronDown
              size={14}
              aria-hidden
              className={classNames('shrink-0 text-ink-faint', isPassingOpen && 'rotate-180')}
            />
          </button>
          {isPassingOpen ? <ul className="flex flex-col">{passing.map(row)}</ul> : null}
        </>
      ) : null}
    </div>
  );
}

function failsIn(overview: ScoreOverview | null, name: CheckName): boolean {
  return overview?.checks.some((check) => check.name === name && check.failed > 0) ?? false;
}

function Summary({ overview }: { overview: ScoreOverview }) {
  const { total, leftOut, scored, passed } = overview;
  return (
    <span className="min-w-0 truncate text-12 text-ink-soft tabular-nums">
      {scored === 0
        ? message('compliance.noneScored', { count: total })
        : message('compliance.summary', {
            passed,
            scored,
            share: formatNumber(Math.floor((passed / scored) * 1000) / 10),
          })}
      {scored > 0 && scored < total ? ` ${message('compliance.unscored', { count: total - scored })}` : ''}
      {leftOut > 0 ? `; ${message('compliance.leftOut', { count: leftOut })}` : ''}
    </span>
  );
}

function BriefSelect({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { data: briefs = [] } = useQuery(briefQueries.list());
  return (
    <Select
      label={message('review.scope')}
      labelHidden
      className="w-44 shrink-0"
      value={value ?? NONE}
      options={[
        { value: NONE, label: message('review.allBriefs') },
        ...briefs.map(({ id, name }) => ({ value: id as string, label: name })),
      ]}
      onChange={(next) => onChange(next === NONE ? null : next)}
    />
  );
}

function VersionSelects({
  versions,
  shownId,
  otherId,
  onChoose,
}: {
  versions: readonly ScoredVersion[];
  shownId: BrandVersionId | null;
  otherId: BrandVersionId | null;
  onChoose: (change: Readonly<Record<string, string | null>>) => void;
}) {
  const options = versions
    .filter(({ scored }) => scored > 0)
    .map(({ brandVersionId, brandName, number }) => ({
      value: brandVersionId as string,
      label: message('compliance.version', { name: brandName, number }),
    }));
  return (
    <>
      <Select
        label={message('compliance.shown')}
        labelHidden
        className="w-49"
        value={shownId ?? NEWEST}
        options={[{ value: NEWEST, label: message('compliance.newest') }, ...options]}
        onChange={(next) => onChoose({ version: next === NEWEST ? null : next })}
      />
      <Select
        label={message('compliance.against')}
        labelHidden
        className="w-49"
        value={otherId ?? NONE}
        options={[{ value: NONE, label: message('compliance.againstNone') }, ...options]}
        onChange={(next) => onChoose({ against: next === NONE ? null : next })}
      />
    </>
  );
}

function RowsSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-3 p-6">
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="h-16 w-full" />
      ))}
    </div>
  );
}
