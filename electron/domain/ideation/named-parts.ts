import type { BriefFrontMatter } from '../../contract/brief.ts';
import type { Concept } from '../../contract/ideation.ts';

export type NamedPart = 'product' | 'audience';

/** Where the short name of an audience ends: "city families who cook at home" are "city families". */
const HEAD_END = /\s+(?:who|that|with|without|in|on|at|near|whose|from|of|between|aged|by|under|over|for|along)\b|,/u;
const LEAST_HEAD_CHARACTERS = 4;
/** Heads that say nothing alone. */
const GENERAL_HEADS = ['people', 'guests'];

/** The short name by which an audience counts as named; the whole where that would be too little. */
export function findAudienceHead(audience: string): string {
  const head = audience.split(HEAD_END, 1)[0]?.trim() ?? '';
  return head.length < LEAST_HEAD_CHARACTERS || GENERAL_HEADS.includes(head) ? audience : head;
}

/** Which of product and audience stand in headline or body, by string, whatever the case. */
export function listNamedParts({ headline, body }: Concept, fields: BriefFrontMatter): NamedPart[] {
  const text = `${headline} ${body}`.toLowerCase();
  const parts: readonly (readonly [NamedPart, string])[] = [
    ['product', fields.product],
    ['audience', findAudienceHead(fields.audience)],
  ];
  return parts.filter(([, name]) => text.includes(name.toLowerCase())).map(([part]) => part);
}
