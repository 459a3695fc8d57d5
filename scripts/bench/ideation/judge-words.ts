import type { DeliverableContent } from '../../../electron/contract/ideation.ts';
import { answerJsonSchemas, readFieldLimit } from '../../../electron/domain/ideation/answer-schemas.ts';
import { findWrongLanguage } from '../../../electron/domain/ideation/gate/find-wrong-language.ts';
import { listFields } from '../../../electron/domain/ideation/gate/list-fields.ts';
import { foldText } from '../../../electron/domain/text/fold-text.ts';
import type { BenchBrief } from './briefs.ts';

const textOf = (content: DeliverableContent): string =>
  listFields(content)
    .filter(({ isShown }) => isShown)
    .map(({ text }) => text)
    .join('\n');

/** Every number, and every name in the middle of a sentence, stands in the brief. German writes all nouns large, and Japanese none: there numbers alone count. */
export function isGrounded(content: DeliverableContent, brief: BenchBrief): boolean {
  const given = foldText(JSON.stringify(brief));
  const text = textOf(content);
  const numbers = text.match(/\p{Nd}+/gu) ?? [];
  if (numbers.some((number) => !given.includes(foldText(number)))) return false;
  if (brief.locale === 'de' || brief.locale === 'ja' || content.kind === 'persona') return true;
  const names = [...text.matchAll(/(?<=\p{Ll},? )\p{Lu}\p{L}+/gu)].map(([name]) => name);
  return names.every((name) => given.includes(foldText(name)) || name === 'I');
}

/** A concept names the product, shares a word with what the brief says of its audience or its facts, and is in the brief's language. */
export function isOnBrief(content: DeliverableContent, brief: BenchBrief): boolean {
  if (content.kind !== 'concept') return false;
  const text = foldText(textOf(content));
  const given = [brief.audience, brief.what, ...brief.facts].flatMap((line) => foldText(line).split(' '));
  const hasWord = given.some((word) => word.length > (brief.locale === 'ja' ? 1 : 3) && text.includes(word));
  const isRight =
    findWrongLanguage([textOf(content)], brief.locale, [brief.product, brief.audience, brief.what, ...brief.facts]) ===
    null;
  return text.includes(foldText(brief.product)) && hasWord && isRight;
}

/** A field without two letters, one that ends at its limit, one with an address or a bracket, or two that are the same. */
export function isJunk(content: DeliverableContent): boolean {
  const fields = listFields(content);
  const texts = fields.map(({ text }) => foldText(text));
  if (new Set(texts).size < texts.length) return true;
  return fields.some(({ name, text }) => {
    const limit = readFieldLimit(answerJsonSchemas[content.kind], name.split(' ')[0] ?? name);
    const isStopped = text.length >= (limit?.maxLength ?? Infinity) && !/[.!?。！？]$/u.test(text);
    return isStopped || (text.match(/\p{L}/gu) ?? []).length < 2 || /https?:|www\.|@|[[\]{}<>|]/u.test(text);
  });
}
