import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CellId, PlanId } from '../../../electron/contract/identifiers.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useOnEvent } from '../../rpc/use-events.ts';
import { buildMatrix } from './matrix-model.ts';

/** A large plan is a few megabytes; the larger it is, the longer it may lag behind a running batch. */
function refetchPauseMs(cellCount: number): number {
  return cellCount < 1000 ? 400 : cellCount < 6000 ? 1500 : 4000;
}

/** The cells of a plan as a matrix, kept up to date while a batch fills them. */
export function usePlanMatrix(plan: Plan | undefined) {
  const planId: PlanId | null = plan?.id ?? null;
  const cells = useQuery({
    queryKey: ['produce', 'cells', planId],
    queryFn: ({ signal }) => (planId === null ? [] : studio.plan.cells({ planId }, { signal })),
    enabled: planId !== null,
    staleTime: 0,
  });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useOnEvent(({ name }) => {
    if (!/^(asset|verdict|run|job)\./.test(name) || timer.current !== null) return;
    timer.current = setTimeout(
      () => {
        timer.current = null;
        void renew({ queryKey: ['produce', 'cells', planId] });
      },
      refetchPauseMs(plan?.cellCount ?? 0),
    );
  });
  useEffect(() => {
    const pending = timer;
    return () => {
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = null;
    };
  }, []);
  const matrix = useMemo(() => (plan && cells.data ? buildMatrix(plan, cells.data) : null), [plan, cells.data]);
  return { matrix, cells };
}

/** Headlines by concept, as the concepts stand now. */
export function useHeadlines(planId: PlanId): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['words', 'headlines', planId],
    queryFn: ({ signal }) => studio.plan.headlines({ planId }, { signal }),
  });
  return useMemo(() => new Map(data?.map(({ conceptId, headline }) => [conceptId, headline])), [data]);
}

/** The cells whose image is in hand; the same set object while it holds the same cells. */
export function useRunningCells(cellIds: readonly CellId[]): ReadonlySet<CellId> {
  const [running, setRunning] = useState<ReadonlySet<CellId>>(new Set(cellIds));
  if (running.size === cellIds.length && cellIds.every((id) => running.has(id))) return running;
  const next = new Set(cellIds);
  setRunning(next);
  return next;
}
