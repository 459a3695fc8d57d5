import type { BrandVersionId, RescoreId } from '../../contract/identifiers.ts';
import type { Rescore, ScoreScope } from '../../contract/scoring.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { watchValue } from '../streams/watch-value.ts';

/** At most ten times a second. */
const EVERY_MS = 100;

/** @throws brand.notFound, rescore.empty */
export function startRescore(
  context: StudioContext,
  brandVersionId: BrandVersionId,
  scope: ScoreScope,
  askedBy: string,
): Rescore {
  const rescore = context.library.rescores.start(brandVersionId, scope, askedBy);
  context.runner.wake();
  return rescore;
}

/** @throws rescore.notFound */
export function watchRescore(
  context: StudioContext,
  rescoreId: RescoreId,
  signal: AbortSignal | undefined,
): AsyncGenerator<Rescore, void, void> {
  const read = () => context.library.rescores.get(rescoreId);
  read();
  return watchValue({
    read,
    subscribe: (listener) => context.onRunChange(rescoreId, listener),
    everyMs: EVERY_MS,
    isLast: ({ state, waiting }) => state !== 'running' && waiting === 0,
    signal,
  });
}
