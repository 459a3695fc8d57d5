import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ImportReport } from '../../contract/model.ts';
import type { WeightAnswer, WeightTask } from '../../contract/weight-task.ts';
import { tryDevices } from '../../engines/memory/choose-device.ts';
import { importModel, removeModel } from '../../engines/models/model-import.ts';
import { openModelStore } from '../../engines/models/model-store.ts';
import type { ModelStore } from '../../engines/models/model-store.ts';
import { runWeightTask } from '../../engines/models/run-weight-task.ts';
import { chooseTextModel, readTextChoice } from '../../studio/models/text-choice.ts';
import { dataFolder, listModelFolders, ownModelsFolder, shippedDevices, shippedEngines } from '../host-defaults.ts';
import type { CommandCall, CommandEngines, CommonOptions } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { formatBytes } from './terminal.ts';

export type ModelOptions = CommonOptions & { readonly base?: string; readonly name?: string };
export type ModelsCall = {
  readonly options: ModelOptions;
  readonly engines: CommandEngines;
  readonly call: CommandCall;
};

/** Names that a person reads at once; the rest is a number. */
const MOST_NAMES = 12;

function openStore({ options, engines }: ModelsCall): ModelStore {
  if (engines.modelStore !== undefined) return engines.modelStore;
  const hashCacheFile = join(dataFolder(), 'cache', 'model-hashes.json');
  return openModelStore({ folders: listModelFolders(options.models ?? []), hashCacheFile });
}

/** Lists what is installed, needs no library. */
export async function listModels(call: ModelsCall): Promise<number> {
  const { terminal } = call.call;
  const models = await openStore(call).list();
  terminal.table(
    models.map(({ name, kind, family, sizeBytes, licence, shipped, problem, lora }) => {
      const what = lora === undefined ? [kind, family] : ['LoRA', `for ${lora.base}`];
      return [
        name,
        [...what, formatBytes(sizeBytes), licence, shipped ? 'starter pack' : 'installed', problem ?? 'ready'].join(
          ', ',
        ),
      ];
    }),
  );
  // Tests bring a store of their own, and nothing to try devices with.
  const devices = call.engines.modelStore === undefined ? await tryDevices(process.execPath, shippedDevices()) : null;
  if (devices !== null) terminal.say(`Image models: ${devices.reason}`);
  terminal.say('Bring more in with: models import <folder or file>');
  terminal.result({ models, ...(devices !== null && { devices }) });
  return models.some(({ problem }) => problem !== null) ? exitCodes.model : exitCodes.ok;
}

/** Installs a model folder, a GGUF file, a LoRA, or with a base a checkpoint. */
export async function importModelFiles(source: string, call: ModelsCall): Promise<number> {
  const {
    options,
    call: { terminal, signal },
  } = call;
  let bar: ReturnType<typeof terminal.bar> | null = null;
  const imported = await importModel({
    source,
    modelsFolder: ownModelsFolder(),
    store: openStore(call),
    signal,
    ...(options.base !== undefined && { base: options.base }),
    ...(options.name !== undefined && { name: options.name }),
    runTask: (task, onProgress) => runTask(task, signal, onProgress),
    onProgress: (what, done, total) => {
      const unit = what === 'files' ? 1024 : 1;
      bar ??= terminal.bar(what === 'files' ? 'KiB' : 'weights', Math.ceil(total / unit));
      bar.update(Math.ceil(done / unit), '', Math.ceil(total / unit));
    },
  }).finally(() => bar?.end());
  const { name, kind, family, precision, sizeBytes, memoryMiB, steps, alreadyInstalled } = imported;
  terminal.table([
    [alreadyInstalled ? 'here already' : 'installed', name],
    ['kind', kind === 'lora' ? `LoRA for ${family}` : `${kind}, ${family}`],
    ['size', formatBytes(sizeBytes)],
    ...(precision === null ? [] : [['precision', precision] as const]),
    ...(memoryMiB === null ? [] : [['memory', `about ${memoryMiB} MiB`] as const]),
    ...(steps === null ? [] : [['steps', String(steps)] as const]),
    ...describeFit(imported),
  ]);
  terminal.result(imported);
  return exitCodes.ok;
}

/** Reads every header of an installed model, and its hash. For a LoRA with a base: which layers it changes. */
export async function verifyModel(name: string, call: ModelsCall): Promise<number> {
  const {
    options,
    call: { terminal, signal },
  } = call;
  const store = openStore(call);
  const listed = (await store.list()).find((model) => model.name === name);
  if (listed?.lora !== undefined) {
    const lora = await store.findLora({ name, hash: '', weight: 1 });
    if (options.base === undefined) {
      terminal.table([
        ['sound', name],
        ['SHA-256', lora.hash],
      ]);
      terminal.result({ name, hash: lora.hash });
      return exitCodes.ok;
    }
    const base = await store.find('image', options.base);
    const model = { name: base.name, path: base.path };
    const answer = await runTask({ task: 'match', model, lora: { name, path: lora.path } }, signal);
    terminal.table([['fits', `${name} in ${base.name}`], ['SHA-256', lora.hash], ...describeAnswer(answer)]);
    terminal.result({ name, hash: lora.hash, ...answer });
    return exitCodes.ok;
  }
  const kind = listed?.kind ?? 'image';
  const model = await store.find(kind, name);
  if (kind === 'speech')
    throw new StudioError('engine.unavailable', 'There is no speech engine here.', {
      kind,
      reason: 'no engine',
      retryAtMs: null,
    });
  const answer = await runTask({ task: 'examine', kind, model: { name, path: model.path } }, signal);
  terminal.table([['sound', name], ['SHA-256', model.hash], ...describeAnswer(answer)]);
  terminal.result({ name, hash: model.hash, precision: answer.precision });
  return exitCodes.ok;
}

export async function removeModelFiles(name: string, call: ModelsCall): Promise<number> {
  await removeModel(openStore(call), ownModelsFolder(), name);
  call.call.terminal.table([['removed', name]]);
  call.call.terminal.result({ removed: name });
  return exitCodes.ok;
}

function describeAnswer({ placed, kept, unplaced }: WeightAnswer): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = Object.entries(placed).map(([part, count]) => [part, `${count} placed`]);
  if (kept.length > 0) rows.push(['of the base', kept.join(', ')]);
  if (unplaced.length > 0) {
    const more = unplaced.length > MOST_NAMES ? ` and ${unplaced.length - MOST_NAMES} more` : '';
    rows.push(['no place for', `${unplaced.slice(0, MOST_NAMES).join(', ')}${more}`]);
  }
  return rows;
}

function describeFit({
  base,
  matched,
  unmatched,
  examples,
  kept,
  warnings,
}: ImportReport): (readonly [string, string])[] {
  const rest = (unmatched ?? 0) - examples.length;
  return [
    ...(base === null || matched === null ? [] : [['fits', `${matched} placed in ${base}`] as const]),
    ...(kept.length === 0 ? [] : [['of the base', kept.join(', ')] as const]),
    ...(examples.length === 0
      ? []
      : [['no place for', `${examples.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`] as const]),
    ...warnings.map((warning) => ['note', warning] as const),
  ];
}

function runTask(
  task: WeightTask,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<WeightAnswer> {
  const entry = shippedEngines().image;
  if (entry === undefined) throw new Error('the product has no image engine');
  return runWeightTask(task, { nodePath: process.execPath, entry, signal, ...(onProgress && { onProgress }) });
}

/** The usual text model of a library, for every campaign that has none of its own. */
export async function chooseDefault(name: string | undefined, { call }: ModelsCall): Promise<number> {
  const { context } = (await call.open()).studio;
  const wanted = { briefId: null, name: name === 'none' ? null : (name ?? null) };
  const { usual } = name === undefined ? readTextChoice(context.library, null) : await chooseTextModel(context, wanted);
  call.terminal.say(usual === null ? 'The starter pack writes.' : `${usual} writes.`);
  call.terminal.result({ textModel: usual });
  return exitCodes.ok;
}
