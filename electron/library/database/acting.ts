import { AsyncLocalStorage } from 'node:async_hooks';

/** In whose name something is done, and what led to it. */
export type Acting = { readonly by: string; readonly cause: string | null };

/** What the studio does by itself: leases that ran out, thumbnails. */
export const STUDIO = 'studio';

const acting = new AsyncLocalStorage<Acting>();

/**
 * Does the work, and whatever it awaits, in a name: every event that it writes carries it. The door to a person (a connection, a command) says it once, so
 * that no use-case can forget it or give another.
 */
export function actAs<Result>(
  who: { readonly by: string; readonly cause?: string | null },
  work: () => Result,
): Result {
  return acting.run({ by: who.by, cause: who.cause ?? null }, work);
}

export function whoActs(): Acting {
  return acting.getStore() ?? { by: STUDIO, cause: null };
}
