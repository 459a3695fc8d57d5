import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ObjectHash } from '../../contract/identifiers.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import type { PictureUse } from '../../readers/open-picture.ts';
import type { StudioContext } from '../system/studio-context.ts';

const MAX_BYTES = 200 * 1024 * 1024;

export type SourceFiles = { readonly picture: string; readonly mask: string | null; readonly strength: number };

/** Puts a picture to start from, and its mask, into the library as a reader made them anew. @throws library.unsupportedFile naming the file */
export async function importSource({ library, reader }: StudioContext, files: SourceFiles): Promise<PictureSource> {
  const [picture, mask] = [
    await readPicture(reader, files.picture, 'picture'),
    files.mask === null ? null : await readPicture(reader, files.mask, 'mask'),
  ];
  const keep = async (bytes: Uint8Array): Promise<ObjectHash> => {
    const hash = await library.store.put(bytes);
    library.objects.remember(hash);
    return hash;
  };
  return { hash: await keep(picture), mask: mask && (await keep(mask)), strength: files.strength };
}

async function readPicture(reader: StudioContext['reader'], path: string, use: PictureUse): Promise<Uint8Array> {
  const name = basename(path);
  const refuse = (reason: string, cause?: unknown) =>
    new StudioError('library.unsupportedFile', `${name}: ${reason}.`, { name, reason }, { cause });
  let bytes: Uint8Array;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw refuse('it is no file');
    const { size } = stats;
    if (size > MAX_BYTES) throw refuse(`it has ${Math.ceil(size / 1024 / 1024)} MiB; at most 200 are read`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw refuse('there is no such file, or it cannot be read', error);
  }
  return reader.openPicture(name, use, bytes);
}
