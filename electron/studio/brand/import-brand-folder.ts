import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { MAX_KIT_FILE_BYTES } from '../../contract/brand.ts';
import type { BrandVersion } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import { listKitFiles, MAX_KIT_CHARACTERS, parseKit } from '../../domain/brand/parse-kit.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { importBrandOnce } from './import-brand.ts';
import type { KitUploads } from './kit-files.ts';
import { openKitFiles } from './open-kit-files.ts';

/**
 * Imports a kit from disk with the fonts and logos that stand beside it. The same kit twice stays one version.
 * @throws brand.invalid, brand.fileMissing
 */
export async function importBrandFolder(context: StudioContext, kitFile: string): Promise<BrandVersion> {
  const { name, bytes, files } = await readBrandFolder(kitFile, context.reader);
  return importBrandOnce(context, bytes, files, name);
}

export type BrandFolder = { readonly name: string; readonly bytes: Uint8Array; readonly files: KitUploads };

/**
 * Reads and checks a kit and its files without a library, down to whether its fonts and logos can be drawn. A folder stands for the brand.json in it.
 * @throws brand.invalid, brand.fileMissing
 */
export async function readBrandFolder(path: string, reader: Pick<FileReader, 'openKitFile'>): Promise<BrandFolder> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const kitFile = isFolder ? join(path, 'brand.json') : path;
  const name = basename(kitFile);
  const bytes = readLimited(kitFile, MAX_KIT_CHARACTERS * 4, name, '');
  const folder = realpathSync(dirname(kitFile));
  const files = new Map<string, Uint8Array>();
  const kit = parseKit(bytes, name);
  for (const { file, field } of listKitFiles(kit)) files.set(file, readInside(folder, file, field));
  return { name, bytes, files: await openKitFiles(reader, kit, files) };
}

/** A kit from a stranger must not reach outside of its folder, not by a link either. */
function readInside(folder: string, file: string, field: string): Uint8Array {
  const path = join(folder, file);
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    throw new StudioError(
      'brand.fileMissing',
      `The brand kit names "${file}" in ${field}, but there is no such file beside it.`,
      { file, field },
      { cause },
    );
  }
  if (!real.startsWith(folder + sep)) {
    throw new StudioError(
      'brand.invalid',
      `"${file}" in ${field} leads out of the kit's folder. Expected a file inside it.`,
      { file, field, reason: 'it leads out of the folder of the kit', expected: 'a file inside it' },
    );
  }
  return readLimited(real, MAX_KIT_FILE_BYTES, file, field);
}

function readLimited(path: string, limitBytes: number, file: string, field: string): Uint8Array {
  let sizeBytes: number;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('not a file');
    sizeBytes = stats.size;
  } catch (cause) {
    throw new StudioError('brand.fileMissing', `There is no file "${file}".`, { file, field }, { cause });
  }
  if (sizeBytes > limitBytes) {
    const reason = `the file has ${Math.ceil(sizeBytes / 1024 ** 2)} MiB`;
    throw new StudioError(
      'brand.invalid',
      `${file}: ${reason}. Expected at most ${Math.floor(limitBytes / 1024 ** 2)} MiB.`,
      { file, field, reason, expected: `at most ${Math.floor(limitBytes / 1024 ** 2)} MiB` },
    );
  }
  return readFileSync(path);
}
