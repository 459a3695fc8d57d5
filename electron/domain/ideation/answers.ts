import { conceptSchema, gapSchema, personaSchema } from '../../contract/ideation.ts';
import type { DeliverableContent, DeliverableKind } from '../../contract/ideation.ts';
import { answerJsonSchemas, readFieldLimit } from './answer-schemas.ts';
import { cutText } from '../text/cut-text.ts';
import { findForbiddenTerms } from './forbidden-terms.ts';
import { judgeContent, type Fault, type GateMaterial } from './gate/judge-content.ts';
import { listFields } from './gate/list-fields.ts';

/** Fields that people read as sentences; the image prompt is for a model. */
const shownFields: Readonly<Record<DeliverableKind, readonly string[]>> = {
  persona: ['name', 'summary', 'needs', 'frustrations', 'quote'],
  gap: ['title', 'observation', 'opportunity'],
  concept: ['title', 'headline', 'body', 'callToAction'],
};

export type AnswerRules = {
  readonly forbiddenTerms: readonly string[];
  readonly usedHeadlines: readonly string[];
  /** What the gate on quality compares with; left out, only the form of the answer counts. */
  readonly material?: GateMaterial;
};
export type ParsedAnswer =
  | { readonly kind: 'content'; readonly content: DeliverableContent }
  /** `field` is the one that may be written again while the others stand; null where the answer as a whole is refused. */
  | { readonly kind: 'refused'; readonly reason: string; readonly field: string | null };

/** The text between the first brace and its partner, so that a model may chat around its answer. */
function cutObject(answer: string): string {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  return start >= 0 && end > start ? answer.slice(start, end + 1) : answer;
}

/** Least share of the room that a text must fill to end with a sentence. */
const LEAST_SENTENCE = 0.4;

/** A text that the grammar stopped at its longest length ends in the middle of a word; it goes back to its last sentence or word. */
function tidyText(value: string, maxLength: number): string {
  const tidy = value
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^["'“”]+|["'“”]+$/g, '')
    .trim();
  if (tidy.length < maxLength || (tidy.length === maxLength && /[.!?…。！？؟]$/u.test(tidy))) return tidy;
  const sentence = /^.*(?:[.!?؟](?=\s)|[。！？])/su.exec(tidy.slice(0, maxLength))?.[0];
  if (sentence !== undefined && sentence.length > maxLength * LEAST_SENTENCE) return sentence;
  return cutText(tidy, maxLength - 1);
}

function repair(kind: DeliverableKind, raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  return Object.fromEntries(
    Object.entries(raw).map(([field, value]: [string, unknown]) => {
      const maxLength = readFieldLimit(answerJsonSchemas[kind], field)?.maxLength;
      if (maxLength === undefined) return [field, value];
      // What is left out says nothing to a model of pictures.
      if (field === 'imagePrompt' && typeof value === 'string')
        return [field, tidyText(value, maxLength).replace(/…$/u, '')];
      if (typeof value === 'string') return [field, tidyText(value, maxLength)];
      if (Array.isArray(value))
        return [
          field,
          [...new Set(value.map((entry) => (typeof entry === 'string' ? tidyText(entry, maxLength) : entry)))],
        ];
      return [field, value];
    }),
  );
}

function validate(kind: DeliverableKind, value: unknown): DeliverableContent | Fault {
  const schema = { persona: personaSchema, gap: gapSchema, concept: conceptSchema }[kind];
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const [field] = issue?.path ?? [];
    return {
      field: typeof field === 'string' ? field : null,
      reason: `${issue?.path.join('.') || 'answer'}: ${issue?.message ?? 'does not fit'}`,
    };
  }
  if (kind === 'persona') return { kind, persona: personaSchema.parse(parsed.data) };
  if (kind === 'gap') return { kind, gap: gapSchema.parse(parsed.data) };
  return { kind, concept: conceptSchema.parse(parsed.data) };
}

/** The text of a deliverable that people read. */
export function listShownTexts(content: DeliverableContent): string[] {
  const holder: object =
    content.kind === 'persona' ? content.persona : content.kind === 'gap' ? content.gap : content.concept;
  return shownFields[content.kind].flatMap((field) => {
    const value: unknown = Reflect.get(holder, field);
    return Array.isArray(value) ? value.map(String) : [String(value)];
  });
}

/** A small model can fall into saying one word over and over. Returns that word, or null. */
export function findStutter(text: string): string | null {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  for (const [index, word] of words.entries()) {
    if (word === words[index - 1] && word === words[index - 2]) return word;
    if (word.length > 3 && words.filter((other) => other === word).length > 4) return word;
  }
  return null;
}

/** Two headlines are the same when only case, punctuation or spaces differ. */
export function foldHeadline(headline: string): string {
  return headline
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function refuse(reason: string, field: string | null = null): ParsedAnswer {
  return { kind: 'refused', reason, field };
}

/** The first field with such a text, or null. */
function findHolder(content: DeliverableContent, isAtFault: (text: string) => boolean): string | null {
  const holder = listFields(content).find(({ text }) => isAtFault(text));
  return holder?.name.replace(/ \d+$/, '') ?? null;
}

/** Reads a model's answer: JSON, repaired where that is safe, then held to the schema, to the brand's voice and to being new. */
export function parseAnswer(kind: DeliverableKind, answer: string, rules: AnswerRules): ParsedAnswer {
  let raw: unknown;
  try {
    raw = JSON.parse(cutObject(answer));
  } catch {
    return refuse('the answer is not JSON');
  }
  const content = validate(kind, repair(kind, raw));
  if (!('kind' in content)) return refuse(content.reason, content.field);
  const stutter = listShownTexts(content)
    .map(findStutter)
    .find((word) => word !== null);
  if (stutter !== undefined)
    return refuse(
      `it repeats "${stutter}" over and over`,
      findHolder(content, (text) => findStutter(text) === stutter),
    );
  const [forbidden] = findForbiddenTerms(listShownTexts(content), rules.forbiddenTerms);
  if (forbidden !== undefined)
    return refuse(
      `it says "${forbidden}", which the brand or the brief rules out`,
      findHolder(content, (text) => findForbiddenTerms([text], [forbidden]).length > 0),
    );
  if (content.kind === 'concept') {
    const headline = foldHeadline(content.concept.headline);
    if (headline === '') return refuse('the headline has no words', 'headline');
    // Used headlines are listed with bars between; a small model may go on with the list.
    const parts = [headline, ...content.concept.headline.split('|').map(foldHeadline)];
    if (rules.usedHeadlines.some((used) => parts.includes(foldHeadline(used))))
      return refuse(`the headline "${content.concept.headline}" is used already`, 'headline');
  }
  const fault = rules.material === undefined ? null : judgeContent(content, rules.material);
  return fault === null ? { kind: 'content', content } : refuse(fault.reason, fault.field);
}
