import { useMutation } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../../electron/contract/identifiers.ts';
import { runKinds } from '../../../electron/contract/run.ts';
import type { Run } from '../../../electron/contract/run.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { navigate } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useRun } from '../../rpc/use-run.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ToggleChip } from '../../ui/toggle-chip.tsx';
import { groupByDay } from './group-by-day.ts';
import { LiveRunRow } from './live-run-row.tsx';
import { RunInspector } from './run-inspector.tsx';
import { RunRow } from './run-row.tsx';
import { destinationOf, isOpen, nameKind } from './run-words.ts';
import { useActivity } from './use-activity.ts';
import type { ActivityFilter } from './use-activity.ts';

/** Rows that follow their run; each is a stream of its connection. Those behind them wait anyway. */
const LIVE_ROWS = 12;

/** What runs, waits, failed, was done and was healed; every line leads to the thing itself. */
export function ActivityScreen() {
  const [filter, setFilter] = useState<ActivityFilter>({ kind: 'all', failed: false });
  const [activeId, setActiveId] = useState<RunId | null>(null);
  const { open, ended, endedRuns } = useActivity(filter);
  const openRuns = open.data ?? [];
  const runs = [...openRuns, ...endedRuns];
  const listed = runs.find(({ id }) => id === activeId) ?? runs[0] ?? null;
  const { value: live } = useRun(listed !== null && isOpen(listed) ? listed.id : null);
  const active = live ?? listed;
  const { problem } = useRunActions(runs, active, setActiveId);
  const row = (run: Run) => ({ run, active: run.id === active?.id, onActivate: () => setActiveId(run.id) });
  const error = open.error ?? ended.error;
  const isKnown = open.data !== undefined && ended.data !== undefined;

  return (
    <Screen
      title={message('activity.title')}
      context={
        openRuns.length > 0 ? (
          <span className="text-12 text-ink-faint">{message('activity.context', { count: openRuns.length })}</span>
        ) : null
      }
      filters={<Filters filter={filter} onChange={setFilter} />}
      inspector={<RunInspector key={active?.id ?? ''} run={active} problem={problem} />}
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {error ? (
          <FailureNote
            error={error}
            onRetry={() => void Promise.all([open.refetch(), ended.refetch()])}
            className="m-6"
          />
        ) : null}
        {!isKnown && !error ? <Pending /> : null}
        {isKnown && runs.length === 0 ? <Nothing failed={filter.failed} /> : null}
        {isKnown && runs.length > 0 ? (
          <div className="flex flex-col gap-6 px-6 py-5">
            <Group title={message('activity.now')}>
              {openRuns.map((run, index) =>
                index < LIVE_ROWS ? <LiveRunRow key={run.id} {...row(run)} /> : <RunRow key={run.id} {...row(run)} />,
              )}
              {openRuns.length === 0 ? <li className="px-3 py-2 text-ink-soft">{message('activity.quiet')}</li> : null}
            </Group>
            {groupByDay(endedRuns).map(({ title, runs: ofDay }) => (
              <Group key={title} title={title}>
                {ofDay.map((run) => (
                  <RunRow key={run.id} {...row(run)} />
                ))}
              </Group>
            ))}
            {ended.hasNextPage ? (
              <Button
                className="self-center"
                busy={ended.isFetchingNextPage}
                onClick={() => void ended.fetchNextPage()}
              >
                {message('activity.more')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
    </Screen>
  );
}

function Filters({ filter, onChange }: { filter: ActivityFilter; onChange: (filter: ActivityFilter) => void }) {
  return (
    <>
      <ToggleChip pressed={filter.failed} onPress={() => onChange({ ...filter, failed: !filter.failed })}>
        {message('activity.filter.failed')}
      </ToggleChip>
      <Select
        label={message('activity.filter.kind')}
        labelHidden
        value={filter.kind}
        onChange={(kind) => onChange({ ...filter, kind })}
        options={[
          { value: 'all', label: message('activity.filter.all') },
          ...runKinds.map((kind) => ({ value: kind, label: nameKind(kind) })),
        ]}
        className="w-35"
      />
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-13 font-medium text-ink-soft">{title}</h2>
      <ul className="divide-y overflow-hidden rounded-control border bg-panel">{children}</ul>
    </section>
  );
}

function Pending() {
  return (
    <div className="flex flex-col gap-2 px-6 py-5">
      {Array.from({ length: 6 }, (_, index) => (
        <Skeleton key={index} className="h-12 w-full" />
      ))}
    </div>
  );
}

function Nothing({ failed }: { failed: boolean }) {
  return (
    <EmptyState icon={Activity} title={message(failed ? 'activity.emptyFailed' : 'activity.empty')}>
      {message(failed ? 'activity.emptyFailed.advice' : 'activity.empty.advice')}
    </EmptyState>
  );
}

type Verb = 'pause' | 'resume' | 'stop' | 'retryFailed';

/** Keys and palette entries for the run in focus. What went wrong with the last of them is told for the run that it was about. */
function useRunActions(runs: readonly Run[], active: Run | null, activate: (runId: RunId) => void) {
  const acting = useMutation({
    mutationFn: ({ verb, runId }: { verb: Verb; runId: RunId }) => studio.run[verb]({ runId }),
    onSettled: () => Promise.all(['run', 'endedRun', 'batch'].map((topic) => renew({ queryKey: [topic] }))),
  });
  const act = (verb: Verb) => active && acting.mutate({ verb, runId: active.id });
  const move = (step: number) => {
    const next = runs[runs.findIndex(({ id }) => id === active?.id) + step];
    if (!next) return;
    activate(next.id);
    document.querySelector<HTMLElement>(`[data-run="${next.id}"]`)?.focus();
  };
  const destination = active && destinationOf(active);
  const isRunning = active?.state === 'running';
  useActions([
    {
      id: 'activity.next',
      title: message('activity.next'),
      keys: ['arrowdown', 'j'],
      scope: 'activity',
      run: () => move(1),
      unlisted: true,
    },
    {
      id: 'activity.previous',
      title: message('activity.previous'),
      keys: ['arrowup', 'k'],
      scope: 'activity',
      run: () => move(-1),
      unlisted: true,
    },
    {
      id: 'activity.open',
      title: destination?.title ?? message('activity.open.batch'),
      keys: ['enter'],
      scope: 'activity',
      enabled: destination !== null,
      run: () => destination && navigate(destination.to),
    },
    {
      id: 'activity.pause',
      title: message(isRunning ? 'activity.pause' : 'activity.resume'),
      keys: ['space'],
      scope: 'activity',
      enabled: active !== null && isOpen(active),
      run: () => act(isRunning ? 'pause' : 'resume'),
    },
    {
      id: 'activity.stop',
      title: message('activity.stop'),
      keys: ['x'],
      scope: 'activity',
      enabled: active !== null && isOpen(active),
      run: () => act('stop'),
    },
    {
      id: 'activity.retry',
      title: message('activity.retry'),
      keys: ['r'],
      scope: 'activity',
      enabled: active !== null && active.failed > 0,
      run: () => act('retryFailed'),
    },
  ]);
  return { problem: acting.variables?.runId === active?.id ? acting.error : null };
}
