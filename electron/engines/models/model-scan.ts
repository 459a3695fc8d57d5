import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import type { EngineKind } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Model } from '../../contract/system.ts';
import type { ImportReport } from '../../contract/model.ts';
import { readWeightFile } from './lora-header.ts';
import { checkModelFiles, readModelFamily } from './model-check.ts';
import { readReport } from './model-report.ts';
import { readSmallText } from './read-small-text.ts';
import type { ModelFolder } from './model-folder.ts';

/** `name` is relative to the model's path; empty for a model that is one file. */
export type ModelFile = { readonly name: string; readonly sizeBytes: number; readonly modifiedMs: number };

export type FoundModel = {
  readonly name: string;
  readonly kind: EngineKind;
  readonly family: string;
  readonly path: string;
  readonly files: readonly ModelFile[];
  readonly sizeBytes: number;
  readonly licence: string;
  readonly shipped: boolean;
  readonly note: string;
  /** Only for a LoRA. */
  readonly lora?: NonNullable<Model['lora']>;
  readonly precision?: string;
  /** What its import found out. */
  readonly imported?: ImportReport;
  readonly problem: StudioError | null;
  /** Changes when a file of the model changes. */
  readonly stamp: string;
};

/** publisher/model is two levels; nobody nests deeper, and a wrong folder must not be read to its end. */
const MAX_DEPTH = 3;
/** Weights in formats that may run code when read, or that no engine here reads. They are named, never opened. */
const REFUSED_FORMATS: Record<string, string> = {
  '.ckpt': 'a pickle checkpoint',
  '.pt': 'a pickle checkpoint',
  '.pth': 'a pickle checkpoint',
  '.pkl': 'a pickle file',
};
const NOT_PART_OF_MODEL = new Set(['.md', '.png', '.jpg', '.jpeg', '.webp', '.part']);

export async function findModels(folder: ModelFolder): Promise<FoundModel[]> {
  return scanFolder(folder, folder.path, 0);
}

async function scanFolder(root: ModelFolder, path: string, depth: number): Promise<FoundModel[]> {
  const entries = await readFolder(path);
  const names = new Set(entries.map((entry) => entry.name));
  if (names.has('model_index.json')) return [await describe(root, path, 'image')];
  if (names.has('onnx') && names.has('config.json')) return [await describe(root, path, 'vision')];
  const found: FoundModel[] = [];
  for (const entry of entries) {
    const inner = join(path, entry.name);
    const extension = extname(entry.name).toLowerCase();
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory() && depth < MAX_DEPTH) found.push(...(await scanFolder(root, inner, depth + 1)));
    else if (entry.isFile() && extension === '.gguf') found.push(await describe(root, inner, 'text'));
    else if (entry.isFile() && extension === '.safetensors') found.push(await describeWeights(root, inner));
    else if (entry.isFile() && REFUSED_FORMATS[extension] !== undefined)
      found.push(await describe(root, inner, 'image', REFUSED_FORMATS[extension]));
  }
  return found;
}

async function describe(
  root: ModelFolder,
  path: string,
  kind: EngineKind,
  refusedFormat?: string,
): Promise<FoundModel> {
  const name = nameModel(root, path, kind);
  const files = await listFiles(path);
  const isFile = files.length === 1 && files[0]?.name === '';
  const imported = isFile ? null : await readReport(path);
  const card = await readCard(isFile ? join(path, '..') : path);
  const refused = refusedFormat === undefined ? null : refuseFormat(name, refusedFormat, kind);
  return {
    name,
    kind,
    path,
    files,
    shipped: root.shipped,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    family: refusedFormat ?? (await readModelFamily(kind, path)),
    ...(imported?.precision != null && { precision: imported.precision }),
    ...(imported !== null && { imported }),
    licence: card.licence,
    note: card.note,
    problem: refused ?? (await checkModelFiles(name, kind, path)),
    stamp: files.map((file) => `${file.name}:${file.sizeBytes}:${file.modifiedMs}`).join('|'),
  };
}

/** A lone safetensors file: a LoRA, or a checkpoint that an import can turn into a model. */
async function describeWeights(root: ModelFolder, path: string): Promise<FoundModel> {
  const name = nameModel(root, path, 'image').replace(/\.safetensors$/i, '');
  const header = await readWeightFile(name, path);
  if (header.kind === 'checkpoint') return describe(root, path, 'image', 'a safetensors checkpoint');
  const found = await describe(root, path, 'image');
  const base = header.kind === 'lora' ? header.base : 'unknown';
  const problem = header.kind === 'lora' ? null : header.problem;
  return { ...found, name, family: 'LoRA', lora: { base }, problem };
}

function refuseFormat(name: string, found: string, kind: EngineKind): StudioError {
  const wanted = kind === 'image' ? 'a folder in the diffusers-ONNX layout' : 'a GGUF file';
  return new StudioError(
    'model.wrongKind',
    `"${name}" is ${found}; the ${kind} engine reads ${wanted}${found.startsWith('a safetensors') ? '. Import it with a base model to make one of it' : ''}.`,
    {
      model: name,
      found,
      wanted,
    },
  );
}

/** Shipped ones are "starter-image" and so on; others are called by their path below the models folder. */
function nameModel(root: ModelFolder, path: string, kind: EngineKind): string {
  if (root.shipped) return `starter-${kind}`;
  const inner = relative(root.path, path).split(sep).join('/');
  return (inner === '' ? basename(path) : inner).replace(/\.gguf$/i, '').slice(-200);
}

/** Cards, pictures and hidden files lie beside a model and change nothing of it. */
export function isPartOfModel(name: string): boolean {
  return (
    !name.split(/[\\/]/).some((part) => part.startsWith('.')) && !NOT_PART_OF_MODEL.has(extname(name).toLowerCase())
  );
}

/** Every file of the model, without cards, pictures and hidden files. */
async function listFiles(path: string): Promise<ModelFile[]> {
  const own = await stat(path);
  if (!own.isDirectory()) return [{ name: '', sizeBytes: own.size, modifiedMs: own.mtimeMs }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files: ModelFile[] = [];
  for (const entry of entries) {
    const name = relative(path, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !isPartOfModel(name)) continue;
    const { size, mtimeMs } = await stat(join(path, name));
    files.push({ name, sizeBytes: size, modifiedMs: mtimeMs });
  }
  return files;
}

/** Licence and a first sentence from the model's card; "not stated" where the card does not say. */
async function readCard(folder: string): Promise<{ licence: string; note: string }> {
  for (const name of ['MODEL_CARD.md', 'README.md']) {
    const text = await readSmallText(join(folder, name));
    if (text === null) continue;
    const stated =
      /^\W*licen[cs]e\W*[:|]\W*([\w.+-]+(?: [\w.+-]+)?)/im.exec(text)?.[1] ??
      /\b(Apache-2\.0|MIT|CC0-1\.0|CC-BY-4\.0)\b/.exec(text)?.[1];
    const paragraph = text
      .replace(/^---\n.*?\n---\n/s, '')
      .split(/\n\s*\n/)
      .map((part) => part.trim())
      .find((part) => /^[\p{L}*_]/u.test(part));
    const words = (paragraph ?? '').replace(/[*_`]/g, '').replace(/\s+/g, ' ');
    return { licence: stated ?? 'not stated', note: endAtSentence(words, 300) };
  }
  return { licence: 'not stated', note: '' };
}

/** As many whole sentences as fit; where not even one does, as many words as fit, with an ellipsis that says so. */
export function endAtSentence(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const sentences = /^.*[.!?](?=\s)/s.exec(text.slice(0, limit + 1))?.[0];
  if (sentences !== undefined) return sentences;
  const start = text.slice(0, limit - 1);
  const lastGap = start.lastIndexOf(' ');
  return `${lastGap > 0 ? start.slice(0, lastGap) : start}…`;
}

async function readFolder(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR')
    )
      return [];
    throw error;
  }
}
