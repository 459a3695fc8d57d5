import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BrandKit, BrandVersion } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import { objectHashSchema } from '../../contract/identifiers.ts';
import type { BrandId } from '../../contract/identifiers.ts';
import { assertKit, parseKit } from '../../domain/brand/parse-kit.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { dropDraft, listHeldFiles } from './brand-draft.ts';
import { takeTurn } from './draft-line.ts';
import { loadKitFiles, storeKitFiles } from './kit-files.ts';
import type { KitUploads } from './kit-files.ts';
import { openKitFiles } from './open-kit-files.ts';

/** Name that errors give to a kit that came from no file. */
const UNNAMED_FILE = 'brand.json';

/** Adds a brand with its first version. @throws brand.invalid, brand.fileMissing */
export async function importBrand(
  { library, reader }: StudioContext,
  kitText: string | Uint8Array,
  uploads: KitUploads,
  file = UNNAMED_FILE,
): Promise<BrandVersion> {
  const kit = parseKit(kitText, file);
  return library.brands.create({ kit, files: await storeKitFiles({ library, reader }, kit, uploads) });
}

/** Like `importBrand`, but a brand of that name is used again: as it is when nothing changed, else with a new version. */
export async function importBrandOnce(
  context: StudioContext,
  kitText: string | Uint8Array,
  uploads: KitUploads,
  file = UNNAMED_FILE,
): Promise<BrandVersion> {
  const kit = parseKit(kitText, file);
  const existing = context.library.brands.list().find(({ name }) => name === kit.name);
  if (!existing) return importBrand(context, kitText, uploads, file);
  const files = await storeKitFiles(context, kit, uploads);
  const { latest } = existing;
  if (isDeepStrictEqual(latest.kit, kit) && isDeepStrictEqual(await listPlainHashes(context, latest), files))
    return latest;
  return context.library.brands.addVersion(existing.id, { kit, files });
}

/** What the files of a version are called once a reader has made them anew: an earlier program kept them as they came, and they are the same files all the same. */
async function listPlainHashes(
  { library, reader }: StudioContext,
  { kit, files }: BrandVersion,
): Promise<BrandVersion['files']> {
  const opened = await openKitFiles(reader, kit, await loadKitFiles(library, files));
  return Object.fromEntries(
    [...opened].map(([name, bytes]) => [
      name,
      objectHashSchema.parse(createHash('sha256').update(bytes).digest('hex')),
    ]),
  );
}

/** Freezes an edited kit as the next version. Files that it still names are carried over. @throws brand.notFound, brand.invalid, brand.fileMissing */
export async function saveBrandVersion(
  context: StudioContext,
  brandId: BrandId,
  kit: BrandKit,
  uploads: KitUploads,
): Promise<BrandVersion> {
  assertKit(kit, UNNAMED_FILE);
  return takeTurn(context.library, brandId, async () => {
    const files = await storeKitFiles(context, kit, uploads, listHeldFiles(context, brandId));
    const version = context.library.brands.addVersion(brandId, { kit, files });
    dropDraft(context, brandId);
    return version;
  });
}

/** @throws brand.notFound */
export function latestVersion({ library }: StudioContext, brandId: BrandId): BrandVersion {
  const [latest] = library.brands.versions(brandId);
  if (!latest) throw new StudioError('brand.notFound', 'There is no such brand in this library.', { id: brandId });
  return latest;
}
