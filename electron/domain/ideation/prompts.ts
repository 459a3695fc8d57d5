import type { BriefFrontMatter } from '../../contract/brief.ts';
import type { TextJob } from '../../contract/engine-protocol.ts';
import type { Gap, Persona } from '../../contract/ideation.ts';
import { answerJsonSchemas } from './answer-schemas.ts';
import { buildInstructions, type BoardMaterial } from './instructions/build-instructions.ts';
import { findAudienceHead } from './named-parts.ts';
import { describeTone, listForbiddenTerms, toLine, type PromptContext } from './prompt-context.ts';

export const SYSTEM_PROMPT = 'You are a brand strategist. Answer with one JSON object and nothing else.';

/** Values in a prompt are cut at this many characters; the starter model was taught with the same limit. */
export const MAX_VALUE_CHARACTERS = 200;
/** Siblings differ by their angle, 1 to 12. */
export const ANGLES = 12;

const MAX_USED_HEADLINES = 12;

/** At most `MAX_VALUE_CHARACTERS` UTF-16 units, never half of a surrogate pair. */
function cut(text: string): string {
  const line = toLine(text);
  return line
    .slice(0, MAX_VALUE_CHARACTERS)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

function joinUnique(terms: readonly string[], separator: string): string {
  const seen = new Set<string>();
  const kept = terms.map(toLine).filter((term) => {
    const folded = term.toLowerCase();
    if (folded === '' || seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
  // Whole terms only: half a term would forbid something else.
  let joined = '';
  for (const term of kept) {
    const longer = joined === '' ? term : `${joined}${separator}${term}`;
    if (longer.length > MAX_VALUE_CHARACTERS) break;
    joined = longer;
  }
  return joined === '' ? cut(kept[0] ?? '') : joined;
}

function buildLines(
  task: string,
  { fields, voice, index }: PromptContext,
  extra: readonly (readonly [string, string])[],
): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Product', fields.product],
    ['What', fields.what],
    ['Audience', fields.audience],
    ['Goal', fields.goal],
    ['Tone', describeTone(fields, voice)],
    ['Avoid', joinUnique(listForbiddenTerms(fields, voice), ', ')],
    ['Facts', joinUnique(fields.facts, '; ')],
    ...extra,
  ];
  const lines = rows
    .map(([key, value]) => [key, key === 'Used headlines' ? value : cut(value)] as const)
    .filter(([, value]) => value !== '');
  return [`Task: ${task}`, ...lines.map(([key, value]) => `${key}: ${value}`), `Angle: ${(index % ANGLES) + 1}`].join(
    '\n',
  );
}

const personaLine = (persona: Persona): readonly [string, string] => ['Persona', `${persona.name}, ${persona.summary}`];

function buildJob(
  task: 'persona' | 'gap' | 'concept',
  context: PromptContext,
  extra: readonly (readonly [string, string])[],
  board: Partial<BoardMaterial> = {},
): TextJob {
  return {
    kind: 'text',
    system: SYSTEM_PROMPT,
    user: buildLines(task, context, extra),
    jsonSchema: answerJsonSchemas[task],
    maxTokens: 420,
    temperature: 0.7,
    topP: 0.95,
    seed: context.seed,
    phrases: listPhrases(context.fields),
    instructions: buildInstructions(task, context, { persona: null, gap: null, usedHeadlines: [], ...board }),
  };
}

/** Names and facts as the prompt shows them. */
function listPhrases({ product, what, audience, facts }: BriefFrontMatter): NonNullable<TextJob['phrases']> {
  return [
    { role: 'product', text: cut(product) },
    { role: 'audience', text: cut(audience), short: findAudienceHead(cut(audience)) },
    { role: 'what', text: cut(what) },
    ...facts.map((fact) => ({ role: 'fact' as const, text: toLine(fact) })),
  ];
}

export function buildPersonaJob(context: PromptContext): TextJob {
  return buildJob('persona', context, []);
}

export function buildGapJob(context: PromptContext, persona: Persona | null): TextJob {
  return buildJob('gap', context, persona ? [personaLine(persona)] : [], { persona });
}

/** `usedHeadlines` are those that a new concept must not repeat; the newest are named. */
export function buildConceptJob(
  context: PromptContext,
  persona: Persona | null,
  gap: Gap | null,
  usedHeadlines: readonly string[],
): TextJob {
  const used = usedHeadlines.slice(-MAX_USED_HEADLINES).map(toLine).join(' | ');
  return buildJob(
    'concept',
    context,
    [
      ...(persona ? [personaLine(persona)] : []),
      ...(gap ? [['Gap', `${gap.title}: ${gap.opportunity}`] as const] : []),
      ['Used headlines', used],
    ],
    { persona, gap, usedHeadlines },
  );
}
