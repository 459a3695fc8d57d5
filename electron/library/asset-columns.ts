import { z } from 'zod';
import { flagSchema, reviewStatusSchema } from '../contract/asset.ts';
import { formatIdSchema } from '../contract/plan.ts';

export const statuses = reviewStatusSchema.options;
export const flags = flagSchema.options;
export const formats = formatIdSchema.options;

const keyColumn = z.int().nonnegative();
export const indexRow = z.tuple([
  keyColumn,
  z.string(),
  reviewStatusSchema,
  flagSchema,
  z.int().min(0).max(5),
  formatIdSchema,
  z.int().min(0).max(1),
  keyColumn,
  keyColumn,
  keyColumn,
  keyColumn,
  z.number(),
  keyColumn.nullable(),
]);

export const selectColumns = `SELECT sequence, id, status, flag, stars, format_id, compliant, brief_sequence, plan_sequence, batch_sequence, text_sequence, worst_margin, binned_at_ms FROM assets`;

export type AssetColumns = ReturnType<typeof createColumns>;

export function createColumns(size: number) {
  return {
    ids: [] as string[],
    sequence: new Float64Array(size),
    alive: new Uint8Array(size),
    status: new Uint8Array(size),
    flag: new Uint8Array(size),
    stars: new Uint8Array(size),
    format: new Uint8Array(size),
    compliant: new Uint8Array(size),
    brief: new Int32Array(size),
    plan: new Int32Array(size),
    batch: new Int32Array(size),
    text: new Int32Array(size),
    margin: new Float32Array(size),
  };
}

export function growColumns(old: AssetColumns, size: number): AssetColumns {
  const grown = { ...createColumns(size), ids: old.ids };
  for (const name of [
    'sequence',
    'alive',
    'status',
    'flag',
    'stars',
    'format',
    'compliant',
    'brief',
    'plan',
    'batch',
    'text',
    'margin',
  ] as const) {
    grown[name].set(old[name]);
  }
  return grown;
}
