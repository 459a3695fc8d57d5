import { z } from 'zod';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { LibraryDatabase } from '../database/library-database.ts';

const ownerRow = z.object({ name: z.string() });

const selectOwners = `
WITH wanted AS (SELECT ? AS hash)
SELECT iif(origin = 'imported', 'the imported file "' || headline || '" (' || assets.id || ')', 'the picture "' || headline || '" (' || assets.id || ') of ' || coalesce(fields ->> '$.name', '?')) AS name
  FROM assets LEFT JOIN briefs ON briefs.sequence = brief_sequence WHERE hash = (SELECT hash FROM wanted)
UNION ALL SELECT 'the art of the picture "' || headline || '" (' || assets.id || ') of ' || coalesce(fields ->> '$.name', '?')
  FROM asset_art JOIN assets ON assets.sequence = asset_sequence JOIN briefs ON briefs.sequence = brief_sequence WHERE asset_art.hash = (SELECT hash FROM wanted)
UNION ALL SELECT 'what the imported file "' || headline || '" (' || assets.id || ') came as'
  FROM imported_files JOIN assets ON assets.sequence = asset_sequence WHERE imported_files.hash = (SELECT hash FROM wanted)
UNION ALL SELECT 'a thumbnail of ' || iif(origin = 'imported', 'the imported file "' || headline || '" (' || assets.id || ')', 'the picture "' || headline || '" (' || assets.id || ') of ' || coalesce(fields ->> '$.name', '?'))
  FROM assets LEFT JOIN briefs ON briefs.sequence = brief_sequence WHERE (SELECT hash FROM wanted) IN (small_hash, medium_hash, large_hash)
UNION ALL SELECT brand_files.name || ' of version ' || number || ' of the brand ' || brands.name
  FROM brand_files JOIN brand_versions ON brand_versions.sequence = brand_version_sequence JOIN brands ON brands.sequence = brand_sequence
  WHERE brand_files.hash = (SELECT hash FROM wanted)
UNION ALL SELECT brand_draft_files.name || ' of the draft of the brand ' || brands.name
  FROM brand_draft_files JOIN brands ON brands.sequence = brand_sequence WHERE hash = (SELECT hash FROM wanted)
UNION ALL SELECT 'what the plan "' || plans.name || '" starts from'
  FROM plan_sources JOIN plans ON plans.sequence = plan_sequence WHERE (SELECT hash FROM wanted) IN (hash, mask_hash)
LIMIT 20`;

/** What people know the object by: the picture and its campaign, the file and its brand. Empty when nothing names it. */
export function nameOwners(database: LibraryDatabase, hash: ObjectHash): string[] {
  return database.all(ownerRow, selectOwners, hash).map(({ name }) => name);
}
