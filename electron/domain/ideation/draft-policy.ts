import type { BriefFrontMatter } from '../../contract/brief.ts';
import type { ModelInfo } from '../../contract/engine-protocol.ts';
import type { DeliverableContent } from '../../contract/ideation.ts';
import { findStutter, listShownTexts } from './answers.ts';
import { listNamedParts, type NamedPart } from './named-parts.ts';

/** How often a model is asked for one deliverable, and what a draft should name so that no further one is asked for. */
export type DraftPolicy = {
  /** Answers until one must be usable. */
  readonly tries: number;
  /** Drafts in all, usable ones included, of which the one that names most is kept. */
  readonly drafts: number;
  readonly wanted: readonly NamedPart[];
  /** Whether a concept that says one word again and again over all its texts counts as lacking something. */
  readonly isVaried: boolean;
};

const TRIES = 3;
/** Models up to this size answer in a fraction of a second, and now and then forget whom they write for. */
const SMALL_MODEL_BYTES = 64e6;
const SMALL_MODEL_DRAFTS = 8;

/** Every model is asked again when it left out the product; a small one also for the audience, because its drafts cost next to nothing. */
export function chooseDraftPolicy({ sizeBytes }: Pick<ModelInfo, 'sizeBytes'>): DraftPolicy {
  if (sizeBytes > SMALL_MODEL_BYTES) return { tries: TRIES, drafts: TRIES, wanted: ['product'], isVaried: false };
  return { tries: SMALL_MODEL_DRAFTS, drafts: SMALL_MODEL_DRAFTS, wanted: ['product', 'audience'], isVaried: true };
}

/** How many of the wanted things a draft lacks, garbled words among them. Personas and gaps need none of the names. */
export function countMissing(
  content: DeliverableContent,
  fields: BriefFrontMatter,
  { wanted, isVaried }: DraftPolicy,
  oddWords: readonly string[] = [],
): number {
  if (content.kind !== 'concept') return oddWords.length;
  const named = listNamedParts(content.concept, fields);
  const isMonotone = isVaried && findStutter(listShownTexts(content).join(' ')) !== null;
  return wanted.filter((part) => !named.includes(part)).length + Number(isMonotone) + oddWords.length;
}
