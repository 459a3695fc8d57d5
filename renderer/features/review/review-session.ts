import { ORPCError } from '@orpc/client';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { DecisionQueue } from './decision-queue.ts';
import { NameWindows } from './name-windows.ts';
import { SummaryCache } from './summary-cache.ts';

/** Whether the studio no longer keeps the list that it was asked about. */
export function isListGone(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'assetList.notFound';
}

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
  (assetIds, judgedAgainst) => studio.asset.summaries({ assetIds, judgedAgainst }),
  (error) => reportLoadError(error),
);

/** The names of the list on the screen. */
export const names = new NameWindows(
  (listId, start, count) => studio.assetList.names({ listId, start, count }),
  (error) => {
    // A studio that was started anew, or looked at by many since: the list is opened again, and the cursor found in it.
    if (isListGone(error)) void renew({ queryKey: ['review', 'list'] });
    else reportLoadError(error);
  },
);

export const decisionQueue = new DecisionQueue(summaries, {
  decide: (input) => studio.review.decide(input),
  undo: () => studio.review.undo({}),
  redo: () => studio.review.redo({}),
  bin: (assetIds) => studio.asset.bin({ assetIds }),
  restore: async (assetIds) => {
    await studio.asset.restore({ assetIds });
    await renew({ queryKey: ['asset', 'counts'] });
  },
});
