import { createStore, useStore } from 'zustand';
import type { BrandVersionId, BriefId } from '../../../electron/contract/identifiers.ts';
import type { IdeationEvent } from '../../../electron/contract/ideation.ts';
import { showToast } from '../../app/toasts.tsx';
import { message } from '../../lib/messages/message.ts';
import { ideationQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { idleRun, reduceRun } from './reduce-run.ts';
import type { IdeationRun } from './reduce-run.ts';

export interface IdeationRequest {
  briefId: BriefId;
  brandVersionId: BrandVersionId | null;
  personas: number;
  gaps: number;
  concepts: number;
  seed: number;
}

const store = createStore<{ runs: Readonly<Record<string, IdeationRun>> }>(() => ({ runs: {} }));
const controllers = new Map<BriefId, AbortController>();

function update(briefId: BriefId, change: (run: IdeationRun) => IdeationRun): void {
  store.setState(({ runs }) => ({ runs: { ...runs, [briefId]: change(runs[briefId] ?? idleRun) } }));
}

function receive(briefId: BriefId, event: IdeationEvent): void {
  if (event.type === 'finished') {
    // The card takes its place in the same moment in which the one that was being written leaves it.
    queryClient.setQueryData(ideationQueries.board(briefId).queryKey, (board) =>
      board && !board.some(({ id }) => id === event.deliverable.id) ? [...board, event.deliverable] : board,
    );
  }
  update(briefId, (run) => reduceRun(run, event));
  const isElsewhere = !location.hash.startsWith('#/ideate');
  if (event.type === 'done' && isElsewhere) {
    showToast({
      title:
        event.failed === 0
          ? message('ideate.done', { count: event.made })
          : message('ideate.doneFailed', { made: event.made, failed: event.failed }),
      mark: event.failed === 0 ? 'done' : 'failed',
      action: { title: message('common.show'), run: () => void (location.hash = `#/ideate/${briefId}`) },
    });
  }
}

/** Begins to write; goes on while the user is on another screen. One run per brief. */
export async function startIdeation(request: IdeationRequest): Promise<void> {
  const { briefId } = request;
  if (controllers.has(briefId)) return;
  const controller = new AbortController();
  controllers.set(briefId, controller);
  update(briefId, () => ({ ...idleRun, running: true, total: request.personas + request.gaps + request.concepts }));
  try {
    for await (const event of await studio.ideation.run(request, { signal: controller.signal }))
      receive(briefId, event);
  } catch (error) {
    if (!controller.signal.aborted) update(briefId, (run) => ({ ...run, error }));
  } finally {
    controllers.delete(briefId);
    update(briefId, (run) => ({ ...run, running: false, pending: run.pending.filter((card) => card.error !== null) }));
    void queryClient.invalidateQueries({ queryKey: ideationQueries.board(briefId).queryKey });
  }
}

/** Stops writing. Cards that are finished stay. */
export function stopIdeation(briefId: BriefId): void {
  controllers.get(briefId)?.abort();
}

export function dismissFailures(briefId: BriefId): void {
  update(briefId, (run) => ({ ...run, error: null, pending: run.pending.filter((card) => card.error === null) }));
}

export function useIdeationRun(briefId: BriefId): IdeationRun {
  return useStore(store, (state) => state.runs[briefId] ?? idleRun);
}
