import type { z } from 'zod';
import type { AssetFilter } from '../../contract/asset.ts';
import type { deliveryEventSchema } from '../../contract/delivery.ts';
import { StudioError } from '../../contract/errors.ts';
import { streamWork } from '../stream-work.ts';
import type { StudioContext } from '../studio-context.ts';

export type DeliveryEvent = z.infer<typeof deliveryEventSchema>;

export type ExportInput = {
  readonly name: string;
  readonly filter: AssetFilter;
  /** Default: a folder of that name among the library's exports. */
  readonly target?: { readonly folder: string; readonly replace: boolean };
};

/** @throws delivery.empty, delivery.targetExists, library.diskFull */
export function exportDelivery({ library }: StudioContext, { filter }: ExportInput, signal: AbortSignal | undefined): AsyncGenerator<DeliveryEvent, void, void> {
  return streamWork<DeliveryEvent>(signal, async () => {
    const assetIds = library.assets.ids(filter, 'oldest');
    if (assetIds.length === 0) throw new StudioError('delivery.empty', 'No picture fits what is to be exported.', { filter: JSON.stringify(filter) });
    await Promise.resolve();
    throw new Error('not wired yet');
  });
}
