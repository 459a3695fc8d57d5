import type { Asset, AssetFilter } from '../../../electron/contract/asset.ts';

/** Whether a filter lets an asset through. */
export function isWanted(asset: Asset, filter: AssetFilter): boolean {
  return (
    among(filter.statuses, asset.status) &&
    among(filter.flags, asset.flag) &&
    asset.stars >= filter.minStars &&
    among(filter.origins, asset.origin) &&
    among(filter.media, asset.medium) &&
    (filter.formatIds.length === 0 || (asset.formatId !== null && filter.formatIds.includes(asset.formatId))) &&
    (filter.compliance === 'any' || asset.compliant === (filter.compliance === 'passed')) &&
    asset.headline.toLowerCase().includes(filter.text.toLowerCase()) &&
    (filter.batchId === null || (asset.origin === 'made' && filter.batchId === asset.batchId)) &&
    (filter.planId === null || (asset.origin === 'made' && filter.planId === asset.planId)) &&
    (filter.briefId ?? asset.briefId) === asset.briefId
  );
}

/** An empty facet means any. */
function among<Value>(values: readonly Value[], value: Value): boolean {
  return values.length === 0 || values.includes(value);
}
