import { z } from 'zod';

/** How SQLite columns read back into values. */

/** A TEXT column that holds JSON of the given shape. */
export function jsonColumn<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** An INTEGER column with 0 or 1. */
export const booleanColumn = z
  .int()
  .min(0)
  .max(1)
  .transform((value) => value === 1);

export const countColumn = z.int().nonnegative();
