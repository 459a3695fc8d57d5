import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ImportReport, ModelSighting, WeightFit } from '../../contract/model.ts';
import type { WeightTask } from '../../contract/weight-task.ts';
import type { EngineEntry } from '../engine-client.ts';
import { readWeightFile } from './lora-header.ts';
import { readModelFamily } from './model-check.ts';
import { listSourceFiles } from './model-files.ts';
import { findForm, isWeights, nameSource } from './model-form.ts';
import { importModel, removeModel } from './model-import.ts';
import { countFit } from './model-report.ts';
import type { ModelStore } from './model-store.ts';
import { toImportFailure } from './source-failure.ts';
import { runWeightTask } from './run-weight-task.ts';

export type Installation = {
  /** Absolute, on this machine. */
  readonly path: string;
  readonly name?: string | undefined;
  readonly base?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (what: 'files' | 'weights', done: number, total: number) => void;
};

/** Brings models into the folder for models of one's own, for whatever host there is. */
export type ModelInstaller = {
  /** Tells what lies at a place without installing it. @throws input.invalid where there is nothing, model.* for what cannot be installed */
  look(path: string): Promise<ModelSighting>;
  install(request: Installation): Promise<ImportReport>;
  match(lora: string, base: string, signal?: AbortSignal): Promise<WeightFit>;
  remove(name: string): Promise<void>;
};

export type ModelInstallerOptions = {
  readonly store: ModelStore;
  /** The folder for models of one's own. */
  readonly modelsFolder: string;
  /** The plain Node that engines run under. */
  readonly nodePath: string;
  /** The image engine's script: files of strangers are read in a process of their own. */
  readonly entry: EngineEntry;
};

export function createModelInstaller({ store, modelsFolder, nodePath, entry }: ModelInstallerOptions): ModelInstaller {
  const run = (task: WeightTask, signal?: AbortSignal, onProgress?: (done: number, total: number) => void) =>
    runWeightTask(task, { nodePath, entry, ...(signal && { signal }), ...(onProgress && { onProgress }) });
  return {
    look: (path) =>
      look(store, checkPath(path)).catch((error: unknown) => {
        throw toImportFailure(error, modelsFolder);
      }),
    install: ({ path, name, base, signal, onProgress }) =>
      importModel({
        source: checkPath(path),
        modelsFolder,
        store,
        signal,
        onProgress,
        ...(name !== undefined && { name }),
        ...(base !== undefined && { base }),
        runTask: (task, onTask) => run(task, signal, onTask),
      }),
    match: async (name, base, signal) => {
      const lora = await store.findLora({ name, hash: '', weight: 1 });
      const model = await store.find('image', base);
      const places = { model: { name: base, path: model.path }, lora: { name, path: lora.path } };
      return countFit(await run({ task: 'match', ...places }, signal));
    },
    remove: (name) => removeModel(store, modelsFolder, name),
  };
}

async function look(store: ModelStore, source: string): Promise<ModelSighting> {
  const name = nameSource(source);
  const files = await listSourceFiles(name, source);
  const form = await findForm(name, source, files);
  const models = await store.list();
  return {
    name,
    form,
    family: await nameFamily(form, source, files.find(isWeights)?.path ?? source),
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    bases: models
      .filter(({ kind, lora, problem }) => kind === 'image' && lora === undefined && problem === null)
      .map((model) => model.name),
  };
}

async function nameFamily(form: ModelSighting['form'], source: string, weights: string): Promise<string | null> {
  if (form === 'checkpoint') return null;
  if (form !== 'lora') return readModelFamily(form, source);
  const header = await readWeightFile(nameSource(source), weights);
  return header.kind === 'lora' ? header.base : null;
}

/** A relative path would be read from a folder that nobody sees. */
function checkPath(path: string): string {
  const trimmed = path.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (!isAbsolute(trimmed) || trimmed.includes('\0'))
    throw refusePath('give the whole path, from the root or the drive');
  if (!existsSync(trimmed)) throw refusePath('there is nothing at that place, or it may not be read');
  return resolve(trimmed);
}

function refusePath(message: string): StudioError {
  return new StudioError('input.invalid', `path: ${message}.`, { issues: [{ path: 'path', message }] });
}
