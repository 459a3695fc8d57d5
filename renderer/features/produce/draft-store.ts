import { create } from 'zustand';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { randomSeed } from '../../lib/random-seed.ts';
import type { PlanDraft } from './plan-draft.ts';

/** What the user set for a plan; the rest comes from the brief. Concepts are not here: choosing one is kept in the library. */
export type DraftEdits = Partial<
  Pick<PlanDraft, 'brandVersionId' | 'formatIds' | 'locales' | 'variations' | 'templates' | 'seed' | 'name' | 'source'>
>;

interface Drafts {
  readonly edits: Readonly<Record<string, DraftEdits>>;
  /** The seed of the next plan, until the user sets another. */
  readonly seed: number;
}

/** One draft for each brief; they stay while the page lives, so that a look at another screen loses nothing. */
export const useDrafts = create<Drafts>(() => ({ edits: {}, seed: randomSeed() }));

export function editDraft(briefId: BriefId, change: DraftEdits): void {
  useDrafts.setState(({ edits }) => ({ edits: { ...edits, [briefId]: { ...edits[briefId], ...change } } }));
}

/** After a plan was made of it, the next draft starts from the brief again, with a new seed. */
export function resetDraft(briefId: BriefId): void {
  useDrafts.setState(({ edits }) => ({
    edits: Object.fromEntries(Object.entries(edits).filter(([id]) => id !== briefId)),
    seed: randomSeed(),
  }));
}
