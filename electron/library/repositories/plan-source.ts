import { pictureSourceSchema } from '../../contract/recipe.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import { jsonColumn } from '../database/row-columns.ts';
import { keepObject } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** In a query that has `plans`: the picture that the plan starts from, as JSON, or null. */
export const selectPlanSource = `(SELECT json_object('hash', hash, 'strength', strength, 'mask', mask_hash) FROM plan_sources
  WHERE plan_sequence = plans.sequence)`;

export const planSourceColumn = jsonColumn(pictureSourceSchema)
  .nullable()
  .transform((source) => source ?? undefined);

/** @throws library.objectMissing when a picture is not in the store */
export function insertPlanSource(context: RepositoryContext, planSequence: number, source: PictureSource): void {
  keepObject(context, source.hash);
  if (source.mask !== null) keepObject(context, source.mask);
  context.database.run(
    'INSERT INTO plan_sources (plan_sequence, hash, mask_hash, strength) VALUES (?, ?, ?, ?)',
    planSequence,
    source.hash,
    source.mask,
    source.strength,
  );
}
