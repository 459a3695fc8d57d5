import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { createStore, useStore } from 'zustand';
import type { Brief } from '../../../electron/contract/brief.ts';
import { briefQueries, formatQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { findBriefProblem } from './find-brief-problem.ts';

/** Unsaved texts by brief, so that looking at another screen loses nothing. */
const drafts = createStore<{ texts: Readonly<Record<string, string>> }>(() => ({ texts: {} }));

function setDraft(briefId: string, text: string | null): void {
  drafts.setState(({ texts }) => {
    const { [briefId]: _, ...others } = texts;
    return { texts: text === null ? others : { ...others, [briefId]: text } };
  });
}

export function useBriefDraft(brief: Brief) {
  const text = useStore(drafts, (state) => state.texts[brief.id]) ?? brief.text;
  const { data: formats } = useQuery(formatQueries.list());
  const problem = useMemo(() => findBriefProblem(text, formats?.map(({ id }) => id) ?? null), [text, formats]);
  const saving = useMutation({
    mutationFn: (saved: string) => studio.brief.update({ briefId: brief.id, text: saved }),
    onSuccess: (updated, saved) => {
      queryClient.setQueryData(briefQueries.get(brief.id).queryKey, updated);
      // Typing may have gone on while it was saved.
      if (drafts.getState().texts[brief.id] === saved) setDraft(brief.id, null);
    },
  });
  const isEdited = text !== brief.text;
  return {
    text,
    problem,
    isEdited,
    saving,
    change: (next: string) => setDraft(brief.id, next === brief.text ? null : next),
    discard: () => setDraft(brief.id, null),
    save: () => (isEdited && !problem ? saving.mutateAsync(text).then(() => true) : Promise.resolve(problem === null)),
  };
}
export type BriefDraft = ReturnType<typeof useBriefDraft>;
