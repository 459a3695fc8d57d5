import { z } from 'zod';
import { assetIdSchema, cellIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, CellId } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn } from '../database/row-columns.ts';
import { withLatestEdits } from './latest-edits.ts';
import { saidWords } from './said-words.ts';

/** A cell whose newest picture says something else than its copy or its concept does now, and the picture whose art may be used again. */
export type StaleWords = { readonly cellSequence: number; readonly cellId: CellId; readonly assetId: AssetId };

const staleRow = z.object({ cellSequence: countColumn, cellId: cellIdSchema, assetId: assetIdSchema });
const selectStale = `${withLatestEdits('SELECT concept_sequence FROM cells WHERE plan_sequence = ?')}
SELECT cells.sequence AS cellSequence, cells.id AS cellId, assets.id AS assetId
FROM cells JOIN latest ON latest.concept = concept_sequence JOIN deliverables ON deliverables.sequence = latest.sequence
  JOIN assets ON assets.sequence = (SELECT max(sequence) FROM assets INDEXED BY assets_by_cell WHERE cell_sequence = cells.sequence AND binned_at_ms IS NULL)
  JOIN asset_art ON asset_art.asset_sequence = assets.sequence JOIN recipes ON recipes.asset_sequence = assets.sequence
WHERE cells.plan_sequence = ?
  AND (recipe ->> '$.template.headline', recipe ->> '$.template.body', recipe ->> '$.template.callToAction')
    IS NOT (SELECT said ->> '$.headline', said ->> '$.body', said ->> '$.callToAction' FROM (SELECT ${saidWords("content -> '$.concept'")} AS said))
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE cell_sequence = cells.sequence AND state IN ('waiting', 'running'))
ORDER BY cells.sequence`;

/** In the plan's order; a cell that something is being made for is left alone. */
export function findStaleWords(database: LibraryDatabase, planSequence: number): StaleWords[] {
  return database.all(staleRow, selectStale, planSequence, planSequence);
}
