import { implement } from '@orpc/server';
import type { BinItem } from '../../../electron/contract/bin.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { StubLibrary } from './stub-library.ts';
import type { Tell } from './stub-events.ts';

export function createBinHandlers(library: StubLibrary, tell: Tell) {
  const os = implement(studioContract).bin;
  const briefName = (id: string | null) =>
    [...library.briefs.values()].find((brief) => brief.id === id)?.fields.name ?? '';
  const items = () =>
    [...library.binned].toReversed().flatMap((id): BinItem[] => {
      const asset = [...library.assets.values()].find((candidate) => candidate.id === id);
      if (asset) {
        return [
          {
            kind: 'asset',
            id: asset.id,
            title: asset.headline,
            briefId: asset.briefId,
            briefName: asset.briefId && briefName(asset.briefId),
            binnedAtMs: Date.now(),
            medium: asset.medium,
            thumbnail: asset.thumbnails?.small ?? (asset.medium === 'picture' ? asset.hash : null),
          },
        ];
      }
      const entry = library.deliverables.get(id);
      if (!entry) return [];
      const { content } = entry;
      const title =
        content.kind === 'concept'
          ? content.concept.title
          : content.kind === 'gap'
            ? content.gap.title
            : content.persona.name;
      return [
        {
          kind: 'deliverable',
          id: entry.id,
          title,
          briefId: entry.briefId,
          briefName: briefName(entry.briefId),
          binnedAtMs: Date.now(),
          what: content.kind,
          inUse: false,
        },
      ];
    });
  const idsOf = (kind: BinItem['kind']) =>
    items()
      .filter((item) => item.kind === kind)
      .map(({ id }) => id);
  const content = () => ({
    assets: idsOf('asset').length,
    deliverables: idsOf('deliverable').length,
    bytes: idsOf('asset').length * 2048,
  });
  return {
    content: os.content.handler(content),
    list: os.list.handler(({ input }) => items().slice(input.offset, input.offset + input.limit)),
    restoreAll: os.restoreAll.handler(() => {
      const [assets, deliverables] = [idsOf('asset'), idsOf('deliverable')];
      library.binned.clear();
      tell('asset.restored', assets);
      tell('deliverable.restored', deliverables);
      return { restored: assets.length + deliverables.length };
    }),
    empty: os.empty.handler(() => {
      const emptied = { ...content(), objects: content().assets };
      const [assets, deliverables] = [idsOf('asset'), idsOf('deliverable')];
      for (const asset of library.assets.values()) if (library.binned.has(asset.id)) library.assets.delete(asset.id);
      for (const id of deliverables) library.deliverables.delete(id);
      library.binned.clear();
      tell('asset.deleted', assets);
      tell('deliverable.deleted', deliverables);
      return emptied;
    }),
  };
}
