import type { SearchHit } from '../../contract/system.ts';

export type SearchRepository = {
  /** Every word must occur, the last one as a beginning; brands, briefs and concepts by fit, then assets, newest first. Nothing binned. */
  find(text: string, limit: number): SearchHit[];
};
