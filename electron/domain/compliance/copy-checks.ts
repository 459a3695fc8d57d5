import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import { findForbiddenTerms } from '../ideation/forbidden-terms.ts';
import { uniteRegions } from './layout.ts';
import type { PictureLayout } from './layout.ts';
import { measureReading } from './reading-level.ts';

/** Names some terms in a sentence, each cut to a readable length. */
function quote(terms: readonly string[]): string {
  return terms
    .slice(0, 5)
    .map((term) => `"${term.slice(0, 40)}"`)
    .join(', ');
}

export function checkTerms(layout: PictureLayout, forbiddenTerms: readonly string[]): ComplianceCheck {
  const found = findForbiddenTerms(
    layout.texts.map(({ text }) => text),
    forbiddenTerms,
  );
  const holder = layout.texts.find(({ text }) => findForbiddenTerms([text], found).length > 0);
  const score = found.length;
  return {
    name: 'terms',
    score,
    threshold: 0,
    unit: 'terms',
    better: 'lower',
    passed: score === 0,
    reason:
      score === 0 ? 'No word that the brand rules out.' : `The text says ${quote(found)}, which the brand rules out.`,
    region: holder ? uniteRegions(holder.boxes) : null,
  };
}

/** Lines that have to stand in the picture, such as a legal line of a market. */
export function checkRequiredTerms(layout: PictureLayout, requiredTerms: readonly string[]): ComplianceCheck {
  const texts = layout.texts.map(({ text }) => text);
  const missing = requiredTerms.filter((term) => findForbiddenTerms(texts, [term]).length === 0);
  return {
    name: 'required-terms',
    score: missing.length,
    threshold: 0,
    unit: 'missing',
    better: 'lower',
    passed: missing.length === 0,
    reason:
      missing.length > 0
        ? `The text has to say ${quote(missing)} and does not.`
        : requiredTerms.length === 0
          ? 'The brand requires no term.'
          : 'Every required term is there.',
    region: null,
  };
}

/** One exclamation mark is a tone of voice, more are shouting. */
const MAX_EXCLAMATIONS = 1;
/** Words of this many capitals and more that are no name of the brand shout too; one may be an abbreviation. */
const SHOUTED_LETTERS = 4;
const MAX_SHOUTED = 1;
const MAX_SENTENCE_WORDS = 30;

/** Measurable rules of a voice: reading level, length of sentences, shouting. Counts the rules that are broken. */
export function checkVoice(layout: PictureLayout, voice: BrandKit['voice'], readingLevel: number): ComplianceCheck {
  const texts = layout.texts.map(({ text }) => text);
  const all = texts.join('\n');
  const reading = measureReading(texts);
  const known = new Set(voice.say.flatMap((term) => term.split(/\s+/)));
  const shouted = (all.match(/\p{Lu}+/gu) ?? []).filter((word) => word.length >= SHOUTED_LETTERS && !known.has(word));
  const exclamations = (all.match(/[!！]/gu) ?? []).length;
  const said = findForbiddenTerms(texts, voice.say);
  const problems = [
    reading.lix !== null && reading.lix > readingLevel
      ? `the reading level is LIX ${reading.lix.toFixed(0)} and may be ${readingLevel}`
      : null,
    reading.longestSentence > MAX_SENTENCE_WORDS
      ? `a sentence has ${reading.longestSentence} words and may have ${MAX_SENTENCE_WORDS}`
      : null,
    exclamations > MAX_EXCLAMATIONS ? `there are ${exclamations} exclamation marks` : null,
    shouted.length > MAX_SHOUTED ? `${quote(shouted)} stand in capitals` : null,
  ].filter((problem) => problem !== null);
  const level = reading.lix === null ? 'too short for a reading level' : `reading level LIX ${reading.lix.toFixed(0)}`;
  const tone = said.length === 0 ? '' : `; it says ${quote(said)}`;
  return {
    name: 'voice',
    score: problems.length,
    threshold: 0,
    unit: 'rules broken',
    better: 'lower',
    passed: problems.length === 0,
    reason: problems.length === 0 ? `The copy is ${level}${tone}.` : `In the copy ${problems.join('; ')}.`,
    region: problems.length === 0 ? null : uniteRegions(layout.texts.flatMap(({ boxes }) => boxes)),
  };
}
