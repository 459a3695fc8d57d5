import { QueryClient } from '@tanstack/react-query';

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
