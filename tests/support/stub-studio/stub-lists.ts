import { implement } from '@orpc/server';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { assetListIdSchema } from '../../../electron/contract/identifiers.ts';
import type { AssetFilter, AssetSort, AssetSummary } from '../../../electron/contract/asset.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { StubLibrary } from './stub-library.ts';

/** As small as the windows that a test wants to see loaded one by one. */
const FIRST_WINDOW = 240;
/** Few enough that a screen holds some that did not come with the list. */
const NEAR = 10;

/** Lists that keep their order, as the library's; `namesPaceMs` is how long names take to come. */
export function createListHandlers(
  library: StubLibrary,
  pace: { readonly namesPaceMs: number },
  summary: (assetId: AssetId) => AssetSummary[],
) {
  const os = implement(studioContract).assetList;
  const { lists } = library;
  const answer = (filter: AssetFilter, sort: AssetSort) => library.filterAssets(filter, sort).map(({ id }) => id);
  return {
    open: os.open.handler(({ input: { filter, sort, keep } }) => {
      const ids = answer(filter, sort);
      const listId = assetListIdSchema.parse(library.newId());
      lists.set(listId, { filter, sort, ids });
      const before = keep?.listId ? lists.get(keep.listId)?.ids : undefined;
      const name = keep?.activeId ?? before?.[keep?.active ?? -1];
      const found = name === undefined ? -1 : ids.indexOf(name);
      const follower = before?.slice(keep?.active ?? 0).find((id) => ids.includes(id));
      const place = before === undefined ? (keep?.active ?? 0) : follower === undefined ? 0 : ids.indexOf(follower);
      const landed = found >= 0 ? found : Math.max(0, Math.min(place, ids.length - 1));
      const active = ids.length === 0 ? null : landed;
      const kept = new Set((keep?.selected ?? []).flatMap(([from, to]) => before?.slice(from, to) ?? []));
      const selected = ids.flatMap((id, at): [number, number][] => (kept.has(id) ? [[at, at + 1]] : []));
      const start = active === null ? 0 : Math.max(0, Math.min(active - FIRST_WINDOW / 2, ids.length - FIRST_WINDOW));
      const window = { start, assetIds: ids.slice(start, start + FIRST_WINDOW) };
      const summaries = ids.slice(Math.max(0, landed - NEAR), landed + NEAR).flatMap(summary);
      return { listId, count: ids.length, active, isKept: found >= 0, selected, window, summaries };
    }),
    names: os.names.handler(async ({ input, errors }) => {
      const list = lists.get(input.listId);
      if (list === undefined) throw errors['assetList.notFound']({ data: { id: input.listId } });
      await new Promise((resolve) => setTimeout(resolve, pace.namesPaceMs));
      return list.ids.slice(input.start, input.start + input.count);
    }),
    locate: os.locate.handler(({ input, errors }) => {
      const list = lists.get(input.listId);
      if (list === undefined) throw errors['assetList.notFound']({ data: { id: input.listId } });
      return input.assetIds.map((id) => (list.ids.includes(id) ? list.ids.indexOf(id) : null));
    }),
    follow: os.follow.handler(({ input, errors }) => {
      const list = lists.get(input.listId);
      if (list === undefined) throw errors['assetList.notFound']({ data: { id: input.listId } });
      const fresh = answer(list.filter, list.sort);
      const matching = new Set(fresh);
      const known = new Set(list.ids);
      const leaving = list.ids.filter((id) => !matching.has(id) && !library.binned.has(id)).length;
      list.ids.push(...fresh.filter((id) => !known.has(id)));
      return { count: list.ids.length, leaving };
    }),
  };
}
