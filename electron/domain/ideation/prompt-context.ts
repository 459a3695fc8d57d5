import type { BrandKit } from '../../contract/brand.ts';
import type { BriefFrontMatter } from '../../contract/brief.ts';

export type Voice = BrandKit['voice'];

/** What every prompt is built from. `voice` is the brand's, or null without a brand. */
export type PromptContext = {
  readonly fields: BriefFrontMatter;
  readonly voice: Voice | null;
  /** Position of this deliverable among its siblings, from 0. */
  readonly index: number;
  readonly seed: number;
  /** Markdown under the brief's fields; the starter's lines have no place for it. */
  readonly notes?: string;
  /** Why the answer before was refused; null for a first try. */
  readonly refusal?: string | null;
};

/** One line of text: control characters that delimit a chat turn cannot be smuggled in by a brief. */
export function toLine(text: string): string {
  return text.replace(/<\|/g, '< |').replace(/\|>/g, '| >').replace(/\s+/g, ' ').trim();
}

/** The words that must not be written: those of the brief and what the brand never says, without what it does say. */
export function listForbiddenTerms(fields: BriefFrontMatter, voice: Voice | null): string[] {
  const said = new Set((voice?.say ?? []).map((term) => term.trim().toLowerCase()));
  const all = [...(voice?.neverSay ?? []), ...fields.avoid]
    .map((term) => term.trim())
    .filter((term) => term !== '' && !said.has(term.toLowerCase()));
  return all.filter((term, index) => all.findIndex((other) => other.toLowerCase() === term.toLowerCase()) === index);
}

/** What must not stand in a picture: the terms of brief and voice, and the claims that the brand's policy rules out. */
export function listRuledOutTerms(
  fields: BriefFrontMatter,
  { voice, policy }: Pick<BrandKit, 'voice' | 'policy'>,
): string[] {
  return [...listForbiddenTerms(fields, voice), ...policy.forbiddenClaims];
}

export function describeTone(fields: BriefFrontMatter, voice: Voice | null): string {
  const tone = toLine(voice?.tone ?? '');
  return tone === '' || tone.toLowerCase() === fields.tone.toLowerCase() ? fields.tone : `${fields.tone}, ${tone}`;
}
