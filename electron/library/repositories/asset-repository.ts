import type { Asset, AssetFilter, AssetSort, AssetSummary } from '../../contract/asset.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import type { AssetId, BrandVersionId } from '../../contract/identifiers.ts';

export type AssetCounts = {
  readonly total: number;
  readonly unreviewed: number;
  readonly approved: number;
  readonly rejected: number;
  readonly redo: number;
  readonly picks: number;
  readonly compliant: number;
};

/** Binned assets are invisible to everything here but `get` and `restore`. */
export type AssetRepository = {
  /** All matching ids in order. 'newest' and 'oldest' follow the order of commits, not the clock. */
  ids(filter: AssetFilter, sort: AssetSort): AssetId[];
  /** In the order asked; ids that are gone are left out. */
  summaries(assetIds: readonly AssetId[]): AssetSummary[];
  /** With recipe, newest report and verdicts (oldest first). @throws asset.notFound */
  get(assetId: AssetId): Asset;
  counts(filter: AssetFilter): AssetCounts;
  /** @returns how many were not in the bin before; unknown ids are passed over. */
  bin(assetIds: readonly AssetId[]): number;
  restore(assetIds: readonly AssetId[]): number;
  /** Adds a report, for example against a newer brand version; earlier ones stay. The summary follows the newest. @throws asset.notFound */
  addReport(assetId: AssetId, report: ComplianceReport): AssetSummary;
  /** Every report, oldest first. @throws asset.notFound */
  reports(assetId: AssetId): ComplianceReport[];
  /** Assets under a brand version, for scoring them again. */
  idsOfBrandVersion(brandVersionId: BrandVersionId): AssetId[];
};
