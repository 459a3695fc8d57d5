import { z } from 'zod';
import { assetIdSchema, cellIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, CellId } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn } from '../database/row-columns.ts';

/** Where a cell's first picture has its art from: a picture that is there, or a cell that is drawn in the same run. */
export type SharedArt = { readonly artOf: AssetId } | { readonly artOfCell: CellId };

const cellRow = z.object({
  sequence: countColumn,
  id: cellIdSchema,
  place: z.string(),
  assetId: assetIdSchema.nullable(),
});

/** The cells of one place differ in their language alone. Their art is that of the newest picture which is there and not rejected. */
const selectCells = `
SELECT cells.sequence, cells.id, json_array(concept_sequence, cells.format_id, variation) AS place,
  (SELECT assets.id FROM assets INDEXED BY assets_by_cell JOIN asset_art ON asset_art.asset_sequence = assets.sequence
   WHERE assets.cell_sequence = cells.sequence AND binned_at_ms IS NULL AND status <> 'rejected' AND compliant IS NOT 0
   ORDER BY assets.sequence DESC LIMIT 1) AS assetId
FROM cells WHERE plan_sequence = ? AND (SELECT json_array_length(locales) FROM plans WHERE plans.sequence = plan_sequence) > 1
ORDER BY cells.sequence`;

/**
 * A picture and its translations are one picture with other words: of the cells that differ in their language alone one is drawn, and the others take its art. `fresh` are the
 * rows of cells that get their first picture now. Cells that are to be drawn are not in the answer.
 */
export function findSharedArt(
  database: LibraryDatabase,
  planSequence: number,
  fresh: readonly number[],
): ReadonlyMap<number, SharedArt> {
  const wanted = new Set(fresh);
  const shared = new Map<number, SharedArt>();
  const places = Map.groupBy(database.all(cellRow, selectCells, planSequence), ({ place }) => place);
  for (const cells of places.values()) {
    const own = cells.filter(({ sequence }) => wanted.has(sequence));
    const made = cells.find(({ assetId }) => assetId !== null)?.assetId ?? null;
    const [first] = own;
    if (first === undefined) continue;
    for (const { sequence } of own) {
      if (made !== null) shared.set(sequence, { artOf: made });
      else if (sequence !== first.sequence) shared.set(sequence, { artOfCell: first.id });
    }
  }
  return shared;
}
