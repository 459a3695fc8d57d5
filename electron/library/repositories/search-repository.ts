import { searchHitSchema } from '../../contract/system.ts';
import type { SearchHit } from '../../contract/system.ts';
import { toMatchQuery } from './match-query.ts';
import type { RepositoryContext } from './repository-context.ts';

export type SearchRepository = {
  /** Every word must occur, the last one as a beginning; brands, briefs and concepts by fit, then assets, newest first and one for each text. Nothing binned. */
  find(text: string, limit: number): SearchHit[];
};

/** Marks around what matched, as `searchHitSchema` says. */
const OPEN = '\u2039';
const CLOSE = '\u203a';
const EXCERPT_WORDS = 14;

const excerpt = (table: string) => `snippet(${table}, -1, '${OPEN}', '${CLOSE}', '\u2026', ${EXCERPT_WORDS})`;

const findDocuments = `
SELECT hit_kind AS kind, coalesce(briefs.id, brands.id, deliverables.id) AS id, coalesce(briefs.id, concept_briefs.id) AS briefId, NULL AS assetId, hit_title AS title, excerpt
FROM (
  SELECT documents.kind AS hit_kind, owner_sequence AS owner, documents.title AS hit_title, ${excerpt('document_search')} AS excerpt, rank AS fit
  FROM document_search JOIN documents ON documents.sequence = document_search.rowid WHERE document_search MATCH ?
)
LEFT JOIN briefs ON hit_kind = 'brief' AND briefs.sequence = owner
LEFT JOIN brands ON hit_kind = 'brand' AND brands.sequence = owner
LEFT JOIN deliverables ON hit_kind = 'concept' AND deliverables.sequence = owner AND replaced = 0 AND binned_at_ms IS NULL
LEFT JOIN briefs AS concept_briefs ON concept_briefs.sequence = deliverables.brief_sequence
WHERE hit_kind <> 'concept' OR deliverables.sequence IS NOT NULL
ORDER BY fit LIMIT ?`;

/** One hit for each text, as its newest picture. Newest first instead of by fit: the index is in that order, so a common word costs no more than a rare one. */
const findAssets = `
SELECT 'asset' AS kind, assets.id, briefs.id AS briefId, assets.id AS assetId, assets.headline AS title, ${excerpt('asset_search')} AS excerpt
FROM asset_search CROSS JOIN assets
  ON assets.sequence = (SELECT max(sequence) FROM assets WHERE text_sequence = asset_search.rowid AND binned_at_ms IS NULL)
LEFT JOIN briefs ON briefs.sequence = brief_sequence
WHERE asset_search MATCH ? ORDER BY asset_search.rowid DESC LIMIT ?`;

export function createSearchRepository({ database }: RepositoryContext): SearchRepository {
  return {
    find: (text, limit) => {
      const match = toMatchQuery(text);
      if (match === null) {
        return [];
      }
      const documents = database.all(searchHitSchema, findDocuments, match, limit);
      const assets =
        documents.length < limit ? database.all(searchHitSchema, findAssets, match, limit - documents.length) : [];
      return [...documents, ...assets];
    },
  };
}
