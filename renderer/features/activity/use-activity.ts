import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Run, RunKind } from '../../../electron/contract/run.ts';
import { runQueries } from '../../rpc/queries.ts';

export type ActivityFilter = { readonly kind: RunKind | 'all'; readonly failed: boolean };

/** Open runs, and those that have ended page by page. */
export function useActivity({ kind, failed }: ActivityFilter) {
  const kinds = kind === 'all' ? [] : [kind];
  const open = useQuery(runQueries.list({ kinds, failed, open: true, limit: 200 }));
  const ended = useInfiniteQuery(runQueries.ended({ kinds, failed }));
  return { open, ended, endedRuns: withoutOpen(ended.data?.pages.flat() ?? [], open.data ?? []) };
}

/** The two lists are asked one after the other: what was begun again in between stands in both. */
function withoutOpen(ended: readonly Run[], open: readonly Run[]): Run[] {
  const ids = new Set(open.map(({ id }) => id));
  return ended.filter(({ id }) => !ids.has(id));
}
