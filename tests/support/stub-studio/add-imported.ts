import { importedAssetSchema } from '../../../electron/contract/asset.ts';
import type { ImportedAsset } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { makeWav } from '../own-files.ts';
import type { StubLibrary } from './stub-library.ts';

export type NewImported = Pick<ImportedAsset, 'medium'> &
  Partial<ImportedAsset> & { readonly name: string; readonly mediaType: string };

/** A file of somebody's own, as a studio would hold it. */
export function addImported(library: StubLibrary, file: NewImported): AssetId {
  const { name, mediaType, ...rest } = file;
  const index = library.assets.size;
  const isPicture = file.medium === 'picture';
  const [width, height] = isPicture ? [1600, 1067] : [0, 0];
  const hash = library.pictures.add(index, width || 8, height || 8, name);
  if (file.medium === 'audio') library.sounds.set(hash, makeWav((file.durationMs ?? 1000) / 1000));
  const thumbnail = (edge: number) => library.pictures.add(index, edge, Math.round((edge * 2) / 3), name);
  const source = { fileName: name, mediaType, sizeBytes: 2_412_000, sha256: hash, by: 'owner', atMs: library.nowMs };
  const asset = importedAssetSchema.parse({
    id: library.newId(),
    origin: 'imported',
    hash,
    width,
    height,
    thumbnails: isPicture ? { small: thumbnail(160), medium: thumbnail(480), large: thumbnail(1280) } : null,
    formatId: null,
    locale: null,
    headline: name,
    durationMs: null,
    pages: null,
    flag: 'none',
    stars: 0,
    status: 'unreviewed',
    compliant: null,
    failedChecks: [],
    judgedBy: null,
    remake: null,
    wasRemade: false,
    createdAtMs: library.nowMs,
    briefId: null,
    source,
    excerpt: '',
    sizeBytes: source.sizeBytes,
    verdicts: [],
    standing: [],
    ...rest,
  });
  library.assets.set(asset.id, asset);
  return asset.id;
}
