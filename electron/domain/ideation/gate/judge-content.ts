import type { BriefFrontMatter } from '../../../contract/brief.ts';
import type { DeliverableContent } from '../../../contract/ideation.ts';
import { foldText } from '../../text/fold-text.ts';
import { taskInstructions } from '../instructions/task-instructions.ts';
import { listNamedParts } from '../named-parts.ts';
import { isClipped } from './find-clipping.ts';
import { findJunk } from './find-junk.ts';
import { findWrongLanguage } from './find-wrong-language.ts';
import { measureLikeness } from './likeness.ts';
import { listFields, type FieldText } from './list-fields.ts';

export type GateMaterial = {
  readonly fields: BriefFrontMatter;
  readonly notes: string;
  /** What stands on the board already. */
  readonly board: readonly DeliverableContent[];
};

/** What is wrong with a deliverable. `field` is the one that may be written again while the others stand; null where the whole is at fault. */
export type Fault = { readonly field: string | null; readonly reason: string };

/** From here on two fields of a card say the same; cards may have more in common, for they speak of one product. */
const ALIKE_FIELDS = 0.8;
const ALIKE_CARDS = 0.85;
/** So many words in a row are no figure of speech any more when they come twice. */
const RUN_WORDS = 3;

/** Why nobody should have to read this deliverable, with the field that it is about; null where nothing is wrong with it. */
export function judgeContent(content: DeliverableContent, material: GateMaterial): Fault | null {
  const fields = listFields(content);
  const locale = material.fields.locales[0] ?? 'en';
  return (
    judgeFields(fields, material, locale) ??
    findEcho(content, fields) ??
    findAlike(fields) ??
    ofWhole(
      findWrongLanguage(
        fields.filter(({ isShown }) => isShown).map(({ text }) => text),
        locale,
        listGiven(material.fields),
      ),
    ) ??
    findUnnamed(content, material.fields) ??
    ofWhole(findRepetition(content, material.board))
  );
}

function ofWhole(reason: string | null): Fault | null {
  return reason === null ? null : { field: null, reason };
}

/** Texts of a list are numbered; the list is written again as one. */
function ofField(name: string, reason: string): Fault {
  return { field: name.replace(/ \d+$/, ''), reason: `${name}: ${reason}` };
}

/** Longest first, so that a part does not break a whole. */
const listGiven = ({ product, what, audience, goal, facts }: BriefFrontMatter): string[] =>
  [product, what, audience, goal, ...facts].toSorted((a, b) => b.length - a.length);

function judgeFields(fields: readonly FieldText[], material: GateMaterial, locale: string): Fault | null {
  const given = JSON.stringify(material.fields) + material.notes;
  for (const { name, text, isShown } of fields) {
    const junk = findJunk(text, given);
    if (junk !== null) return ofField(name, junk);
    const twice = findRunTwice(text, material.fields);
    if (twice !== null) return ofField(name, `it says "${twice}" twice`);
    if (isShown && isClipped(text, locale)) return ofField(name, `"${text}" ends before its sentence does`);
  }
  return null;
}

/** What a field is for, written into the field. */
function findEcho(content: DeliverableContent, fields: readonly FieldText[]): Fault | null {
  const purposes = taskInstructions[content.kind].fields.map(({ purpose }) =>
    foldText(purpose.split(/[:,;]/)[0] ?? ''),
  );
  const echo = fields.find(({ text }) => purposes.some((purpose) => foldText(text).includes(purpose)));
  return echo === undefined ? null : ofField(echo.name, 'it repeats the instructions');
}

/** The same words in a row twice in one text. Names are said more than once. */
function findRunTwice(text: string, { product, audience }: BriefFrontMatter): string | null {
  const names = [audience, product].map(foldText);
  const folded = names.reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, ' ')), foldText(text));
  const words = folded.split(' ').filter((word) => word !== '');
  const seen = new Set<string>();
  for (let index = 0; index + RUN_WORDS <= words.length; index += 1) {
    const run = words.slice(index, index + RUN_WORDS).join(' ');
    if (seen.has(run)) return run;
    seen.add(run);
  }
  return null;
}

function findAlike(fields: readonly FieldText[]): Fault | null {
  for (const [index, one] of fields.entries())
    for (const other of fields.slice(index + 1)) {
      // A name may be a headline; what is longer than that says something, and not twice.
      const isSame = foldText(one.text) === foldText(other.text);
      if (isSame || measureLikeness(one.text, other.text) >= ALIKE_FIELDS)
        return { ...ofField(other.name, ''), reason: `${one.name} and ${other.name} say the same` };
    }
  return null;
}

function findUnnamed(content: DeliverableContent, fields: BriefFrontMatter): Fault | null {
  if (content.kind === 'persona' && foldText(content.persona.name) === foldText(fields.product))
    return { field: 'name', reason: `a person is not called ${fields.product}` };
  if (content.kind !== 'concept' || listNamedParts(content.concept, fields).includes('product')) return null;
  return { field: 'body', reason: `it does not name the product, ${fields.product}, in headline or body` };
}

function findRepetition(content: DeliverableContent, board: readonly DeliverableContent[]): string | null {
  const siblings = board.filter(({ kind }) => kind === content.kind);
  const whole = joinFields(content);
  if (siblings.some((other) => measureLikeness(whole, joinFields(other)) >= ALIKE_CARDS))
    return `it repeats a ${content.kind} that stands on the board`;
  const title = foldText(nameOf(content));
  if (content.kind !== 'concept' && siblings.some((other) => foldText(nameOf(other)) === title))
    return `a ${content.kind} called "${nameOf(content)}" stands on the board`;
  return null;
}

const joinFields = (content: DeliverableContent): string =>
  listFields(content)
    .map(({ text }) => text)
    .join('\n');

function nameOf(content: DeliverableContent): string {
  if (content.kind === 'persona') return content.persona.name;
  return content.kind === 'gap' ? content.gap.title : content.concept.title;
}
