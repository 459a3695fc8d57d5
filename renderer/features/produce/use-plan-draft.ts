import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import type { Brief } from '../../../electron/contract/brief.ts';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable } from '../../../electron/contract/ideation.ts';
import { brandQueries, briefQueries, ideationQueries, planQueries } from '../../rpc/queries.ts';
import { useDrafts } from './draft-store.ts';
import { draftForBrief } from './plan-draft.ts';
import type { PlanDraft } from './plan-draft.ts';

export interface DraftInHand {
  readonly brief: Brief;
  readonly concepts: readonly Deliverable[];
  readonly brands: readonly { readonly name: string; readonly latest: BrandVersion }[];
  readonly draft: PlanDraft;
}

export interface DraftState {
  readonly inHand: DraftInHand | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Everything that a plan is put together from. Null while it is on its way. */
export function usePlanDraft(briefId: BriefId): DraftState {
  const brief = useQuery(briefQueries.get(briefId));
  const board = useQuery(ideationQueries.board(briefId));
  const brands = useQuery(brandQueries.list());
  const plans = useQuery(planQueries.list(briefId));
  const edits = useDrafts((state) => state.edits[briefId]);
  const seed = useDrafts((state) => state.seed);
  const inHand = useMemo((): DraftInHand | null => {
    if (!brief.data || !board.data || !brands.data || !plans.data) return null;
    const concepts = board.data.filter(({ content }) => content.kind === 'concept');
    const chosen = concepts.filter((concept) => concept.chosen).map(({ id }) => id);
    const draft = draftForBrief(
      briefId,
      brief.data.fields,
      chosen,
      brands.data[0]?.latest.id ?? null,
      plans.data.length,
      seed,
    );
    return { brief: brief.data, concepts, brands: brands.data, draft: { ...draft, ...edits } };
  }, [brief.data, board.data, brands.data, plans.data, briefId, seed, edits]);
  const failed = [brief, board, brands, plans].find(({ error }) => error !== null);
  return { inHand, error: failed?.error ?? null, retry: () => void failed?.refetch() };
}
