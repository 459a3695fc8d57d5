import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { copyOriginSchema, wordsSchema } from '../../contract/copy.ts';
import type { Copy, CopyOrigin, CopyPlace, Words } from '../../contract/copy.ts';
import { formatIdSchema } from '../../contract/format.ts';
import type { FormatId } from '../../contract/format.ts';
import { deliverableIdSchema } from '../../contract/identifiers.ts';
import type { DeliverableId, PlanId } from '../../contract/identifiers.ts';
import { localeSchema } from '../../contract/plan.ts';
import { jsonColumn } from '../database/row-columns.ts';
import { withLatestEdits } from './latest-edits.ts';
import { requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type NewCopy = CopyPlace & {
  /** Null gives the place back to the concept. */
  readonly words: Words | null;
  readonly origin: CopyOrigin;
};

/** Words by concept, language and channel format. Concepts go by the id that a plan names. */
export type CopyRepository = {
  /** The copies that count, for the concepts of a plan, in any order. @throws plan.notFound */
  list(planId: PlanId): Copy[];
  /** What a picture has to say instead of what its concept says; null where there is nothing of the kind. @throws deliverable.notFound */
  words(place: {
    readonly conceptId: DeliverableId;
    readonly locale: string;
    readonly formatId: FormatId;
  }): Words | null;
  /** Writes what differs from what counts now, all or nothing, and returns how many that were. @throws deliverable.notFound */
  write(copies: readonly NewCopy[]): number;
};

const copyRow = z.object({
  conceptId: deliverableIdSchema,
  locale: localeSchema,
  formatId: formatIdSchema.nullable(),
  words: jsonColumn(wordsSchema),
  origin: jsonColumn(copyOriginSchema),
  isBehind: z.literal([0, 1]).transform((value) => value === 1),
});
const wordsRow = z.object({ words: jsonColumn(wordsSchema).nullable() });

/** The words of a concept as a copy keeps them, to be told apart from those of another day. */
const conceptWords = `json_object('headline', content ->> '$.concept.headline', 'body', content ->> '$.concept.body', 'callToAction', content ->> '$.concept.callToAction')`;

const selectCopies = `${withLatestEdits('SELECT DISTINCT concept_sequence FROM cells WHERE plan_sequence = ?')}
SELECT first.id AS conceptId, locale, format_id AS formatId, words, copies.origin, of_words <> ${conceptWords.replaceAll('content', 'deliverables.content')} AS isBehind
FROM copies JOIN latest ON latest.concept = concept_sequence JOIN deliverables ON deliverables.sequence = latest.sequence
  JOIN deliverables AS first ON first.sequence = concept_sequence
WHERE words IS NOT NULL AND copies.sequence = (
  SELECT max(sequence) FROM copies AS newer
  WHERE newer.concept_sequence = copies.concept_sequence AND newer.locale = copies.locale AND newer.format_id IS copies.format_id)`;
const selectWords =
  'SELECT words FROM copies WHERE concept_sequence = ? AND locale = ? AND format_id IS ? ORDER BY sequence DESC LIMIT 1';
const insertCopy = `${withLatestEdits('?')}
INSERT INTO copies (concept_sequence, locale, format_id, words, of_words, origin, created_at_ms)
SELECT latest.concept, ?, ?, ?, ${conceptWords}, ?, ? FROM latest JOIN deliverables ON deliverables.sequence = latest.sequence`;

export function createCopyRepository({ database, clock }: RepositoryContext): CopyRepository {
  const requireConcept = (id: DeliverableId) => requireSequence(database, 'deliverables', id, 'deliverable.notFound');
  const find = (concept: number, locale: string, formatId: FormatId | null) =>
    database.find(wordsRow, selectWords, concept, locale, formatId)?.words ?? null;

  function writeOne({ conceptId, locale, formatId, words, origin }: NewCopy): boolean {
    const concept = requireConcept(conceptId);
    if (isDeepStrictEqual(find(concept, locale, formatId), words)) return false;
    database.run(
      insertCopy,
      concept,
      locale,
      formatId,
      words === null ? null : JSON.stringify(words),
      JSON.stringify(origin),
      clock.nowMs(),
    );
    return true;
  }

  return {
    list: (planId) => database.all(copyRow, selectCopies, requireSequence(database, 'plans', planId, 'plan.notFound')),
    words: ({ conceptId, locale, formatId }) => {
      const concept = requireConcept(conceptId);
      return find(concept, locale, formatId) ?? find(concept, locale, null);
    },
    write: (copies) =>
      database.write(() => {
        const written = copies.filter(writeOne);
        database.note('copy.written', [...new Set(written.map(({ conceptId }) => conceptId))]);
        return written.length;
      }),
  };
}
