import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Manifest } from '../../../contract/delivery.ts';
import { manifestSchema } from '../../../contract/delivery.ts';
import { StudioError } from '../../../contract/errors.ts';
import { writeContactHtml } from './contact-html.ts';
import { drawContactSheet } from './contact-sheet.ts';
import { copyObject, syncFolder, writeDurably } from './copy-object.ts';
import type { DeliveryItem, NameFormat } from './delivery-item.ts';
import { describeFile, nameFiles } from './delivery-item.ts';
import { makeThumbs } from './make-thumbs.ts';

export type DeliveryInput = {
  /** The folder to make, absolute. It appears whole or not at all. */
  readonly folder: string;
  /** Whether a folder of that name may be replaced. Files in it that are not of an earlier export keep it from being replaced. */
  readonly replace: boolean;
  readonly name: string;
  readonly items: readonly DeliveryItem[];
  readonly brands: Manifest['brands'];
  /** A font for the labels of the contact sheet: TrueType, OpenType or WOFF. A brand's body face serves well; null leaves the sheet without words. */
  readonly labelFont: Uint8Array | null;
  readonly nameFormat: NameFormat;
  readonly createdAtMs: number;
  /** Told apart from other exports that run at the same time. */
  readonly uniqueSuffix: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
};

export type WrittenDelivery = { readonly files: number; readonly bytes: number; readonly manifest: Manifest };

const MANIFEST = 'manifest.json';

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Replacing throws away what is there, so only a folder that an export made may be replaced. */
async function assertTarget(folder: string, replace: boolean): Promise<void> {
  if (!(await exists(folder))) return;
  const names = await readdir(folder).catch(() => null);
  const isReplaceable = replace && names !== null && (names.length === 0 || names.includes(MANIFEST));
  if (!isReplaceable)
    throw new StudioError('delivery.targetExists', `${basename(folder)} exists already.`, { name: basename(folder) });
}

async function toDiskFull(error: unknown, folder: string): Promise<unknown> {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  const space = await statfs(folder).catch(() => null);
  const freeBytes = space ? space.bavail * space.bsize : null;
  return new StudioError(
    'library.diskFull',
    'The disk has no room for the export.',
    { volume: dirname(folder), neededBytes: null, freeBytes },
    { cause: error },
  );
}

/** Puts the finished folder in its place; an old one goes aside first and comes back when that fails. */
async function moveIntoPlace(temporary: string, folder: string, aside: string): Promise<void> {
  const hadOld = await exists(folder);
  if (hadOld) await rename(folder, aside);
  try {
    await rename(temporary, folder);
  } catch (error) {
    if (hadOld) await rename(aside, folder);
    throw error;
  }
  await syncFolder(dirname(folder));
  if (hadOld) await rm(aside, { recursive: true, force: true });
}

async function fillFolder(temporary: string, input: DeliveryInput): Promise<WrittenDelivery> {
  const { items, onProgress, signal } = input;
  const names = nameFiles(items);
  let bytes = 0;
  for (const [index, { content }] of items.entries()) {
    signal?.throwIfAborted();
    bytes += await copyObject(content.path, join(temporary, names[index] ?? ''), content.hash);
    onProgress?.(index + 1, items.length);
  }
  const files = items.map((item, index) => describeFile(item, names[index] ?? ''));
  // Read back through the published schema: a manifest that nobody can read must not leave the studio.
  const manifest = manifestSchema.parse({
    format: 'housestyle-export',
    version: 1,
    name: input.name,
    createdAtMs: input.createdAtMs,
    brands: input.brands,
    files,
  });
  const thumbs = await makeThumbs(items, signal);
  signal?.throwIfAborted();
  const extras: readonly (readonly [string, Uint8Array])[] = [
    ['contact-sheet.png', await drawContactSheet(manifest, thumbs, input.labelFont, input.nameFormat)],
    ['contact-sheet.html', new TextEncoder().encode(await writeContactHtml(manifest, thumbs, input.nameFormat))],
    [MANIFEST, new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)],
  ];
  for (const [name, content] of extras) {
    await writeDurably(join(temporary, name), content);
    bytes += content.length;
  }
  await syncFolder(temporary);
  return { files: items.length, bytes, manifest };
}

/**
 * Writes an export: the files under readable names, `manifest.json`, `contact-sheet.png` and `contact-sheet.html`. Everything is written and made durable beside
 * the target first, so the folder is there whole or not at all, after any failure and after a cut of the power.
 * Throws `delivery.empty`, `delivery.targetExists`, `library.objectMissing`, `library.diskFull`, or the signal's reason.
 */
export async function writeDelivery(input: DeliveryInput): Promise<WrittenDelivery> {
  const folder = resolve(input.folder);
  if (input.items.length === 0)
    throw new StudioError('delivery.empty', 'There is nothing to export.', { filter: input.name });
  await assertTarget(folder, input.replace);
  const besides = (kind: string) => join(dirname(folder), `.${basename(folder)}.${kind}-${input.uniqueSuffix}`);
  const temporary = besides('writing');
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(temporary);
    const written = await fillFolder(temporary, input);
    input.signal?.throwIfAborted();
    await assertTarget(folder, input.replace);
    await moveIntoPlace(temporary, folder, besides('old'));
    return written;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw await toDiskFull(error, folder);
  }
}
