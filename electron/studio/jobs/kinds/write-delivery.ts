import type { Library } from '../../../library/library.ts';
import type { DeliveryWriter, WrittenDelivery } from '../../delivery/write-export.ts';
import { defineJobKind } from '../job-kind.ts';

export type WriteDeliveryUses = {
  readonly library: Pick<Library, 'deliveries'>;
  readonly writeExport: DeliveryWriter;
  readonly onAdded: (deliveryId: string) => void;
};

/** A folder with what fits the filter, which is there whole or not at all. */
export function createWriteDelivery({ library, writeExport, onAdded }: WriteDeliveryUses) {
  return defineJobKind<'delivery.write', WrittenDelivery>({
    name: 'delivery.write',
    resource: 'disk',
    interrupt: 'atOnce',
    work: ({ input }, call) => writeExport(input, call),
    commit: (written) => library.deliveries.add(written),
    onCommitted: (_written, { id }) => onAdded(id),
  });
}
