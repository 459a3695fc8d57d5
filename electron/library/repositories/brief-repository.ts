import type { Brief, BriefFrontMatter, BriefSummary } from '../../contract/brief.ts';
import type { BriefId } from '../../contract/identifiers.ts';

export type BriefText = { readonly fields: BriefFrontMatter; readonly notes: string; readonly text: string };

export type BriefRepository = {
  /** Newest change first, with counts over assets that are not in the bin. */
  list(): BriefSummary[];
  /** @throws brief.notFound */
  get(briefId: BriefId): Brief;
  create(brief: BriefText): Brief;
  /** @throws brief.notFound */
  update(briefId: BriefId, brief: BriefText): Brief;
};
