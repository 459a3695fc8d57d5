import type { AssetFilter, AssetSort } from '../../contract/asset.ts';
import type { LibraryDatabase } from '../library-database.ts';
import { findSequence } from './repository-context.ts';
import { toMatchQuery } from './match-query.ts';

export type FilterSql = { readonly where: string; readonly parameters: (string | number)[] };

/** One covering index for each order, so that filtering walks one narrow index and sorts nothing. */
const orders: Readonly<Record<AssetSort, { readonly index: string; readonly orderBy: string }>> = {
  newest: { index: 'assets_by_sequence', orderBy: 'sequence DESC' },
  oldest: { index: 'assets_by_sequence', orderBy: 'sequence' },
  stars: { index: 'assets_by_stars', orderBy: 'stars DESC, sequence DESC' },
  'worst-compliance': { index: 'assets_by_compliance', orderBy: 'compliant, worst_margin, sequence' },
};

export function orderOf(sort: AssetSort): { readonly index: string; readonly orderBy: string } {
  return orders[sort];
}

/** Null when nothing can match, because the filter names what is not in the library. */
export function buildAssetFilter(database: LibraryDatabase, filter: AssetFilter): FilterSql | null {
  const terms = ['binned_at_ms IS NULL'];
  const parameters: (string | number)[] = [];
  for (const [column, table, id] of [['brief_sequence', 'briefs', filter.briefId], ['plan_sequence', 'plans', filter.planId], ['batch_sequence', 'batches', filter.batchId]] as const) {
    if (id === null) {
      continue;
    }
    const sequence = findSequence(database, table, id);
    if (sequence === null) {
      return null;
    }
    terms.push(`+${column} = ?`);
    parameters.push(sequence);
  }
  for (const [column, values] of [['status', filter.statuses], ['flag', filter.flags], ['format_id', filter.formatIds]] as const) {
    if (values.length > 0) {
      terms.push(`+${column} IN (${values.map(() => '?').join(', ')})`);
      parameters.push(...values);
    }
  }
  if (filter.minStars > 0) {
    terms.push('stars >= ?');
    parameters.push(filter.minStars);
  }
  if (filter.compliance !== 'any') {
    terms.push('compliant = ?');
    parameters.push(filter.compliance === 'passed' ? 1 : 0);
  }
  const match = toMatchQuery(filter.text);
  if (match !== null) {
    terms.push('+sequence IN (SELECT rowid FROM asset_search WHERE asset_search MATCH ?)');
    parameters.push(match);
  }
  return { where: terms.join(' AND '), parameters };
}
