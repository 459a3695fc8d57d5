import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ImportReport, ModelForm } from '../../contract/model.ts';
import type { Model } from '../../contract/system.ts';
import type { WeightAnswer, WeightTask } from '../../contract/weight-task.ts';
import { readWeightFile } from './lora-header.ts';
import { checkModelFiles, readModelFamily } from './model-check.ts';
import { installFile, listSourceFiles, type SourceFile } from './model-files.ts';
import { findForm, isWeights, nameSource } from './model-form.ts';
import { readSmallText } from './read-small-text.ts';
import { countFit, noFit, RECORD_FILE, writeReport } from './model-report.ts';
import { toImportFailure } from './source-failure.ts';
import { estimateMemoryMiB, type InstalledModel, type ModelStore } from './model-store.ts';

export type ModelImport = {
  /** A folder or a file of this machine. */
  readonly source: string;
  /** The folder for models of one's own. */
  readonly modelsFolder: string;
  readonly store: ModelStore;
  /** Name of an installed image model whose graphs a checkpoint takes. */
  readonly base?: string;
  /** Default: the name of the file or folder. */
  readonly name?: string;
  readonly runTask: (task: WeightTask, onProgress: (done: number, total: number) => void) => Promise<WeightAnswer>;
  /** Bytes of files put in place, or tensors of a checkpoint. */
  readonly onProgress: (what: 'files' | 'weights', done: number, total: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Installs a model, a LoRA or a checkpoint. It is put together in a hidden folder named by what is installed, so a killed import goes on
 * where it was; it gets its name when every header was read and found sound. What fails leaves nothing, but for a full disk.
 * @throws model.* for what cannot be installed, input.invalid for what cannot be read, library.diskFull, library.readOnly
 */
export async function importModel(request: ModelImport): Promise<ImportReport> {
  try {
    return await importFiles(request);
  } catch (error) {
    throw toImportFailure(error, request.modelsFolder);
  }
}

async function importFiles(request: ModelImport): Promise<ImportReport> {
  const source = resolve(request.source);
  const name = request.name ?? nameSource(source);
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,120}$/u.test(name))
    throw invalid('name', `"${name}" cannot be a folder's name`);
  if (!existsSync(source)) throw invalid('source', `there is no ${basename(source)} at that place`);
  const files = await listSourceFiles(name, source);
  const form = await findForm(name, source, files);
  const isLoneLora = form === 'lora' && /\.safetensors$/i.test(source);
  const lora = isLoneLora ? `loras/${name}.safetensors` : `loras/${name}`;
  const place = { image: name, vision: name, checkpoint: name, text: `${name}.gguf`, lora }[form];
  const target = join(request.modelsFolder, place);
  const twin = form === 'checkpoint' ? null : await request.store.findTwin(form, files);
  if (twin !== null) return describeTwin(twin);
  if (existsSync(target))
    throw invalid('name', `another model "${name}" is installed already; give another name or remove it first`);
  const staging = join(request.modelsFolder, `.import-${nameImport(form, place, files)}`);
  await mkdir(staging, { recursive: true });
  try {
    const answer = await fill(request, { form, name, source, files, staging });
    const report = await describeImport(request, form, name, staging, answer);
    const same = form === 'checkpoint' ? await request.store.findTwin('image', await listMade(staging)) : null;
    if (same !== null) {
      await rm(staging, { recursive: true, force: true });
      return { ...report, name: same.name, alreadyInstalled: true };
    }
    await writeReport(staging, report);
    const only = form === 'text' ? 'model.gguf' : isLoneLora ? (files[0]?.name ?? '') : '';
    await settle(staging, only, target);
    return report;
  } catch (error) {
    if (!isWorthKeeping(error)) await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

/** A stopped import and one whose disk was full go on where they were. */
function isWorthKeeping(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ENOSPC'));
}

/** What is known of a model whose files are here already. */
function describeTwin(model: Model): ImportReport {
  const { name, kind, family, precision = null, sizeBytes, lora, imported } = model;
  if (kind === 'speech') throw new Error('speech models are not imported');
  const known = {
    precision,
    memoryMiB: lora ? null : Math.ceil(estimateMemoryMiB(model)),
    steps: null,
    base: null,
    ...noFit,
    kept: [],
    warnings: [],
    ...imported,
  };
  return {
    ...known,
    name,
    kind: lora ? 'lora' : kind,
    family: lora?.base ?? family,
    sizeBytes,
    alreadyInstalled: true,
  };
}

const listMade = (staging: string) => listSourceFiles('model', join(staging, 'model'));

type Filling = { form: ModelForm; name: string; source: string; files: readonly SourceFile[]; staging: string };

async function fill(request: ModelImport, { form, name, source, files, staging }: Filling): Promise<WeightAnswer> {
  const { signal, onProgress, runTask } = request;
  if (form === 'checkpoint') {
    const base = await findBase(request);
    const target = join(staging, 'model');
    await rm(target, { recursive: true, force: true });
    const task = { task: 'convert', base: { name: base.name, path: base.path }, checkpoint: source, target } as const;
    return runTask(task, (done, total) => onProgress('weights', done, total));
  }
  const total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let before = 0;
  for (const file of files) {
    const place = join(staging, 'model', form === 'text' ? 'model.gguf' : file.name);
    await installFile(file, place, { signal, onBytes: (bytes) => onProgress('files', before + bytes, total) });
    before += file.sizeBytes;
    onProgress('files', before, total);
    signal?.throwIfAborted();
  }
  if (form === 'lora') return matchWithBase(request, name, join(staging, 'model', files.find(isWeights)?.name ?? ''));
  const path = form === 'text' ? join(staging, 'model', 'model.gguf') : join(staging, 'model');
  const problem = await checkModelFiles(name, form, path);
  if (problem !== null) throw problem;
  return runTask({ task: 'examine', kind: form, model: { name, path } }, () => {});
}

async function matchWithBase(request: ModelImport, name: string, path: string): Promise<WeightAnswer> {
  if (request.base === undefined) return { precision: null, placed: {}, kept: [], unplaced: [], warnings: [] };
  const base = await findBase(request);
  const task = { task: 'match', model: { name: base.name, path: base.path }, lora: { name, path } } as const;
  return request.runTask(task, () => {});
}

async function findBase({ store, base }: ModelImport): Promise<InstalledModel> {
  if (base === undefined) {
    const installed = (await store.list()).filter(
      ({ kind, lora, problem }) => kind === 'image' && !lora && problem === null,
    );
    const names = installed.map(({ name }) => name).join(', ');
    throw invalid('base', `a checkpoint needs the graphs of an installed model of its family: one of ${names}`);
  }
  return store.find('image', base);
}

async function describeImport(
  request: ModelImport,
  form: ModelForm,
  name: string,
  staging: string,
  answer: WeightAnswer,
): Promise<ImportReport> {
  const folder = join(staging, 'model');
  const installed = await listMade(staging);
  const sizeBytes = installed.reduce((sum, file) => sum + file.sizeBytes, 0);
  const { precision, kept, warnings } = answer;
  const hasFit = request.base !== undefined && (form === 'lora' || form === 'checkpoint');
  const facts = {
    precision,
    sizeBytes,
    kept: kept.slice(0, 20),
    warnings: warnings.slice(0, 10),
    base: hasFit ? (request.base ?? null) : null,
    ...(hasFit ? countFit(answer) : noFit),
    memoryMiB: null,
    steps: null,
    alreadyInstalled: false,
  };
  if (form === 'lora') {
    const isLone = installed.length === 1;
    const weights = installed.find(isWeights)?.name ?? '';
    const header = await readWeightFile(name, join(folder, weights));
    if (header.kind === 'damaged') throw header.problem;
    return {
      ...facts,
      name: isLone ? `loras/${name}` : `loras/${name}/${weights.replace(/\.safetensors$/, '')}`,
      kind: 'lora',
      family: header.kind === 'lora' ? header.base : 'unknown',
    };
  }
  const kind = form === 'checkpoint' ? 'image' : form;
  const family = await readModelFamily(kind, form === 'text' ? join(folder, 'model.gguf') : folder);
  const memoryMiB = Math.ceil(estimateMemoryMiB({ kind, sizeBytes }));
  return {
    ...facts,
    name,
    kind,
    family,
    memoryMiB,
    steps: kind === 'image' ? await suggestSteps(folder, family) : null,
  };
}

/** What the model says itself; else few for distilled ones. */
async function suggestSteps(folder: string, family: string): Promise<number> {
  const hints = (await readSmallText(join(folder, 'housestyle.json'))) ?? '{}';
  const stated = /"steps"\s*:\s*(\d{1,3})/.exec(hints)?.[1];
  if (stated !== undefined) return Number(stated);
  return /LatentConsistency/.test(family) ? 4 : 25;
}

/** Files become durable, then the name. */
async function settle(staging: string, only: string, target: string): Promise<void> {
  const made = join(staging, 'model', only);
  if (only === '') await rename(join(staging, RECORD_FILE), join(made, RECORD_FILE));
  await mkdir(join(target, '..'), { recursive: true });
  await rename(made, target);
  if (process.platform !== 'win32') {
    await using parent = await open(join(target, '..'), 'r');
    await parent.sync();
  }
  await rm(staging, { recursive: true, force: true });
}

/** The same for the same files at the same place, so that a second try finds what the first one did. */
function nameImport(form: ModelForm, place: string, files: readonly SourceFile[]): string {
  const parts = [form, place, files.map(({ name, path, sizeBytes }) => [name, path, sizeBytes])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

function invalid(path: string, message: string): StudioError {
  return new StudioError('input.invalid', `${path}: ${message}.`, { issues: [{ path, message }] });
}

/** Takes a model of one's own away. What ships with the product stays. */
export async function removeModel(store: ModelStore, modelsFolder: string, name: string): Promise<void> {
  const models = await store.list();
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) {
    const installed = models.map((candidate) => candidate.name).slice(0, 50);
    throw new StudioError('model.notInstalled', `The model "${name}" is not installed.`, { wanted: name, installed });
  }
  if (model.shipped) throw invalid('name', `"${name}" comes with the product and cannot be removed`);
  const place = [name, `${name}.gguf`, `${name}.safetensors`].map((file) => join(modelsFolder, file)).find(existsSync);
  if (place === undefined) throw invalid('name', `"${name}" lies in another folder than the one that imports go to`);
  const isAdapterFolder = model.lora !== undefined && existsSync(join(dirname(place), 'adapter_config.json'));
  const gone = join(modelsFolder, `.removed-${process.pid}`);
  await rename(isAdapterFolder ? dirname(place) : place, gone);
  await rm(gone, { recursive: true, force: true });
  for (const rest of await readdir(modelsFolder))
    if (rest.startsWith('.removed-')) await rm(join(modelsFolder, rest), { recursive: true, force: true });
}
