import type { BriefId, CellId, DeliverableId, PlanId } from '../../contract/identifiers.ts';
import type { Cell, FormatId, Plan } from '../../contract/plan.ts';

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
