import { z } from 'zod';
import type { AssetFilter } from '../../contract/asset.ts';
import type { AssetSelection } from '../index/asset-index.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import type { TextMatches } from '../index/text-matches.ts';
import { toMatchQuery } from './match-query.ts';
import { countColumn } from '../database/row-columns.ts';
import { findSequence } from './repository-context.ts';

/** Turns the ids and words of a filter into keys. Null when nothing can match, because the filter names what is not in the library. */
export function resolveAssetFilter(
  database: LibraryDatabase,
  textMatches: TextMatches,
  filter: AssetFilter,
): AssetSelection | null {
  const brief = filter.briefId === null ? 0 : findSequence(database, 'briefs', filter.briefId);
  const plan = filter.planId === null ? 0 : findSequence(database, 'plans', filter.planId);
  const batch = filter.batchId === null ? 0 : findSequence(database, 'runs', filter.batchId);
  const version = filter.judgedAgainst === null ? 0 : findSequence(database, 'brand_versions', filter.judgedAgainst);
  if (brief === null || plan === null || batch === null || version === null) {
    return null;
  }
  const match = toMatchQuery(filter.text);
  const { statuses, flags, minStars, origins, media, formatIds, compliance } = filter;
  return {
    brief,
    plan,
    batch,
    statuses,
    flags,
    minStars,
    origins,
    media,
    formatIds,
    compliance,
    texts: match === null ? null : textMatches.find(match),
    version,
    failing: filter.failedCheck === null ? null : findFailing(database, filter.failedCheck, version),
  };
}

const sequenceRow = z.object({ sequence: countColumn });

const failingOwn =
  'SELECT sequence FROM assets WHERE compliant = 0 AND EXISTS (SELECT 1 FROM json_each(failed_checks) WHERE value = ?)';
const failingVersion = `
SELECT asset_sequence AS sequence FROM asset_scores
WHERE compliant = 0 AND EXISTS (SELECT 1 FROM json_each(failed_checks) WHERE value = ?) AND brand_version_sequence = ?`;

function findFailing(database: LibraryDatabase, check: string, version: number): ReadonlySet<number> {
  const rows =
    version === 0
      ? database.all(sequenceRow, failingOwn, check)
      : database.all(sequenceRow, failingVersion, check, version);
  return new Set(rows.map(({ sequence }) => sequence));
}
