import { z } from 'zod';
import { assetFilterSchema, assetSortSchema, assetSummarySchema } from './asset.ts';
import { assetIdSchema, assetListIdSchema } from './identifiers.ts';
import { procedure } from './procedure.ts';

/** Places of a list, from the first to the one before the second. */
export const placeRangeSchema = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);
export type PlaceRange = z.infer<typeof placeRangeSchema>;

const placesSchema = z
  .array(placeRangeSchema)
  .max(500_000)
  .refine(
    (ranges) => ranges.every(([start, end], at) => start < end && start >= (ranges[at - 1]?.[1] ?? 0)),
    'ranges of places ascend and do not overlap',
  );
const placeSchema = z.int().nonnegative();

/** Names that one answer brings; a window of the grid is smaller. */
const MAX_NAMES = 10_000;

/** Null stands for what left through the bin for good. */
const namesSchema = z.array(assetIdSchema.nullable());

/** What shall be found again in the new list: the cursor and the selection of an earlier one. */
const keepSchema = z.strictObject({
  listId: assetListIdSchema.nullable(),
  /** The cursor by place in that list, and by name where it is known. */
  active: placeSchema.nullable(),
  activeId: assetIdSchema.nullable(),
  selected: placesSchema,
});

export const openedListSchema = z.strictObject({
  listId: assetListIdSchema,
  count: z.int().nonnegative(),
  /** Where the kept cursor stands now: itself, else the next one that stayed, else the first; its old place where the earlier list is no longer known. Null in an empty list. */
  active: placeSchema.nullable(),
  /** Whether that is the kept cursor itself. */
  isKept: z.boolean(),
  /** Of the kept selection, what is in this list. */
  selected: placesSchema,
  /** Names around the cursor: the first window. */
  window: z.strictObject({ start: placeSchema, assetIds: namesSchema }),
  /** Content for the pictures nearest to the cursor, about one screen of them, so that they are drawn with the list and not after it. */
  summaries: z.array(assetSummarySchema),
});
export type OpenedList = z.infer<typeof openedListSchema>;

/**
 * A list keeps its order from when it was opened, so that the place of a picture never changes while people decide on it: what stops to match keeps its place, what arrives stands
 * at the end once the list is told to follow. The studio keeps as many lists as are worked on; one that was not used for long is let go and has to be opened anew.
 */
export const assetListContract = {
  /** Answers a question with the count and the first window. */
  open: procedure()
    .input(z.strictObject({ filter: assetFilterSchema, sort: assetSortSchema, keep: keepSchema.nullable() }))
    .output(openedListSchema),
  /** Names by place; fewer than asked for at the end of the list. */
  names: procedure('assetList.notFound')
    .input(z.strictObject({ listId: assetListIdSchema, start: placeSchema, count: z.int().min(1).max(MAX_NAMES) }))
    .output(namesSchema),
  /** The place of each; null for one that is not in the list. */
  locate: procedure('assetList.notFound')
    .input(z.strictObject({ listId: assetListIdSchema, assetIds: z.array(assetIdSchema).max(MAX_NAMES) }))
    .output(z.array(placeSchema.nullable())),
  /** Takes in at the end what matches since; says how long the list is now and how many of it no longer match. */
  follow: procedure('assetList.notFound')
    .input(z.strictObject({ listId: assetListIdSchema }))
    .output(z.strictObject({ count: z.int().nonnegative(), leaving: z.int().nonnegative() })),
};
