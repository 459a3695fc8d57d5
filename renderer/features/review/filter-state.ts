import type { AssetFilter, AssetSort, Flag, Medium, Origin, ReviewStatus } from '../../../electron/contract/asset.ts';
import type { FormatId } from '../../../electron/contract/format.ts';

export const reviewStatuses: readonly ReviewStatus[] = ['unreviewed', 'approved', 'rejected', 'redo'];
export const flags: readonly Flag[] = ['pick', 'none', 'reject'];
export const sorts: readonly AssetSort[] = ['newest', 'oldest', 'stars', 'worst-compliance'];

export const everythingFilter: AssetFilter = {
  briefId: null,
  planId: null,
  batchId: null,
  statuses: [],
  flags: [],
  minStars: 0,
  origins: [],
  media: [],
  formatIds: [],
  compliance: 'any',
  failedCheck: null,
  judgedAgainst: null,
  text: '',
};

/** Review opens on what still waits for a decision. */
export const openingFilter: AssetFilter = { ...everythingFilter, statuses: ['unreviewed'] };

function toggled<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** All values of a facet chosen means the same as none, so it becomes none. */
export function toggleStatus(filter: AssetFilter, status: ReviewStatus): AssetFilter {
  const statuses = toggled(filter.statuses, status);
  return { ...filter, statuses: statuses.length === reviewStatuses.length ? [] : statuses };
}

export function toggleFlag(filter: AssetFilter, flag: Flag): AssetFilter {
  const chosen = toggled(filter.flags, flag);
  return { ...filter, flags: chosen.length === flags.length ? [] : chosen };
}

/** One origin or any. */
export function chooseOrigin(filter: AssetFilter, origin: Origin | null): AssetFilter {
  return { ...filter, origins: origin === null ? [] : [origin] };
}

export function toggleMedium(filter: AssetFilter, medium: Medium): AssetFilter {
  return { ...filter, media: toggled(filter.media, medium) };
}

export function toggleFormat(filter: AssetFilter, formatId: FormatId): AssetFilter {
  return { ...filter, formatIds: toggled(filter.formatIds, formatId) };
}

/** How many facets narrow the list; the scope (brief, plan, batch) is the screen's context and does not count. */
export function countFacets(filter: AssetFilter): number {
  return [
    filter.statuses.length > 0,
    filter.flags.length > 0,
    filter.minStars > 0,
    filter.origins.length > 0,
    filter.media.length > 0,
    filter.formatIds.length > 0,
    filter.compliance !== 'any',
    filter.failedCheck !== null,
    filter.judgedAgainst !== null,
    filter.text !== '',
  ].filter(Boolean).length;
}

/** Drops every facet and keeps the scope. */
export function clearFacets(filter: AssetFilter): AssetFilter {
  return { ...everythingFilter, briefId: filter.briefId, planId: filter.planId, batchId: filter.batchId };
}
