import { deliverySchema } from '../../contract/delivery.ts';
import type { Delivery } from '../../contract/delivery.ts';
import { deliveryIdSchema } from '../../contract/identifiers.ts';
import type { AssetId } from '../../contract/identifiers.ts';
import type { RepositoryContext } from './repository-context.ts';

export type NewDelivery = Omit<Delivery, 'id' | 'createdAtMs'> & { readonly assetIds: readonly AssetId[] };

export type DeliveryRepository = {
  /** Newest first. */
  list(): Delivery[];
  add(delivery: NewDelivery): Delivery;
};

const selectDeliveries =
  'SELECT id, name, folder_name AS folderName, files, bytes, created_at_ms AS createdAtMs FROM deliveries';

export function createDeliveryRepository({ database, clock, newId }: RepositoryContext): DeliveryRepository {
  return {
    list: () => database.all(deliverySchema, `${selectDeliveries} ORDER BY sequence DESC`),
    add: ({ name, folderName, files, bytes, assetIds }) =>
      database.write(() => {
        const delivery: Delivery = {
          id: deliveryIdSchema.parse(newId()),
          name,
          folderName,
          files,
          bytes,
          createdAtMs: clock.nowMs(),
        };
        database.run(
          'INSERT INTO deliveries (id, name, folder_name, files, bytes, asset_ids, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)',
          delivery.id,
          name,
          folderName,
          files,
          bytes,
          JSON.stringify(assetIds),
          delivery.createdAtMs,
        );
        database.note('delivery.made', [delivery.id]);
        return delivery;
      }),
  };
}
