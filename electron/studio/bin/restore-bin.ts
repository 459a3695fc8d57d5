import type { StudioContext } from '../studio-context.ts';

/** Puts back everything that lies in the bin. @returns how many things that were. */
export function restoreBin({ library, feed }: StudioContext): number {
  const { assetIds, deliverableIds } = library.bin.ids();
  const restored = library.deliverables.restore(deliverableIds) + library.assets.restore(assetIds);
  if (assetIds.length > 0) feed.publish('asset', 'added', assetIds);
  if (deliverableIds.length > 0) feed.publish('deliverable', 'added', deliverableIds);
  return restored;
}
