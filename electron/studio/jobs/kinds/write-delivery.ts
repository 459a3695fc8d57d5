import type { Library } from '../../../library/library.ts';
import type { DeliveryWriter, WrittenDelivery } from '../../deliver/write-export.ts';
import { defineJobKind } from '../job-kind.ts';

export type WriteDeliveryUses = {
  readonly library: Pick<Library, 'deliveries'>;
  readonly writeExport: DeliveryWriter;
};

/** A folder with what fits the filter, which is there whole or not at all. */
export function createWriteDelivery({ library, writeExport }: WriteDeliveryUses) {
  return defineJobKind<'delivery.write', WrittenDelivery>({
    name: 'delivery.write',
    resource: 'disk',
    interrupt: 'atOnce',
    work: ({ input }, call) => writeExport(input, call),
    commit: (written) => library.deliveries.add(written),
  });
}
