import type { BrandDraft, BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import type { BrandId, BrandVersionId } from '../../contract/identifiers.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { takeTurn } from './draft-line.ts';
import { storeKitFiles } from './kit-files.ts';
import type { KitUploads } from './kit-files.ts';

export type DraftInput = { readonly brandId: BrandId; readonly basedOn: BrandVersionId; readonly kit: BrandKit };

/**
 * Keeps what is being edited. Its kit may contradict itself, which only freezing refuses; its files must be readable.
 * @throws brand.notFound, brand.invalid, brand.fileMissing
 */
export async function saveBrandDraft(
  { library, reader }: StudioContext,
  { brandId, basedOn, kit }: DraftInput,
  uploads: KitUploads | Promise<KitUploads>,
): Promise<BrandDraft> {
  // Uploads that break while others have their turn are told when it is this one's.
  Promise.resolve(uploads).catch(() => undefined);
  return takeTurn(library, brandId, async () => {
    const version = library.brands.version(basedOn);
    if (version.brandId !== brandId)
      throw new StudioError('brand.notFound', 'This brand has no such version.', { id: basedOn });
    const carried = { ...version.files, ...library.brandDrafts.get(brandId)?.files };
    const files = await storeKitFiles({ library, reader }, kit, await uploads, carried);
    return library.brandDrafts.save(brandId, basedOn, { kit, files });
  });
}

/** After drafts that are being kept, so that none of them comes back. @throws brand.notFound */
export function discardBrandDraft(context: StudioContext, brandId: BrandId): Promise<{ discarded: boolean }> {
  return takeTurn(context.library, brandId, async () => dropDraft(context, brandId));
}

/** For whoever has the turn. @throws brand.notFound */
export function dropDraft({ library }: StudioContext, brandId: BrandId): { discarded: boolean } {
  return { discarded: library.brandDrafts.discard(brandId) };
}

/** The files that an edit may name without bringing them: those of its draft, then of all frozen versions, newest first. @throws brand.notFound */
export function listHeldFiles({ library }: StudioContext, brandId: BrandId): BrandDraft['files'] {
  const versions = library.brands.versions(brandId).map(({ files }) => files);
  return Object.assign({}, ...versions.toReversed(), library.brandDrafts.get(brandId)?.files);
}
