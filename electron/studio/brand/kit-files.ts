import type { BrandKit, BrandVersion } from '../../contract/brand.ts';
import { MAX_KIT_FILE_BYTES } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import { listKitFiles } from '../../domain/brand/parse-kit.ts';
import type { Library } from '../../library/library.ts';

/** Bytes by the name that the kit uses. */
export type KitUploads = ReadonlyMap<string, Uint8Array>;

/** Brings the uploads of a call into memory. Names that the kit does not use are passed over by `storeKitFiles`. */
export async function readUploads(files: readonly { readonly name: string; readonly content: File }[]): Promise<KitUploads> {
  return new Map(await Promise.all(files.map(async ({ name, content }) => [name, new Uint8Array(await content.arrayBuffer())] as const)));
}

/**
 * Makes every file that the kit names durable and returns their hashes. `carried` are the files of an earlier version.
 * @throws brand.fileMissing naming the field that asks for it, brand.invalid for what is no font or picture
 */
export async function storeKitFiles(library: Library, kit: BrandKit, uploads: KitUploads, carried: BrandVersion['files'] = {}): Promise<Record<string, ObjectHash>> {
  const wanted = listKitFiles(kit);
  for (const { file, field } of wanted) {
    const bytes = uploads.get(file);
    if (bytes) assertKitFile(bytes, file, field);
    else if (carried[file] === undefined) {
      throw new StudioError('brand.fileMissing', `The brand kit names "${file}" in ${field}, but no such file came with it.`, { file, field });
    }
  }
  const hashes: Record<string, ObjectHash> = {};
  for (const { file } of wanted) {
    const bytes = uploads.get(file);
    const hash = bytes ? await library.store.put(bytes) : carried[file];
    if (hash !== undefined) hashes[file] = hash;
  }
  return hashes;
}

/** The bytes of a frozen version's files. @throws library.objectMissing */
export async function loadKitFiles(library: Library, files: Readonly<Record<string, ObjectHash>>): Promise<KitUploads> {
  return new Map(await Promise.all(Object.entries(files).map(async ([name, hash]) => [name, await library.store.read(hash)] as const)));
}

const FONT_MAGIC = ['00010000', '4f54544f', '74727565', '774f4646', '774f4632'];

function assertKitFile(bytes: Uint8Array, file: string, field: string): void {
  const refuse = (reason: string, expected: string): never => {
    throw new StudioError('brand.invalid', `${file} (${field}): ${reason}. Expected ${expected}.`, { file, field, reason, expected });
  };
  if (bytes.length === 0) refuse('the file is empty', 'a font or a logo');
  if (bytes.length > MAX_KIT_FILE_BYTES) refuse(`the file has ${Math.ceil(bytes.length / 1024 ** 2)} MiB`, `at most ${MAX_KIT_FILE_BYTES / 1024 ** 2} MiB`);
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  const isFont = FONT_MAGIC.includes(head.slice(0, 8));
  if (field.startsWith('type') && !isFont) refuse('this is not a font', 'a TrueType, OpenType or WOFF font');
  if (field.startsWith('logos')) {
    const isPng = head === '89504e470d0a1a0a';
    const isSvg = /<svg[\s>]/i.test(Buffer.from(bytes.subarray(0, 4096)).toString('utf8'));
    if (!isPng && !isSvg) refuse('this is neither an SVG nor a PNG', 'a logo as SVG or PNG');
  }
}
