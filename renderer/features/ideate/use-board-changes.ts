import { useMutation } from '@tanstack/react-query';
import type { BriefId, DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable, DeliverableContent } from '../../../electron/contract/ideation.ts';
import { showToast } from '../../app/toasts.tsx';
import { message } from '../../lib/messages/message.ts';
import { adviseOnError } from '../../rpc/error-advice.ts';
import { ideationQueries } from '../../rpc/queries.ts';
import { queryClient, renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';

/** What can be done to the cards of a board. Each shows at once and is taken back when the studio refuses. */
export function useBoardChanges(briefId: BriefId) {
  const { queryKey } = ideationQueries.board(briefId);

  function patch(change: (board: Deliverable[]) => Deliverable[]): { before: Deliverable[] | undefined } {
    const before = queryClient.getQueryData(queryKey);
    queryClient.setQueryData(queryKey, (board) => board && change(board));
    return { before };
  }
  function rollBack(error: unknown, context: { before: Deliverable[] | undefined } | undefined): void {
    queryClient.setQueryData(queryKey, context?.before);
    const { title, advice } = adviseOnError(error);
    showToast({ title, detail: advice, mark: 'failed' });
  }
  const refresh = () => renew({ queryKey });

  const choose = useMutation({
    mutationFn: (input: { ids: DeliverableId[]; chosen: boolean }) =>
      studio.ideation.choose({ deliverableIds: input.ids, chosen: input.chosen }),
    onMutate: ({ ids, chosen }) =>
      patch((board) => board.map((entry) => (ids.includes(entry.id) ? { ...entry, chosen } : entry))),
    onError: (error, _, context) => rollBack(error, context),
  });
  const restore = useMutation({
    mutationFn: (ids: DeliverableId[]) => studio.ideation.restore({ deliverableIds: ids }),
    onSettled: refresh,
  });
  const bin = useMutation({
    mutationFn: (ids: DeliverableId[]) => studio.ideation.bin({ deliverableIds: ids }),
    onMutate: (ids) => patch((board) => board.filter((entry) => !ids.includes(entry.id))),
    onError: (error, _, context) => rollBack(error, context),
    onSuccess: (_, ids) =>
      showToast({
        title: message('ideate.binned', { count: ids.length }),
        action: { title: message('common.undo'), run: () => restore.mutate(ids) },
      }),
  });
  const edit = useMutation({
    mutationFn: (input: { id: DeliverableId; content: DeliverableContent }) =>
      studio.ideation.edit({ deliverableId: input.id, content: input.content }),
    onSuccess: (edited, { id }) => void patch((board) => board.map((entry) => (entry.id === id ? edited : entry))),
    onSettled: refresh,
  });
  return { choose, bin, restore, edit };
}
export type BoardChanges = ReturnType<typeof useBoardChanges>;
