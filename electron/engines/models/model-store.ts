import type { ModelFolder } from './model-folder.ts';
import { StudioError } from '../../contract/errors.ts';
import type { EngineKind } from '../../contract/engine-protocol.ts';
import type { LoraUse } from '../../contract/recipe.ts';
import type { Model } from '../../contract/system.ts';
import type { SourceFile } from './model-files.ts';
import { ModelHashes } from './model-hashes.ts';
import { findModels, isPartOfModel, type FoundModel } from './model-scan.ts';

export type InstalledModel = Model & {
  /** Absolute; a folder, or a GGUF file. Stays in the studio and its engines. */
  readonly path: string;
  /** SHA-256 over the sorted list of the model's files and their SHA-256. */
  readonly hash: string;
  /** Changes when a file of the model changes. */
  readonly stamp: string;
};

/** `hash` is the SHA-256 of the file. */
export type InstalledLora = LoraUse & { readonly path: string };

export type ModelStore = {
  /** All that was found, usable or not. Reads the folders anew. */
  list(): Promise<Model[]>;
  /**
   * A usable model by name, or with null the first one: a person's own before a shipped one (of text models the shipped one), then by name. Rejects with
   * `model.notInstalled`, or with what is wrong with the one that was named.
   */
  find(kind: EngineKind, name: string | null): Promise<InstalledModel>;
  /**
   * A LoRA by name, with its hash. Rejects with `model.notInstalled` when there is none of this name or the file has another hash than the
   * use says (an empty hash takes any), or with what is wrong with it.
   */
  findLora(use: LoraUse): Promise<InstalledLora>;
  /**
   * The installed model or LoRA that has exactly these files, whatever it is called; null when there is none. Names decide only among the
   * files of a folder. Reads file contents only where names and sizes are alike.
   */
  findTwin(form: TwinForm, files: readonly SourceFile[]): Promise<Model | null>;
  /** An engine could not load it: the list says so until its files change. Errors that do not blame the model are ignored. */
  noteProblem(model: InstalledModel, error: StudioError): void;
};

export type TwinForm = 'image' | 'text' | 'vision' | 'lora';

export type ModelStoreOptions = {
  readonly folders: readonly ModelFolder[];
  /** A JSON file that keeps hashes between runs; left out, they are computed once per run. */
  readonly hashCacheFile?: string;
};

/** Finds models in folders. A folder that does not exist holds none. */
export function openModelStore(options: ModelStoreOptions): ModelStore {
  const hashes = new ModelHashes(options.hashCacheFile ?? null);
  const problems = new Map<string, { readonly stamp: string; readonly error: StudioError }>();

  async function findAll(): Promise<FoundModel[]> {
    const found = (await Promise.all(options.folders.map(findModels))).flat();
    return found.map((model) => {
      const noted = problems.get(model.path);
      return noted === undefined || noted.stamp !== model.stamp || model.problem !== null
        ? model
        : { ...model, problem: noted.error };
    });
  }

  return {
    list: async () => (await findAll()).map(describeModel),
    find: async (kind, name) => {
      const ofKind = (await findAll()).filter((model) => model.kind === kind && model.lora === undefined);
      const usable = ofKind.filter((model) => model.problem === null);
      const model = name === null ? pickDefault(kind, usable) : ofKind.find((candidate) => candidate.name === name);
      if (model === undefined) throw describeAbsence(kind, name, usable);
      if (model.problem !== null) throw model.problem;
      const hash = await hashes.hashModel(model.path, model.files);
      return { ...describeModel(model), path: model.path, stamp: model.stamp, hash };
    },
    findLora: async (use) => {
      const all = (await findAll()).flatMap((model) => {
        const file = model.lora === undefined ? undefined : model.files[0];
        return file === undefined ? [] : [{ ...model, file }];
      });
      const found = all.find(({ name }) => name === use.name);
      if (found === undefined) throw describeAbsence('LoRA', use.name, all);
      if (found.problem !== null) throw found.problem;
      const hash = await hashes.hashFile(found.path, found.file);
      if (use.hash !== '' && use.hash !== hash)
        throw describeAbsence('LoRA', `${use.name} with the hash ${use.hash.slice(0, 12)}`, all);
      return { ...use, hash, path: found.path };
    },
    findTwin: async (form, files) => {
      const parts = files.filter(({ name }) => isPartOfModel(name));
      for (const model of await findAll()) {
        const isOfForm = form === 'lora' ? model.lora !== undefined : model.kind === form && model.lora === undefined;
        if (isOfForm && model.problem === null && (await hasSameFiles(hashes, model, parts)))
          return describeModel(model);
      }
      return null;
    },
    noteProblem: (model, error) => {
      if (!error.code.startsWith('model.')) return;
      problems.set(model.path, { stamp: model.stamp, error });
    },
  };
}

/** Models of one file may be called otherwise; of a LoRA's folder only the weights count. */
async function hasSameFiles(
  hashes: ModelHashes,
  { path, files, lora }: FoundModel,
  others: readonly SourceFile[],
): Promise<boolean> {
  const rivals = lora === undefined ? others : others.filter(({ name }) => name.endsWith('.safetensors'));
  const [lone] = rivals;
  const pairs = files.map((file) => {
    const isAlone = file.name === '' && rivals.length === 1;
    return [file, isAlone ? lone : rivals.find(({ name }) => name === file.name.replaceAll('\\', '/'))] as const;
  });
  if (files.length !== rivals.length || pairs.some(([own, other]) => own.sizeBytes !== other?.sizeBytes)) return false;
  for (const [own, other] of pairs)
    if (other === undefined || (await hashes.hashFile(path, own)) !== (await hashes.hashSource(other.path)))
      return false;
  return true;
}

/** What a loaded model takes beside its weights: run-time copies, activations at the sizes it suggests, caches. */
const EXTRA_MEMORY_MIB: Record<EngineKind, number> = { image: 384, text: 192, vision: 128, speech: 128 };
/** Weights stored in 16 bits become 32 bits wide on a CPU; quantised text weights stay as they are. */
const WEIGHT_FACTOR: Record<EngineKind, number> = { image: 2, text: 1.1, vision: 2, speech: 2 };
const BYTES_PER_MIB = 1024 * 1024;

/** Reserved before the model is loaded; generous on purpose, because a refused load is better than a dead machine. */
export function estimateMemoryMiB(model: Pick<Model, 'kind' | 'sizeBytes'>): number {
  return (model.sizeBytes / BYTES_PER_MIB) * WEIGHT_FACTOR[model.kind] + EXTRA_MEMORY_MIB[model.kind];
}

/** A text model that was brought in is used when a person chose it; how others would write nobody has seen. */
function pickDefault(kind: EngineKind, usable: readonly FoundModel[]): FoundModel | undefined {
  const sign = kind === 'text' ? -1 : 1;
  return usable.toSorted((a, b) => sign * (Number(a.shipped) - Number(b.shipped)) || a.name.localeCompare(b.name))[0];
}

function describeAbsence(kind: EngineKind | 'LoRA', name: string | null, usable: readonly FoundModel[]): StudioError {
  const wanted = name ?? `any ${kind} model`;
  const installed = usable.map((model) => model.name).slice(0, 50);
  const what = kind === 'LoRA' ? 'LoRA' : 'model';
  return new StudioError('model.notInstalled', `The ${what} "${wanted}" is not installed.`, { wanted, installed });
}

function describeModel(model: FoundModel): Model {
  const { name, kind, family, sizeBytes, licence, shipped, note, lora, precision, imported } = model;
  return {
    name,
    kind,
    family,
    sizeBytes,
    licence,
    shipped,
    note,
    ...(lora && { lora }),
    ...(precision !== undefined && { precision }),
    ...(imported !== undefined && { imported }),
    problem: model.problem?.message ?? null,
  };
}
