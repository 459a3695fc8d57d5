import { basename, join } from 'node:path';
import type { BrandVersion } from '../../contract/brand.ts';
import type { AssetFilter } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import type { JobInput } from '../../contract/job.ts';
import type { Clock } from '../../library/database/clock.ts';
import { libraryPaths } from '../../library/folder/library-folder.ts';
import type { Library } from '../../library/library.ts';
import { objectPath } from '../../library/objects/object-store.ts';
import type { NewDelivery } from '../../library/repositories/delivery-repository.ts';
import { toSlug } from './files/delivery-item.ts';
import type { DeliveryItem } from './files/delivery-item.ts';
import { writeDelivery } from './files/write-delivery.ts';
import type { JobCall } from '../jobs/job-kind.ts';

export type WrittenDelivery = NewDelivery;
export type DeliveryWriter = (input: JobInput<'delivery.write'>, call: JobCall) => Promise<WrittenDelivery>;

export type DeliveryWriterUses = {
  readonly library: Library;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Each export makes its own folder in here. */
  readonly exportsFolder: string;
};

/**
 * Writes what fits a filter into a new folder, which is there whole or not at all.
 * @throws delivery.empty, delivery.targetExists, library.objectMissing, library.diskFull
 */
export function createDeliveryWriter({ library, clock, newId, exportsFolder }: DeliveryWriterUses): DeliveryWriter {
  return async ({ name, filter, target }, { signal, onProgress }) => {
    const items = listItems(library, filter);
    const brands = listBrands(library, items);
    if (items.length === 0)
      throw new StudioError('delivery.empty', 'No picture fits what is to be exported.', {
        filter: JSON.stringify(filter),
      });
    onProgress({ done: 0, total: items.length, unit: 'files' });
    const folder = target?.folder ?? join(exportsFolder, toSlug(name) || 'export');
    const { files, bytes } = await writeDelivery({
      folder,
      name,
      items,
      signal,
      replace: target?.replace ?? false,
      brands: brands.map(({ id, number, kit }) => ({ brandVersionId: id, name: kit.name, number })),
      nameFormat: (id) => library.formats.get(id).name,
      labelFont: await readLabelFont(library, brands[0]),
      createdAtMs: clock.nowMs(),
      uniqueSuffix: newId(),
      onProgress: (done, total) => onProgress({ done, total, unit: 'files' }),
    });
    return { name, folderName: basename(folder), files, bytes, assetIds: items.map(({ asset }) => asset.id) };
  };
}

function listItems(library: Library, filter: AssetFilter): DeliveryItem[] {
  const paths = libraryPaths(library.folder);
  return library.assets.ids(filter, 'oldest').map((assetId) => {
    const asset = library.assets.get(assetId, filter.judgedAgainst);
    const path = objectPath(paths, asset.hash);
    const hash = asset.origin === 'made' ? asset.hash : asset.source.sha256;
    return { asset, path, content: { path: objectPath(paths, hash), hash } };
  });
}

function listBrands(library: Library, items: readonly DeliveryItem[]): BrandVersion[] {
  const made = items.flatMap(({ asset }) => (asset.origin === 'made' ? asset.brandVersionId : []));
  const judged = items.flatMap(({ asset }) => (asset.origin === 'made' ? asset.report.brandVersionId : []));
  return [...new Set([...made, ...judged])].map((id) => library.brands.version(id));
}

/** The contact sheet is labelled in the brand's own body face, and of imported files alone in that of any brand; null where the library has none. */
async function readLabelFont(library: Library, own: BrandVersion | undefined): Promise<Uint8Array | null> {
  const version = own ?? library.brands.list()[0]?.latest;
  if (version === undefined) return null;
  const { kit, files } = version;
  const { file } = kit.type.body;
  const hash = files[file];
  if (hash === undefined)
    throw new StudioError('brand.fileMissing', `The brand version has no file "${file}".`, {
      file,
      field: 'type.body.file',
    });
  return library.store.read(hash);
}
