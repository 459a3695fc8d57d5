import type { BriefFrontMatter } from '../../../electron/contract/brief.ts';
import type { BrandVersionId, BriefId, DeliverableId, ObjectHash } from '../../../electron/contract/identifiers.ts';
import { MAX_PLAN_CELLS } from '../../../electron/contract/plan.ts';
import type { FormatId } from '../../../electron/contract/format.ts';

/** A picture of the library that the pictures of a plan start from. */
export interface DraftSource {
  readonly hash: ObjectHash;
  readonly name: string;
  readonly thumbnail: ObjectHash;
  /** Share of the steps that run, over 0 to 1. */
  readonly strength: number;
}

/** A plan that is still being put together. */
export interface PlanDraft {
  readonly briefId: BriefId | null;
  readonly brandVersionId: BrandVersionId | null;
  readonly conceptIds: readonly DeliverableId[];
  readonly formatIds: readonly FormatId[];
  readonly locales: readonly string[];
  readonly variations: number;
  /** Templates that the cells take in turn; empty is the brand's own. */
  readonly templates: readonly string[];
  readonly seed: number;
  readonly name: string;
  /** Null where they start from noise. */
  readonly source: DraftSource | null;
}

export type DraftProblem =
  | 'no-brief'
  | 'no-brand'
  | 'no-concepts'
  | 'no-formats'
  | 'no-locales'
  | 'no-name'
  | 'too-large';

export const MAX_VARIATIONS = 1000;
export const MAX_SEED = 4_294_967_295;

export function countCells(draft: PlanDraft): number {
  return draft.conceptIds.length * draft.formatIds.length * draft.locales.length * draft.variations;
}

/** The first thing that keeps a draft from being made, in the order of the screen; null when it is ready. */
export function findDraftProblem(draft: PlanDraft): DraftProblem | null {
  if (draft.briefId === null) return 'no-brief';
  if (draft.brandVersionId === null) return 'no-brand';
  if (draft.conceptIds.length === 0) return 'no-concepts';
  if (draft.formatIds.length === 0) return 'no-formats';
  if (draft.locales.length === 0) return 'no-locales';
  if (draft.name.trim() === '') return 'no-name';
  return countCells(draft) > MAX_PLAN_CELLS ? 'too-large' : null;
}

/** A draft for a brief: its own formats and locales, the concepts that were chosen in Ideate. */
export function draftForBrief(
  briefId: BriefId,
  fields: BriefFrontMatter,
  chosenConceptIds: readonly DeliverableId[],
  brandVersionId: BrandVersionId | null,
  earlierPlanCount: number,
  seed: number,
): PlanDraft {
  return {
    briefId,
    brandVersionId,
    conceptIds: chosenConceptIds,
    formatIds: fields.formats,
    locales: fields.locales,
    variations: 1,
    templates: [],
    seed,
    source: null,
    name: earlierPlanCount === 0 ? fields.name : `${fields.name} ${earlierPlanCount + 1}`,
  };
}

/** Reads a number that a user typed: whole, inside the limits; null when it is none. */
export function readWholeNumber(text: string, min: number, max: number): number | null {
  if (!/^\d+$/.test(text.trim())) return null;
  const value = Number(text.trim());
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : null;
}

const localePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

function isLocale(word: string): boolean {
  return word.length <= 20 && localePattern.test(word);
}

/** Reads language tags separated by commas or spaces; `wrong` are those that are none. */
export function readLocales(text: string): { readonly locales: string[]; readonly wrong: string[] } {
  const words = [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
  return { locales: words.filter(isLocale), wrong: words.filter((word) => !isLocale(word)) };
}
