import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { AssetFilter } from '../../contract/asset.ts';
import type { BrandVersion } from '../../contract/brand.ts';
import type { Delivery, deliveryEventSchema } from '../../contract/delivery.ts';
import { StudioError } from '../../contract/errors.ts';
import { libraryPaths } from '../../library/library-folder.ts';
import type { Library } from '../../library/library.ts';
import { objectPath } from '../../library/object-store.ts';
import { toSlug } from '../delivery-files/delivery-item.ts';
import type { DeliveryItem } from '../delivery-files/delivery-item.ts';
import { writeDelivery } from '../delivery-files/write-delivery.ts';
import { streamWork } from '../stream-work.ts';
import type { Emit } from '../stream-work.ts';
import type { StudioContext } from '../studio-context.ts';

export type DeliveryEvent = z.infer<typeof deliveryEventSchema>;

export type ExportInput = {
  readonly name: string;
  readonly filter: AssetFilter;
  /** Default: a folder of that name among the library's exports. */
  readonly target?: { readonly folder: string; readonly replace: boolean };
};

/**
 * Writes what fits the filter into a new folder, which is there whole or not at all.
 * @throws delivery.empty, delivery.targetExists, library.objectMissing, library.diskFull
 */
export function exportDelivery(
  context: StudioContext,
  input: ExportInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<DeliveryEvent, void, void> {
  return streamWork<DeliveryEvent>(signal, async (emit, ownSignal) => {
    emit({ type: 'done', delivery: await writeExport(context, input, emit, ownSignal) });
  });
}

async function writeExport(
  { library, clock, newId, feed, exportsFolder }: StudioContext,
  { name, filter, target }: ExportInput,
  emit: Emit<DeliveryEvent>,
  signal: AbortSignal,
): Promise<Delivery> {
  const items = listItems(library, filter);
  const brands = listBrands(library, items);
  const [first] = brands;
  if (first === undefined)
    throw new StudioError('delivery.empty', 'No picture fits what is to be exported.', {
      filter: JSON.stringify(filter),
    });
  emit({ type: 'progress', done: 0, total: items.length });
  const folder = target?.folder ?? join(exportsFolder, toSlug(name) || 'export');
  const { files, bytes } = await writeDelivery({
    folder,
    name,
    items,
    signal,
    replace: target?.replace ?? false,
    brands: brands.map(({ id, number, kit }) => ({ brandVersionId: id, name: kit.name, number })),
    labelFont: await readLabelFont(library, first),
    createdAtMs: clock.nowMs(),
    uniqueSuffix: newId(),
    onProgress: (done, total) => emit({ type: 'progress', done, total }),
  });
  const delivery = library.deliveries.add({
    name,
    folderName: basename(folder),
    files,
    bytes,
    assetIds: items.map(({ asset }) => asset.id),
  });
  feed.publish('delivery', 'added', [delivery.id]);
  return delivery;
}

function listItems(library: Library, filter: AssetFilter): DeliveryItem[] {
  const paths = libraryPaths(library.folder);
  return library.assets.ids(filter, 'oldest').map((assetId) => {
    const asset = library.assets.get(assetId);
    return { asset, path: objectPath(paths, asset.hash) };
  });
}

function listBrands(library: Library, items: readonly DeliveryItem[]): BrandVersion[] {
  return [...new Set(items.map(({ asset }) => asset.brandVersionId))].map((id) => library.brands.version(id));
}

/** The contact sheet is labelled in the brand's own body face. */
async function readLabelFont(library: Library, { kit, files }: BrandVersion): Promise<Uint8Array> {
  const { file } = kit.type.body;
  const hash = files[file];
  if (hash === undefined)
    throw new StudioError('brand.fileMissing', `The brand version has no file "${file}".`, {
      file,
      field: 'type.body.file',
    });
  return library.store.read(hash);
}
