import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestSchema } from '../../contract/delivery.ts';
import type { Delivery } from '../../contract/delivery.ts';
import { StudioError } from '../../contract/errors.ts';
import type { DeliveryId } from '../../contract/identifiers.ts';
import type { Connection } from '../people/caller.ts';
import type { StudioContext } from '../system/studio-context.ts';

const heading = manifestSchema.pick({ name: true });

/** An export and the folder that holds it; null where it was written elsewhere, moved or thrown away. @throws delivery.notFound */
export async function findDelivery(
  { library, exportsFolder }: Pick<StudioContext, 'library' | 'exportsFolder'>,
  deliveryId: DeliveryId,
): Promise<{ delivery: Delivery; folder: string | null }> {
  const delivery = library.deliveries.list().find(({ id }) => id === deliveryId);
  if (delivery === undefined)
    throw new StudioError('delivery.notFound', 'There is no such export.', { id: deliveryId });
  const folder = join(exportsFolder, delivery.folderName);
  // Another export may have taken the name of one that was written elsewhere.
  return { delivery, folder: (await readName(folder)) === delivery.name ? folder : null };
}

/** Where an export lies, for who sits at this machine; paths are nobody else's business. @throws delivery.notFound */
export async function locateDelivery(
  context: Pick<StudioContext, 'library' | 'exportsFolder'>,
  deliveryId: DeliveryId,
  { sharesMachine = false }: Connection,
): Promise<{ path: string | null; isThere: boolean }> {
  const { folder } = await findDelivery(context, deliveryId);
  return { path: sharesMachine ? folder : null, isThere: folder !== null };
}

async function readName(folder: string): Promise<string | null> {
  try {
    return heading.strip().parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).name;
  } catch {
    // Without a manifest that can be read there is no export here, whatever else there is.
    return null;
  }
}
