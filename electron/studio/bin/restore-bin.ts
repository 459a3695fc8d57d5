import type { BinnedIds } from '../../library/repositories/bin-repository.ts';
import type { StudioContext } from '../system/studio-context.ts';

/** Puts back everything that lies in the bin. @returns how many things that were. */
export function restoreBin(context: StudioContext): number {
  return putBack(context, context.library.bin.ids());
}

/** @returns how many things were put back; what does not lie in the bin is not counted. */
export function putBack({ library }: StudioContext, { assetIds, deliverableIds }: BinnedIds): number {
  return library.deliverables.restore(deliverableIds) + library.assets.restore(assetIds);
}
