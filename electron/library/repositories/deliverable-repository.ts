import { deliverableIdSchema, briefIdSchema } from '../../contract/identifiers.ts';
import type { EventName } from '../../contract/event.ts';
import type { BriefId, DeliverableId } from '../../contract/identifiers.ts';
import { deliverableContentSchema, deliverableSchema } from '../../contract/ideation.ts';
import type { Deliverable } from '../../contract/ideation.ts';
import { booleanColumn, jsonColumn } from '../database/row-columns.ts';
import { removeDocument, writeDocument } from './document-index.ts';
import { notFound, requireSequence } from './repository-context.ts';
import { withLatestEdits } from './latest-edits.ts';
import type { RepositoryContext } from './repository-context.ts';

export type NewDeliverable = Omit<Deliverable, 'id' | 'createdAtMs' | 'chosen'>;

export type DeliverableRepository = {
  /** What is not in the bin, oldest first; an edited one stands where the one it replaces stood. @throws brief.notFound */
  board(briefId: BriefId): Deliverable[];
  /** Also finds binned and replaced ones, because finished work refers to them. @throws deliverable.notFound */
  get(deliverableId: DeliverableId): Deliverable;
  /** Its newest edit that is not in the bin, or itself. @throws deliverable.notFound */
  latest(deliverableId: DeliverableId): Deliverable;
  /** An `edit` origin replaces the deliverable it names on the board and takes over whether that was chosen. @throws brief.notFound, deliverable.notFound */
  add(deliverable: NewDeliverable): Deliverable;
  /** All or none. @throws deliverable.notFound */
  choose(deliverableIds: readonly DeliverableId[], chosen: boolean): Deliverable[];
  /** @returns how many were not in the bin before. @throws deliverable.notFound */
  bin(deliverableIds: readonly DeliverableId[]): number;
  /** @throws deliverable.notFound */
  restore(deliverableIds: readonly DeliverableId[]): number;
};

const deliverableRow = deliverableSchema.extend({
  briefId: briefIdSchema,
  content: jsonColumn(deliverableContentSchema),
  origin: jsonColumn(deliverableSchema.shape.origin),
  parentIds: jsonColumn(deliverableSchema.shape.parentIds),
  citations: jsonColumn(deliverableSchema.shape.citations),
  chosen: booleanColumn,
});

const selectDeliverables = `
SELECT deliverables.id, briefs.id AS briefId, content, origin, parent_ids AS parentIds, citations, chosen, deliverables.created_at_ms AS createdAtMs
FROM deliverables JOIN briefs ON briefs.sequence = brief_sequence`;
const selectLatest = `${withLatestEdits('?')}
${selectDeliverables} JOIN latest ON latest.sequence = deliverables.sequence`;

export function createDeliverableRepository(context: RepositoryContext): DeliverableRepository {
  const { database, clock } = context;
  function get(deliverableId: DeliverableId): Deliverable {
    const found = database.find(deliverableRow, `${selectDeliverables} WHERE deliverables.id = ?`, deliverableId);
    if (found === null) {
      throw notFound('deliverable.notFound', deliverableId);
    }
    return found;
  }
  function changeEach(
    name: EventName,
    deliverableIds: readonly DeliverableId[],
    sql: string,
    value: number | null,
  ): number {
    const changed = deliverableIds.filter(
      (id) => database.run(sql, value, requireSequence(database, 'deliverables', id, 'deliverable.notFound')) > 0,
    );
    database.note(name, changed);
    return changed.length;
  }
  return {
    get,
    latest: (deliverableId) => {
      const sequence = requireSequence(database, 'deliverables', deliverableId, 'deliverable.notFound');
      return database.find(deliverableRow, selectLatest, sequence) ?? get(deliverableId);
    },
    board: (briefId) => {
      const briefSequence = requireSequence(database, 'briefs', briefId, 'brief.notFound');
      return database.all(
        deliverableRow,
        `${selectDeliverables} WHERE brief_sequence = ? AND replaced = 0 AND binned_at_ms IS NULL ORDER BY position`,
        briefSequence,
      );
    },
    add: (deliverable) => database.write(() => get(insertDeliverable(context, deliverable))),
    choose: (deliverableIds, chosen) =>
      database.write(() => {
        changeEach(
          chosen ? 'deliverable.chosen' : 'deliverable.unchosen',
          deliverableIds,
          'UPDATE deliverables SET chosen = ? WHERE sequence = ?',
          chosen ? 1 : 0,
        );
        return deliverableIds.map(get);
      }),
    bin: (deliverableIds) =>
      database.write(() =>
        changeEach(
          'deliverable.binned',
          deliverableIds,
          'UPDATE deliverables SET binned_at_ms = ? WHERE sequence = ? AND binned_at_ms IS NULL',
          clock.nowMs(),
        ),
      ),
    restore: (deliverableIds) =>
      database.write(() =>
        changeEach(
          'deliverable.restored',
          deliverableIds,
          'UPDATE deliverables SET binned_at_ms = ? WHERE sequence = ? AND binned_at_ms IS NOT NULL',
          null,
        ),
      ),
  };
}

function insertDeliverable({ database, clock, newId }: RepositoryContext, deliverable: NewDeliverable): DeliverableId {
  const deliverableId = deliverableIdSchema.parse(newId());
  const { content, origin } = deliverable;
  const briefSequence = requireSequence(database, 'briefs', deliverable.briefId, 'brief.notFound');
  const replaced =
    origin.kind === 'edit' ? requireSequence(database, 'deliverables', origin.of, 'deliverable.notFound') : null;
  const sequence = database.insert(
    `INSERT INTO deliverables (id, brief_sequence, position, kind, content, origin, parent_ids, citations, chosen, created_at_ms)
     VALUES (?, ?, ifnull((SELECT position FROM deliverables WHERE sequence = ?), 0), ?, ?, ?, ?, ?, ifnull((SELECT chosen FROM deliverables WHERE sequence = ?), 0), ?)`,
    deliverableId,
    briefSequence,
    replaced,
    content.kind,
    JSON.stringify(content),
    JSON.stringify(origin),
    JSON.stringify(deliverable.parentIds),
    JSON.stringify(deliverable.citations),
    replaced,
    clock.nowMs(),
  );
  if (replaced === null) {
    database.run('UPDATE deliverables SET position = sequence WHERE sequence = ?', sequence);
  } else {
    // Whoever edits an earlier text again replaces what stands there now, so that one place never holds two.
    const standing = database.count(
      'SELECT sequence FROM deliverables WHERE brief_sequence = ? AND position = (SELECT position FROM deliverables WHERE sequence = ?) AND replaced = 0 AND sequence <> ?',
      briefSequence,
      sequence,
      sequence,
    );
    database.run('UPDATE deliverables SET replaced = 1 WHERE sequence = ?', standing);
    removeDocument(database, 'concept', standing);
  }
  if (content.kind === 'concept') {
    const { title, headline, body, callToAction, imagePrompt } = content.concept;
    writeDocument(database, {
      kind: 'concept',
      ownerSequence: sequence,
      title,
      body: [headline, body, callToAction, imagePrompt].join('\n'),
    });
  }
  if (origin.kind === 'edit') database.note('deliverable.edited', [deliverableId], { cause: origin.of });
  else database.note('deliverable.added', [deliverableId]);
  return deliverableId;
}
