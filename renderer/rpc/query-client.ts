import { QueryClient } from '@tanstack/react-query';
import type { Query, QueryFilters } from '@tanstack/react-query';

/** The change feed says when something is stale, so nothing is refetched by time or focus. Failures of the studio are answers, not accidents: no retries. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/**
 * Marks the queries as stale and asks those on the screen again; ends when they have answered. What is being asked at this moment
 * may be answered from before the change: it is asked once more afterwards, and is not broken off, so that an answer that takes
 * longer than the time between two changes comes all the same.
 */
export async function renew(filters: QueryFilters = {}): Promise<void> {
  const underWay = queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' });
  await Promise.all([
    queryClient.invalidateQueries(filters, { cancelRefetch: false }),
    ...underWay.map(async (query) => renewAfterAnswer(query)),
  ]);
}

async function renewAfterAnswer(query: Query): Promise<void> {
  await query.promise?.catch(() => {});
  await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false });
}
