import { StudioError } from '../../contract/errors.ts';
import type { DeliverableId } from '../../contract/identifiers.ts';
import type { Cell } from '../../contract/plan.ts';
import type { FormatId } from '../../contract/format.ts';
import { MAX_PLAN_CELLS } from '../../contract/plan.ts';
import { deriveSeed } from './derive-seed.ts';

export type PlanAxes = {
  readonly conceptIds: readonly DeliverableId[];
  readonly formatIds: readonly FormatId[];
  readonly locales: readonly string[];
  readonly variations: number;
};
export type CellCoordinate = Pick<Cell, 'conceptId' | 'formatId' | 'locale' | 'variation' | 'seed'>;

/** Values that stand twice on an axis make one cell, not two. */
export function countCells({ conceptIds, formatIds, locales, variations }: PlanAxes): number {
  return new Set(conceptIds).size * new Set(formatIds).size * new Set(locales).size * variations;
}

/**
 * Every cell of a plan: variation by variation, and within it concept by concept, so that a batch that is stopped early has something of everything.
 * Throws `plan.tooLarge` before it makes anything.
 */
export function planCells(axes: PlanAxes, planSeed: number): CellCoordinate[] {
  const cells = countCells(axes);
  if (cells > MAX_PLAN_CELLS)
    throw new StudioError('plan.tooLarge', `The plan has ${cells} cells; ${MAX_PLAN_CELLS} is the limit.`, {
      cells,
      limit: MAX_PLAN_CELLS,
    });
  const conceptIds = [...new Set(axes.conceptIds)];
  const formatIds = [...new Set(axes.formatIds)];
  const locales = [...new Set(axes.locales)];
  const planned: CellCoordinate[] = [];
  for (let variation = 0; variation < axes.variations; variation++) {
    for (const conceptId of conceptIds) {
      for (const formatId of formatIds) {
        for (const locale of locales) {
          planned.push({
            conceptId,
            formatId,
            locale,
            variation,
            seed: deriveSeed(planSeed, conceptId, formatId, locale, variation),
          });
        }
      }
    }
  }
  return planned;
}

/** How many variations give at least `count` images over the other axes. */
export function variationsForCount(axes: Omit<PlanAxes, 'variations'>, count: number): number {
  return Math.max(1, Math.ceil(count / Math.max(1, countCells({ ...axes, variations: 1 }))));
}
