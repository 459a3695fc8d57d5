import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../electron/contract/errors.ts';
import { checkOnnxFile, describeDamage } from '../external-data.ts';
import { DataWriter, writeGraph, type NewPlace } from './graph-writer.ts';
import { linkFolder } from './link-files.ts';
import { openLora, OtherAdapter } from './lora-file.ts';
import { mergeLayer, planMerge, type LoraMatch, type LoraPlan, type WeightedLora } from './merge-loras.ts';
import { readOnnxGraph, type OnnxGraph, type OnnxTensor } from './onnx-graph.ts';
import type { Component } from './original-names.ts';
import { encodeFloats } from './tensor-codec.ts';
import { WeightFault } from './weight-fault.ts';
import { findWeightSlots, type WeightSlots } from './weight-slots.ts';

export type MergeSource = {
  readonly model: { readonly name: string; readonly folder: string };
  readonly loras: readonly { readonly name: string; readonly path: string; readonly weight: number }[];
};

/** What became of a LoRA's layers. `unmatched` are names of tensors in its file that have no place in the model. */
export type LoraReport = { readonly name: string; readonly matched: number; readonly unmatched: readonly string[] };

export type MergeHooks = { readonly signal?: AbortSignal; readonly onLayer?: (done: number, layers: number) => void };

const COMPONENTS: readonly Component[] = ['unet', 'text_encoder', 'text_encoder_2'];
const DATA_FILE = 'merged.bin';

type Part = {
  readonly component: Component;
  readonly path: string;
  readonly graph: OnnxGraph;
  readonly plan: LoraPlan;
};

/**
 * Writes a copy of a model in which its LoRAs are part of the weights: new graphs that point to one file with the changed tensors; all
 * other files are hard links. Values are W + sum of weight * alpha / rank * up * down, summed in float64 and rounded once to the type of W.
 * @throws model.wrongKind for a LoRA without any layer in common, for other kinds of adapters and for fused or quantised models;
 * model.damaged naming the file
 */
export async function writeMergedModel(
  source: MergeSource,
  target: string,
  hooks: MergeHooks = {},
): Promise<LoraReport[]> {
  const opened = openLoras(source.loras);
  try {
    const { parts, reports } = await planParts(source.model, opened);
    const layers = parts.reduce((sum, { plan }) => sum + plan.size, 0);
    const rewritten = new Set(parts.map(({ component }) => `${component}/model.onnx`));
    await linkFolder(source.model.folder, target, (file) => rewritten.has(file));
    let done = 0;
    for (const part of parts) {
      await mkdir(join(target, part.component), { recursive: true });
      await writePart(part, join(target, part.component), () => {
        hooks.signal?.throwIfAborted();
        hooks.onLayer?.((done += 1), layers);
      });
    }
    return reports;
  } finally {
    for (const { lora } of opened) lora.file.close();
  }
}

/** Which layers of a model a LoRA would change, without writing anything. Errors as for `writeMergedModel`. */
export async function matchLoras(source: MergeSource): Promise<LoraReport[]> {
  const opened = openLoras(source.loras);
  try {
    return (await planParts(source.model, opened)).reports;
  } finally {
    for (const { lora } of opened) lora.file.close();
  }
}

function openLoras(loras: MergeSource['loras']): WeightedLora[] {
  const opened: WeightedLora[] = [];
  try {
    for (const { name, path, weight } of loras)
      opened.push(blame(name, basename(path), () => ({ name, weight, lora: openLora(path) })));
    return opened;
  } catch (error) {
    for (const { lora } of opened) lora.file.close();
    throw error;
  }
}

async function planParts(model: MergeSource['model'], loras: readonly WeightedLora[]) {
  const parts: Part[] = [];
  const matches = new Map<WeightedLora, LoraMatch>();
  for (const component of COMPONENTS) {
    const file = `${component}/model.onnx`;
    const path = join(model.folder, file);
    if (!existsSync(path)) {
      noteAbsent(component, loras, matches);
      continue;
    }
    await checkOnnxFile(model.name, path, file);
    const graph = blame(model.name, file, () => readOnnxGraph(path));
    const slots = findWeightSlots(component, graph);
    const plan = planMerge(component, slots, loras, matches);
    const isWanted = loras.some(({ lora }) => lora.modules.some((module) => module.component === component));
    if (isWanted) refuseObstacle(model.name, file, slots, plan);
    if (plan.size > 0) parts.push({ component, path, graph, plan });
  }
  for (const [{ name }, match] of matches) refuseStranger(name, match, model.name);
  const reports = [...matches].map(([{ name }, { matched, unmatched }]) => ({ name, matched, unmatched }));
  return { parts, reports };
}

/** A LoRA of another family has other layers, or layers of other shapes under the same names. */
function refuseStranger(lora: string, { matched, unmatched, misfit }: LoraMatch, model: string): void {
  if (matched > 0 && misfit === null) return;
  const found = misfit ?? `one with none of its ${unmatched.length} layers in this model`;
  throw new StudioError('model.wrongKind', `The LoRA "${lora}" does not fit the model "${model}": it is ${found}.`, {
    model: lora,
    found: `a LoRA for another family: ${found}`,
    wanted: `a LoRA that was trained for the family of "${model}"`,
  });
}

function noteAbsent(component: Component, loras: readonly WeightedLora[], matches: Map<WeightedLora, LoraMatch>): void {
  planMerge(
    component,
    { slots: new Map(), modules: new Set(), shared: new Map(), unnamed: [], obstacle: null },
    loras,
    matches,
  );
}

function refuseObstacle(model: string, file: string, { obstacle, shared }: WeightSlots, plan: LoraPlan): void {
  if (obstacle !== null) {
    throw new StudioError('model.wrongKind', `LoRA weights cannot be merged into "${model}": ${file}: ${obstacle}.`, {
      model,
      found: `${file}: ${obstacle}`,
      wanted: 'a plain export without fused operators or quantised weights',
    });
  }
  for (const { tensor } of plan.keys()) {
    const users = shared.get(tensor.name);
    if (users !== undefined) throw describeDamage(model, file, `${users.slice(0, 2).join(' and ')} share one tensor`);
  }
}

async function writePart({ path, graph, plan }: Part, folder: string, onLayer: () => void): Promise<void> {
  const data = new DataWriter(join(folder, DATA_FILE), DATA_FILE);
  const places = new Map<OnnxTensor, NewPlace>();
  try {
    for (const [slot, changes] of plan) {
      const name = changes[0]?.lora.name ?? '';
      const merged = blame(name, name, () => mergeLayer(path, slot, changes));
      places.set(slot.tensor, data.write(encodeFloats(slot.tensor.dataType, merged)));
      onLayer();
      await setImmediate();
    }
  } finally {
    data.close();
  }
  writeGraph(path, join(folder, 'model.onnx'), graph, places);
}

/** Says whose file it was. */
function blame<Result>(name: string, file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof WeightFault) throw describeDamage(name, file, error.message);
    if (error instanceof OtherAdapter) {
      throw new StudioError('model.wrongKind', `"${name}" is ${error.found}, which cannot be merged.`, {
        model: name,
        found: error.found,
        wanted: 'a LoRA: pairs of down and up matrices',
      });
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new StudioError('model.fileMissing', `"${name}" lacks ${file}.`, { model: name, file });
    throw error;
  }
}
