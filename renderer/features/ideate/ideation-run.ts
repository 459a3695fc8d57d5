import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { createStore, useStore } from 'zustand';
import type { BrandVersionId, BriefId, RunId } from '../../../electron/contract/identifiers.ts';
import type { Run } from '../../../electron/contract/run.ts';
import { showToast } from '../../app/toasts.tsx';
import { message } from '../../lib/messages/message.ts';
import { ideationQueries, runQueries } from '../../rpc/queries.ts';
import { queryClient, renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { followRun, useRun } from '../../rpc/use-run.ts';
import { idleRun, showRun } from './board-run.ts';
import type { BoardRun } from './board-run.ts';

export interface IdeationRequest {
  briefId: BriefId;
  brandVersionId: BrandVersionId | null;
  personas: number;
  gaps: number;
  concepts: number;
  seed: number;
}

interface LocalState {
  /** Briefs for which a run is being asked for. */
  asking: ReadonlySet<BriefId>;
  /** Why the last wish of a brief was refused. */
  errors: Readonly<Record<string, unknown>>;
  /** Failed jobs whose reason was read. */
  dismissed: ReadonlySet<string>;
}

const store = createStore<LocalState>(() => ({ asking: new Set(), errors: {}, dismissed: new Set() }));

const latestRun = (briefId: BriefId) => runQueries.list({ kinds: ['ideation'], briefId, limit: 1 });

/** Begins to write. The studio goes on whatever becomes of this page. */
export async function startIdeation(request: IdeationRequest): Promise<void> {
  const { briefId } = request;
  if (store.getState().asking.has(briefId)) return;
  store.setState(({ asking, errors }) => ({
    asking: new Set([...asking, briefId]),
    errors: { ...errors, [briefId]: null },
  }));
  try {
    const run = await studio.ideation.run(request);
    queryClient.setQueryData(latestRun(briefId).queryKey, [run]);
    void tellEnd(run.id, briefId);
  } catch (error) {
    store.setState(({ errors }) => ({ errors: { ...errors, [briefId]: error } }));
  } finally {
    store.setState(({ asking }) => ({ asking: new Set([...asking].filter((id) => id !== briefId)) }));
  }
}

/** Stops writing. Cards that are finished stay. */
export async function stopIdeation(briefId: BriefId): Promise<void> {
  const [run] = await queryClient.fetchQuery({ ...latestRun(briefId), staleTime: 0 });
  if (run && isLive(run)) await studio.run.stop({ runId: run.id });
}

export function dismissFailures(briefId: BriefId, run: BoardRun): void {
  const [latest] = queryClient.getQueryData(latestRun(briefId).queryKey) ?? [];
  const ends = latest ? (queryClient.getQueryData(runQueries.ends(latest.id).queryKey) ?? []) : [];
  const shown = new Set(run.pending.map(({ index }) => index));
  store.setState(({ errors, dismissed }) => ({
    errors: { ...errors, [briefId]: null },
    dismissed: new Set([...dismissed, ...ends.filter(({ index }) => shown.has(index)).map(({ jobId }) => jobId)]),
  }));
}

/** The newest ideation of a brief, whichever page began it. */
export function useIdeationRun(briefId: BriefId): BoardRun {
  const { data: [latest = null] = [] } = useQuery(latestRun(briefId));
  const live = useRun(latest !== null && isLive(latest) ? latest.id : null);
  const { asking, errors, dismissed } = useStore(store);
  const run = live.value?.id === latest?.id ? live.value : latest;
  const failed = run?.failed ?? 0;
  const { data: ends = [] } = useQuery({
    ...runQueries.ends(run?.id ?? ('' as RunId)),
    enabled: run !== null && failed > 0,
  });
  useBoardFollows(briefId, run?.done ?? 0);
  const error = errors[briefId] ?? null;
  if (run === null || run === undefined) return { ...idleRun, running: asking.has(briefId), error };
  const shown = showRun(run, ends, dismissed);
  return { ...shown, running: shown.running || asking.has(briefId), error };
}

/** The card takes its place at once when the one that was being written leaves it. */
function useBoardFollows(briefId: BriefId, done: number): void {
  useEffect(() => {
    if (done > 0) void renew({ queryKey: ideationQueries.board(briefId).queryKey });
  }, [briefId, done]);
}

function isLive({ state }: Run): boolean {
  return state === 'running' || state === 'paused';
}

/** Says that it is done to somebody who went on to another screen. */
async function tellEnd(runId: RunId, briefId: BriefId): Promise<void> {
  let last: Run | null = null;
  await followRun(runId, (run) => (last = run)).catch(() => null);
  const isElsewhere = !location.hash.startsWith('#/ideate');
  const ended = last as Run | null;
  if (ended?.state !== 'finished' || !isElsewhere) return;
  showToast({
    title:
      ended.failed === 0
        ? message('ideate.done', { count: ended.done })
        : message('ideate.doneFailed', { made: ended.done, failed: ended.failed }),
    mark: ended.failed === 0 ? 'done' : 'failed',
    action: { title: message('common.show'), run: () => void (location.hash = `#/ideate/${briefId}`) },
  });
}
