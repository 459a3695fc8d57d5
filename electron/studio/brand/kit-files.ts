import type { BrandKit, BrandVersion } from '../../contract/brand.ts';
import { MAX_KIT_FILE_BYTES } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import { listKitFiles } from '../../domain/brand/parse-kit.ts';
import type { Library } from '../../library/library.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { openKitFiles } from './open-kit-files.ts';

/** Where files of kits are kept, and what opens them first. */
export type KitStore = { readonly library: Library; readonly reader: Pick<FileReader, 'openKitFile'> };

/** Bytes by the name that the kit uses. */
export type KitUploads = ReadonlyMap<string, Uint8Array>;

/** Brings the uploads of a call into memory. Names that the kit does not use are passed over by `storeKitFiles`. */
export async function readUploads(
  files: readonly { readonly name: string; readonly content: File }[],
): Promise<KitUploads> {
  return new Map(
    await Promise.all(
      files.map(async ({ name, content }) => [name, new Uint8Array(await content.arrayBuffer())] as const),
    ),
  );
}

/**
 * Makes every file that the kit names durable and returns their hashes. `carried` are the files of an earlier version.
 * @throws brand.fileMissing naming the field that asks for it, brand.invalid for what is no font or picture
 */
export async function storeKitFiles(
  { library, reader }: KitStore,
  kit: BrandKit,
  uploads: KitUploads,
  carried: BrandVersion['files'] = {},
): Promise<Record<string, ObjectHash>> {
  const files = new Map<string, Uint8Array>();
  for (const { file, field } of listKitFiles(kit)) {
    const bytes = uploads.get(file);
    const hash = carried[file];
    if (bytes) assertSize(bytes, file, field);
    else if (hash === undefined)
      throw new StudioError(
        'brand.fileMissing',
        `The brand kit names "${file}" in ${field}, but no such file came with it.`,
        { file, field },
      );
    files.set(file, bytes ?? (hash === undefined ? new Uint8Array() : await library.store.read(hash)));
  }
  const hashes: Record<string, ObjectHash> = {};
  for (const [file, bytes] of await openKitFiles(reader, kit, files)) hashes[file] = await library.store.put(bytes);
  return hashes;
}

/** The bytes of a frozen version's files. @throws library.objectMissing */
export async function loadKitFiles(library: Library, files: Readonly<Record<string, ObjectHash>>): Promise<KitUploads> {
  return new Map(
    await Promise.all(
      Object.entries(files).map(async ([name, hash]) => [name, await library.store.read(hash)] as const),
    ),
  );
}

function assertSize(bytes: Uint8Array, file: string, field: string): void {
  if (bytes.length <= MAX_KIT_FILE_BYTES) return;
  const reason = `the file has ${Math.ceil(bytes.length / 1024 ** 2)} MiB`;
  const expected = `at most ${MAX_KIT_FILE_BYTES / 1024 ** 2} MiB`;
  throw new StudioError('brand.invalid', `${file} (${field}): ${reason}. Expected ${expected}.`, {
    file,
    field,
    reason,
    expected,
  });
}
