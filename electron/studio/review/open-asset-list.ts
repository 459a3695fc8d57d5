import type { OpenedList } from '../../contract/asset-list.ts';
import type { AssetFilter, AssetSort } from '../../contract/asset.ts';
import type { KeptView } from '../../library/index/asset-lists.ts';
import type { AssetRepository } from '../../library/repositories/asset-repository.ts';

/** Pictures on each side of the cursor whose content comes with the list: together a screen of small tiles. At the list's start all of them stand behind it. */
const NEAR = 30;

/** Answers a question with a list and with what of it is seen first. */
export function openAssetList(
  assets: Pick<AssetRepository, 'lists' | 'summaries'>,
  { filter, sort, keep }: { filter: AssetFilter; sort: AssetSort; keep: KeptView | null },
): OpenedList {
  const list = assets.lists.open(filter, sort, keep);
  const { active, window } = list;
  const first = Math.max(0, (active ?? 0) - window.start - NEAR);
  const near = window.assetIds.slice(first, first + 2 * NEAR).filter((id) => id !== null);
  return { ...list, summaries: assets.summaries(near, filter.judgedAgainst) };
}
