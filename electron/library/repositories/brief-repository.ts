import { z } from 'zod';
import { briefFrontMatterSchema, briefSchema } from '../../contract/brief.ts';
import type { Brief, BriefFrontMatter, BriefSummary } from '../../contract/brief.ts';
import { briefIdSchema, timestampMsSchema } from '../../contract/identifiers.ts';
import type { BriefId } from '../../contract/identifiers.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';
import { writeDocument } from './document-index.ts';

export type BriefText = { readonly fields: BriefFrontMatter; readonly notes: string; readonly text: string };

export type BriefRepository = {
  /** Newest change first, with counts over assets that are not in the bin. */
  list(): BriefSummary[];
  /** @throws brief.notFound */
  get(briefId: BriefId): Brief;
  create(brief: BriefText): Brief;
  /** @throws brief.notFound */
  update(briefId: BriefId, brief: BriefText): Brief;
};

const briefRow = briefSchema.extend({ fields: jsonColumn(briefFrontMatterSchema) });
const summaryRow = z.object({
  sequence: countColumn,
  id: briefIdSchema,
  fields: jsonColumn(briefFrontMatterSchema),
  updatedAtMs: timestampMsSchema,
  conceptCount: countColumn,
  assetCount: countColumn,
  unreviewedCount: countColumn,
  approvedCount: countColumn,
});

const selectBrief =
  'SELECT id, fields, notes, text, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs FROM briefs WHERE id = ?';
const selectSummaries = `
SELECT briefs.sequence, id, fields, updated_at_ms AS updatedAtMs,
  (SELECT count(*) FROM deliverables WHERE brief_sequence = briefs.sequence AND kind = 'concept' AND replaced = 0 AND binned_at_ms IS NULL) AS conceptCount,
  ifnull(total, 0) AS assetCount, ifnull(unreviewed, 0) AS unreviewedCount, ifnull(approved, 0) AS approvedCount
FROM briefs LEFT JOIN (
  SELECT brief_sequence, count(*) AS total, sum(status = 'unreviewed') AS unreviewed, sum(status = 'approved') AS approved
  FROM assets INDEXED BY assets_by_brief WHERE binned_at_ms IS NULL GROUP BY brief_sequence
) ON brief_sequence = briefs.sequence
ORDER BY updated_at_ms DESC, briefs.sequence DESC`;
const selectCovers = `
SELECT coalesce(small_hash, hash) AS hash FROM assets INDEXED BY assets_by_brief
WHERE brief_sequence = ? AND binned_at_ms IS NULL AND medium = 'picture' ORDER BY sequence DESC LIMIT 4`;

export function createBriefRepository(context: RepositoryContext): BriefRepository {
  const { database, clock, newId } = context;
  function get(briefId: BriefId): Brief {
    const found = database.find(briefRow, selectBrief, briefId);
    if (found === null) {
      throw notFound('brief.notFound', briefId);
    }
    return found;
  }
  return {
    get,
    list: () =>
      database.all(summaryRow, selectSummaries).map(({ sequence, fields, ...rest }) => ({
        ...rest,
        name: fields.name,
        product: fields.product,
        goal: fields.goal,
        covers: database.all(coverRow, selectCovers, sequence).map(({ hash }) => hash),
      })),
    create: (brief) =>
      database.write(() => {
        const briefId = briefIdSchema.parse(newId());
        const nowMs = clock.nowMs();
        const sequence = database.insert(
          'INSERT INTO briefs (id, fields, notes, text, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
          briefId,
          JSON.stringify(brief.fields),
          brief.notes,
          brief.text,
          nowMs,
          nowMs,
        );
        indexBrief(context, sequence, brief);
        database.note('brief.created', [briefId]);
        return get(briefId);
      }),
    update: (briefId, brief) =>
      database.write(() => {
        const sequence = requireSequence(database, 'briefs', briefId, 'brief.notFound');
        database.run(
          'UPDATE briefs SET fields = ?, notes = ?, text = ?, updated_at_ms = ? WHERE sequence = ?',
          JSON.stringify(brief.fields),
          brief.notes,
          brief.text,
          clock.nowMs(),
          sequence,
        );
        indexBrief(context, sequence, brief);
        database.note('brief.edited', [briefId]);
        return get(briefId);
      }),
  };
}

const coverRow = z.object({ hash: z.string() });

function indexBrief({ database }: RepositoryContext, sequence: number, { fields, notes }: BriefText): void {
  const body = [fields.product, fields.what, fields.audience, fields.goal, fields.tone, ...fields.facts, notes].join(
    '\n',
  );
  writeDocument(database, { kind: 'brief', ownerSequence: sequence, title: fields.name, body });
}
