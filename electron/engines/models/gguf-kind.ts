import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { readGgufHead, readGgufText } from './gguf-head.ts';

/** Architectures that turn text into vectors and write none, by the names of llama.cpp. */
const EMBEDDERS =
  /^(?:(?:modern-|nomic-|neo-)?bert(?:-moe)?|nomic-bert-moe|jina-bert-v[23]|eurobert|t5encoder|gemma-embedding)$/;
const PART = /^(?<stem>.*)-(?<number>\d{5})-of-(?<count>\d{5})\.gguf$/i;

/** What a GGUF file is beside a model that writes, in words; null for one that does. */
async function nameOtherKind(path: string): Promise<string | null> {
  const type = await readGgufText(path, 'general.type');
  const architecture = (await readGgufText(path, 'general.architecture')) ?? '';
  if (type === 'adapter' || (await readGgufText(path, 'adapter.type')) !== null)
    return `a LoRA adapter for a text model of the architecture ${architecture}`;
  if (type === 'mmproj' || architecture === 'clip') return 'a projector, the part of a model that lets it see pictures';
  if (type === 'imatrix') return 'a table of weights for making smaller models';
  const head = await readGgufHead(path);
  if (EMBEDDERS.test(architecture) || head.includes(`${architecture}.pooling_type`))
    return `an embedding model (${architecture}), which compares texts and writes none`;
  return null;
}

/** Parts of a split model that do not lie beside this one; null for a file that is whole. */
async function listMissingParts(path: string): Promise<{ place: string; missing: string[] } | null> {
  const { stem, number, count } = PART.exec(basename(path))?.groups ?? {};
  if (stem === undefined || number === undefined || count === undefined) return null;
  const here = new Set(await readdir(dirname(path)).catch(() => []));
  const parts = Array.from({ length: Math.min(Number(count), 999) }, (_, index) =>
    [stem, String(index + 1).padStart(5, '0'), 'of', count].join('-').concat('.gguf'),
  );
  return { place: `part ${Number(number)} of ${Number(count)}`, missing: parts.filter((part) => !here.has(part)) };
}

/** @throws model.wrongKind for a GGUF file that no text engine can write with, which says what it is; model.fileMissing for a part of a split model */
export async function assertWritesText(model: string, path: string): Promise<void> {
  const found = await nameOtherKind(path);
  const wanted = 'a GGUF file of a model that writes text';
  if (found !== null)
    throw new StudioError('model.wrongKind', `"${model}" is ${found}. What writes text here: ${wanted}.`, {
      model,
      found,
      wanted,
    });
  const parts = await listMissingParts(path);
  if (parts === null) return;
  const { place, missing } = parts;
  if (missing.length > 0)
    throw new StudioError(
      'model.fileMissing',
      `"${model}" is ${place} of a split model; missing: ${missing.join(', ')}.`,
      {
        model,
        file: missing.join(', ').slice(0, 1000),
      },
    );
  throw new StudioError(
    'model.wrongKind',
    `"${model}" is ${place} of a split model. Join the parts into one file first.`,
    {
      model,
      found: `${place} of a split model`,
      wanted: 'one whole GGUF file, as llama-gguf-split --merge makes it',
    },
  );
}
