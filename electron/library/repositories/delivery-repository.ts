import type { Delivery } from '../../contract/delivery.ts';
import type { AssetId } from '../../contract/identifiers.ts';

export type NewDelivery = Omit<Delivery, 'id' | 'createdAtMs'> & { readonly assetIds: readonly AssetId[] };

export type DeliveryRepository = {
  /** Newest first. */
  list(): Delivery[];
  add(delivery: NewDelivery): Delivery;
};
