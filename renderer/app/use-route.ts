import { useMemo, useSyncExternalStore } from 'react';
import { formatRoute, parseRoute } from './routes.ts';
import type { Route, ScreenName } from './routes.ts';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

export interface Destination {
  screen: ScreenName;
  parts?: readonly string[];
  parameters?: Readonly<Record<string, string>>;
}

/** Goes to a screen. `replace` leaves no step to come back to: for filters and corrections. */
export function navigate(destination: Destination, { replace = false }: { replace?: boolean } = {}): void {
  const hash = formatRoute(destination);
  if (hash === location.hash) return;
  if (!replace) location.hash = hash;
  else {
    history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}
