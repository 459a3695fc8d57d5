import { z } from 'zod';
import {
  assetIdSchema,
  briefIdSchema,
  brandVersionIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  planIdSchema,
  seedSchema,
} from '../../contract/identifiers.ts';
import type { BriefId, CellId, DeliverableId, PlanId } from '../../contract/identifiers.ts';
import { planSchema } from '../../contract/plan.ts';
import { formatIdSchema } from '../../contract/format.ts';
import type { Cell, CellStatus, Plan } from '../../contract/plan.ts';
import type { FormatId } from '../../contract/format.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';
import { insertPlanSource, planSourceColumn, selectPlanSource } from './plan-source.ts';

export type NewCell = {
  readonly conceptId: DeliverableId;
  readonly formatId: FormatId;
  readonly locale: string;
  readonly variation: number;
  readonly seed: number;
};
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
  /** How many pictures were made as a first, second... try, and how many of them passed. Binned ones count. */
  tries(planId: PlanId): { readonly number: number; readonly made: number; readonly passed: number }[];
  /** Writes plan and cells in one transaction. @throws brief.notFound, brand.notFound, deliverable.notFound, library.objectMissing */
  create(plan: NewPlan): Plan;
};

const planRow = planSchema.extend({
  templates: jsonColumn(planSchema.shape.templates.unwrap()),
  briefId: briefIdSchema,
  brandVersionId: brandVersionIdSchema,
  conceptIds: jsonColumn(planSchema.shape.conceptIds),
  formatIds: jsonColumn(planSchema.shape.formatIds),
  locales: jsonColumn(planSchema.shape.locales),
  source: planSourceColumn,
});

const triesRow = z.object({ number: countColumn, made: countColumn, passed: countColumn });
const planOfCellRow = z.object({ planId: planIdSchema });
const stateColumn = z.enum(['running', 'waiting', 'failed', 'done', 'none']);
const cellRow = z.tuple([
  cellIdSchema,
  deliverableIdSchema,
  formatIdSchema,
  z.string(),
  countColumn,
  seedSchema,
  stateColumn,
  countColumn,
  assetIdSchema.nullable(),
  z.string().nullable(),
]);

const selectPlans = `
SELECT plans.id, templates, briefs.id AS briefId, brand_versions.id AS brandVersionId, name, concept_ids AS conceptIds, format_ids AS formatIds, locales,
  variations, seed, ${selectPlanSource} AS source, cell_count AS cellCount, plans.created_at_ms AS createdAtMs
FROM plans JOIN briefs ON briefs.sequence = brief_sequence JOIN brand_versions ON brand_versions.sequence = brand_version_sequence`;

/** Work that is going on comes first, then how the newest ended job went. */
const selectCells = `
SELECT cells.id, deliverables.id, cells.format_id, cells.locale, variation, cells.seed,
  coalesce(
    (SELECT min(state) FROM jobs WHERE cell_sequence = cells.sequence AND state = 'running'),
    (SELECT min(state) FROM jobs WHERE cell_sequence = cells.sequence AND state = 'waiting'),
    (SELECT state FROM jobs WHERE cell_sequence = cells.sequence AND state IN ('done', 'failed') ORDER BY sequence DESC LIMIT 1),
    'none'
  ),
  (SELECT count(*) FROM assets INDEXED BY assets_by_cell WHERE cell_sequence = cells.sequence AND binned_at_ms IS NULL),
  cover.id, coalesce(cover.small_hash, cover.hash)
FROM cells JOIN deliverables ON deliverables.sequence = cells.concept_sequence
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
    list: (briefId) =>
      briefId === null
        ? database.all(planRow, `${selectPlans} ORDER BY plans.sequence DESC`)
        : database.all(planRow, `${selectPlans} WHERE briefs.id = ? ORDER BY plans.sequence DESC`, briefId),
    cells: (planId) => {
      const planSequence = requireSequence(database, 'plans', planId, 'plan.notFound');
      return database
        .columns(`${selectCells} WHERE cells.plan_sequence = ? ORDER BY cells.sequence`, planSequence)
        .map((row) => toCell(planId, row));
    },
    cell: (cellId) => {
      const plan = database.find(
        planOfCellRow,
        'SELECT plans.id AS planId FROM cells JOIN plans ON plans.sequence = plan_sequence WHERE cells.id = ?',
        cellId,
      );
      const [row] = database.columns(`${selectCells} WHERE cells.id = ?`, cellId);
      return plan === null || row === undefined ? null : toCell(plan.planId, row);
    },
    tries: (planId) =>
      database.all(
        triesRow,
        `SELECT ifnull(remake ->> 'number', 1) AS number, count(*) AS made, sum(compliant) AS passed
         FROM cells JOIN jobs ON jobs.cell_sequence = cells.sequence JOIN assets ON assets.job_sequence = jobs.sequence WHERE cells.plan_sequence = ? GROUP BY 1 ORDER BY 1`,
        requireSequence(database, 'plans', planId, 'plan.notFound'),
      ),
    create: (plan) => database.write(() => get(insertPlan(context, plan))),
  };
}

function toCell(planId: PlanId, row: unknown): Cell {
  const [id, conceptId, formatId, locale, variation, seed, state, takeCount, coverId, thumbnail] = cellRow.parse(row);
  const status = statusOf(state, takeCount);
  return {
    id,
    planId,
    conceptId,
    formatId,
    locale,
    variation,
    seed,
    status,
    takeCount,
    cover: coverId === null || thumbnail === null ? null : { assetId: coverId, thumbnail },
  };
}

/** A cell whose takes are all in the bin is empty again. */
function statusOf(state: z.output<typeof stateColumn>, takeCount: number): CellStatus {
  switch (state) {
    case 'running':
    case 'failed':
      return state;
    case 'waiting':
      return 'queued';
    case 'done':
    case 'none':
      return takeCount > 0 ? 'done' : 'empty';
  }
}

function insertPlan(context: RepositoryContext, plan: NewPlan): PlanId {
  const { database, clock, newId } = context;
  const planId = planIdSchema.parse(newId());
  const briefSequence = requireSequence(database, 'briefs', plan.briefId, 'brief.notFound');
  const versionSequence = requireSequence(database, 'brand_versions', plan.brandVersionId, 'brand.notFound');
  const concepts = new Map(
    plan.conceptIds.map((id) => [id, requireSequence(database, 'deliverables', id, 'deliverable.notFound')]),
  );
  const planSequence = database.insert(
    `INSERT INTO plans (id, brief_sequence, brand_version_sequence, name, concept_ids, format_ids, locales, templates, variations, seed, cell_count, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    planId,
    briefSequence,
    versionSequence,
    plan.name,
    JSON.stringify(plan.conceptIds),
    JSON.stringify(plan.formatIds),
    JSON.stringify(plan.locales),
    JSON.stringify(plan.templates ?? []),
    plan.variations,
    plan.seed,
    plan.cells.length,
    clock.nowMs(),
  );
  if (plan.source !== undefined) insertPlanSource(context, planSequence, plan.source);
  const rows = plan.cells.map((cell) => {
    const conceptSequence = concepts.get(cell.conceptId);
    if (conceptSequence === undefined) {
      throw notFound('deliverable.notFound', cell.conceptId);
    }
    return [cellIdSchema.parse(newId()), conceptSequence, cell.formatId, cell.locale, cell.variation, cell.seed];
  });
  database.run(
    `INSERT INTO cells (id, plan_sequence, concept_sequence, format_id, locale, variation, seed)
     SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?) ORDER BY key`,
    planSequence,
    JSON.stringify(rows),
  );
  database.note('plan.created', [planId]);
  return planId;
}
