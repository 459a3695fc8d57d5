import { z } from 'zod';
import { assetIdSchema, briefIdSchema, brandVersionIdSchema, cellIdSchema, deliverableIdSchema, planIdSchema } from '../../contract/identifiers.ts';
import type { BriefId, CellId, DeliverableId, PlanId } from '../../contract/identifiers.ts';
import { cellSchema, planSchema } from '../../contract/plan.ts';
import type { Cell, CellStatus, FormatId, Plan } from '../../contract/plan.ts';
import { countColumn, jsonColumn } from '../row-columns.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

export type NewCell = { readonly conceptId: DeliverableId; readonly formatId: FormatId; readonly locale: string; readonly variation: number; readonly seed: number };
export type NewPlan = Omit<Plan, 'id' | 'cellCount' | 'createdAtMs'> & { readonly cells: readonly NewCell[] };

export type PlanRepository = {
  /** Newest first. */
  list(briefId: BriefId | null): Plan[];
  /** @throws plan.notFound */
  get(planId: PlanId): Plan;
  /** In the order in which the cells were given. A cell's status follows from its jobs and takes. @throws plan.notFound */
  cells(planId: PlanId): Cell[];
  /** Null when there is no such cell. */
  cell(cellId: CellId): Cell | null;
  /** Writes plan and cells in one transaction. @throws brief.notFound, brand.notFound, deliverable.notFound */
  create(plan: NewPlan): Plan;
};

const planRow = planSchema.extend({
  briefId: briefIdSchema,
  brandVersionId: brandVersionIdSchema,
  conceptIds: jsonColumn(planSchema.shape.conceptIds),
  formatIds: jsonColumn(planSchema.shape.formatIds),
  locales: jsonColumn(planSchema.shape.locales),
});

const cellRow = cellSchema.omit({ status: true, cover: true }).extend({
  id: cellIdSchema,
  planId: planIdSchema,
  conceptId: deliverableIdSchema,
  runningJobs: countColumn,
  waitingJobs: countColumn,
  lastJobState: z.string().nullable(),
  coverId: assetIdSchema.nullable(),
  coverThumbnail: z.string().nullable(),
});

const selectPlans = `
SELECT plans.id, briefs.id AS briefId, brand_versions.id AS brandVersionId, name, concept_ids AS conceptIds, format_ids AS formatIds, locales,
  variations, seed, cell_count AS cellCount, plans.created_at_ms AS createdAtMs
FROM plans JOIN briefs ON briefs.sequence = brief_sequence JOIN brand_versions ON brand_versions.sequence = brand_version_sequence`;

const selectCells = `
SELECT cells.id, plans.id AS planId, deliverables.id AS conceptId, cells.format_id AS formatId, cells.locale, cells.variation, cells.seed,
  (SELECT count(*) FROM jobs WHERE cell_sequence = cells.sequence AND state = 'running') AS runningJobs,
  (SELECT count(*) FROM jobs WHERE cell_sequence = cells.sequence AND state = 'waiting') AS waitingJobs,
  (SELECT state FROM jobs WHERE cell_sequence = cells.sequence AND state IN ('done', 'failed') ORDER BY sequence DESC LIMIT 1) AS lastJobState,
  (SELECT count(*) FROM assets INDEXED BY assets_by_cell WHERE cell_sequence = cells.sequence AND binned_at_ms IS NULL) AS takeCount,
  cover.id AS coverId, coalesce(cover.small_hash, cover.hash) AS coverThumbnail
FROM cells JOIN plans ON plans.sequence = cells.plan_sequence JOIN deliverables ON deliverables.sequence = cells.concept_sequence
LEFT JOIN assets AS cover ON cover.sequence = (SELECT max(sequence) FROM assets INDEXED BY assets_by_cell WHERE cell_sequence = cells.sequence AND binned_at_ms IS NULL)`;

export function createPlanRepository(context: RepositoryContext): PlanRepository {
  const { database } = context;
  function get(planId: PlanId): Plan {
    const found = database.find(planRow, `${selectPlans} WHERE plans.id = ?`, planId);
    if (found === null) {
      throw notFound('plan.notFound', planId);
    }
    return found;
  }
  return {
    get,
    list: (briefId) => briefId === null
      ? database.all(planRow, `${selectPlans} ORDER BY plans.sequence DESC`)
      : database.all(planRow, `${selectPlans} WHERE briefs.id = ? ORDER BY plans.sequence DESC`, briefId),
    cells: (planId) => {
      const planSequence = requireSequence(database, 'plans', planId, 'plan.notFound');
      return database.all(cellRow, `${selectCells} WHERE cells.plan_sequence = ? ORDER BY cells.sequence`, planSequence).map(toCell);
    },
    cell: (cellId) => {
      const found = database.find(cellRow, `${selectCells} WHERE cells.id = ?`, cellId);
      return found === null ? null : toCell(found);
    },
    create: (plan) => database.write(() => get(insertPlan(context, plan))),
  };
}

function toCell({ runningJobs, waitingJobs, lastJobState, coverId, coverThumbnail, ...cell }: z.output<typeof cellRow>): Cell {
  const status = deriveStatus(runningJobs, waitingJobs, lastJobState, cell.takeCount);
  return { ...cell, status, cover: coverId === null || coverThumbnail === null ? null : { assetId: coverId, thumbnail: coverThumbnail } };
}

/** Work that is going on comes first, then how the newest ended job went; a cell whose takes are all in the bin is empty again. */
function deriveStatus(runningJobs: number, waitingJobs: number, lastJobState: string | null, takeCount: number): CellStatus {
  if (runningJobs > 0) {
    return 'running';
  }
  if (waitingJobs > 0) {
    return 'queued';
  }
  if (lastJobState === 'failed') {
    return 'failed';
  }
  return takeCount > 0 ? 'done' : 'empty';
}

function insertPlan({ database, clock, newId }: RepositoryContext, plan: NewPlan): PlanId {
  const planId = planIdSchema.parse(newId());
  const briefSequence = requireSequence(database, 'briefs', plan.briefId, 'brief.notFound');
  const versionSequence = requireSequence(database, 'brand_versions', plan.brandVersionId, 'brand.notFound');
  const concepts = new Map(plan.conceptIds.map((id) => [id, requireSequence(database, 'deliverables', id, 'deliverable.notFound')]));
  const planSequence = database.insert(
    `INSERT INTO plans (id, brief_sequence, brand_version_sequence, name, concept_ids, format_ids, locales, variations, seed, cell_count, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    planId, briefSequence, versionSequence, plan.name, JSON.stringify(plan.conceptIds), JSON.stringify(plan.formatIds), JSON.stringify(plan.locales), plan.variations, plan.seed, plan.cells.length, clock.nowMs(),
  );
  for (const cell of plan.cells) {
    const conceptSequence = concepts.get(cell.conceptId);
    if (conceptSequence === undefined) {
      throw notFound('deliverable.notFound', cell.conceptId);
    }
    database.run(
      'INSERT INTO cells (id, plan_sequence, concept_sequence, format_id, locale, variation, seed) VALUES (?, ?, ?, ?, ?, ?, ?)',
      cellIdSchema.parse(newId()), planSequence, conceptSequence, cell.formatId, cell.locale, cell.variation, cell.seed,
    );
  }
  return planId;
}
