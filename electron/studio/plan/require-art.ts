import { StudioError } from '../../contract/errors.ts';
import type { AssetId, ObjectHash } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

/** What lies under the type and logo of a picture of the library. @throws asset.notFound, and library.unsupportedFile where it was not kept */
export function requireArt(library: Pick<Library, 'assets'>, assetId: AssetId): ObjectHash {
  const hash = library.assets.art(assetId);
  if (hash === null) throw refuseWithoutArt(library, assetId);
  return hash;
}

/** Pictures of the first versions came without what can be set or judged anew. */
export function refuseWithoutArt({ assets }: Pick<Library, 'assets'>, assetId: AssetId): StudioError {
  return new StudioError(
    'library.unsupportedFile',
    'This picture was made before the studio kept what lies under type and logo. Make another take of its cell.',
    {
      name: assets.get(assetId).headline,
      reason: 'the picture under its type and logo was not kept; make another take instead',
    },
  );
}
