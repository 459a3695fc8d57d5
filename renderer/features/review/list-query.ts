import { queryOptions } from '@tanstack/react-query';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { countShown } from './asset-list.ts';
import { hideBinned } from './list-changes.ts';
import { isListGone, names, summaries } from './review-session.ts';
import { extendList, setQuestion, showList, useReviewStore } from './review-store.ts';
import type { ReviewState } from './review-store.ts';
import { emptySelection } from './selection.ts';

const { getState, setState } = useReviewStore;

/** A cursor that moves while the list is asked for is looked for again; a hand that never rests ends this. */
const MAX_ASKED = 4;

type Question = Pick<ReviewState, 'filter' | 'sort'>;

/** Opens a new list that finds cursor and selection again, also where they moved while the answer was on its way. */
async function openList({ filter, sort }: Question, signal: AbortSignal): Promise<void> {
  for (let asked = 1; ; asked += 1) {
    const { list, selection, sought } = getState();
    const { active, selected } = selection;
    const activeId = sought ?? (active === null ? null : (names.get(active) ?? null));
    const keep = { listId: list.listId, active, activeId, selected: [...selected] };
    const opened = await studio.assetList.open({ filter, sort, keep }, { signal });
    signal.throwIfAborted();
    const now = getState();
    const moved = now.selection !== selection || now.list !== list || now.sought !== sought;
    if (moved && asked < MAX_ASKED) continue;
    summaries.judge(filter.judgedAgainst);
    names.open(opened.listId, opened.count, opened.window.start, opened.window.assetIds);
    summaries.receive(opened.summaries, filter.judgedAgainst);
    showList(opened);
    return hideBinned();
  }
}

/** Lets the list on the screen grow at its end. @returns false where the studio no longer keeps it */
async function followList(signal: AbortSignal): Promise<boolean> {
  const { listId } = getState().list;
  if (listId === null) return false;
  try {
    const { count, leaving } = await studio.assetList.follow({ listId }, { signal });
    if (getState().list.listId !== listId) return true;
    names.grow(count);
    extendList(count, leaving);
    return true;
  } catch (error) {
    if (isListGone(error)) return false;
    throw error;
  }
}

async function bringList(question: Question, signal: AbortSignal): Promise<true> {
  const { answered, list } = getState();
  const followed = answered && countShown(list) > 0 && (await followList(signal));
  if (!followed) await openList(question, signal);
  return true;
}

/** Not under the key of the change feed: a decision must not follow the whole list at once. */
export function listQuery({ filter, sort }: Question) {
  return queryOptions({
    queryKey: ['review', 'list', filter, sort],
    queryFn: ({ signal }) => bringList({ filter, sort }, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

/** A new question: it is on its way before the page draws what was pressed. With a name, that picture is what the new list opens on. */
export function ask(change: Partial<Question>, sought: AssetId | null = null): void {
  setQuestion(change);
  if (sought !== null) setState({ sought, selection: emptySelection, mode: 'loupe' });
  bringSoon();
}

/** Asks for the list of the question as it stands. Whoever shows it takes part in this call. */
export function bringSoon(): void {
  const { filter, sort } = getState();
  void queryClient.prefetchQuery(listQuery({ filter, sort }));
}
