import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { DecisionQueue } from './decision-queue.ts';
import { SummaryCache } from './summary-cache.ts';

let reportLoadError: (error: unknown) => void = () => undefined;

/** Who shows that the pictures in sight could not be loaded. The review screen sets it while it is mounted. */
export function setLoadErrorListener(listener: (error: unknown) => void): () => void {
  reportLoadError = listener;
  return () => {
    reportLoadError = () => undefined;
  };
}

/** Lives as long as the page, so that going to another screen and back shows the same pictures at once. */
export const summaries = new SummaryCache(
  (assetIds) => studio.asset.summaries({ assetIds }),
  (error) => reportLoadError(error),
);

export const decisionQueue = new DecisionQueue(summaries, {
  decide: (input) => studio.review.decide(input),
  undo: () => studio.review.undo({}),
  redo: () => studio.review.redo({}),
  bin: (assetIds) => studio.asset.bin({ assetIds }),
  restore: async (assetIds) => {
    await studio.asset.restore({ assetIds });
    await queryClient.invalidateQueries({ queryKey: ['asset', 'counts'] });
  },
});
