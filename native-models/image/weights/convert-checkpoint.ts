import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../electron/contract/errors.ts';
import { checkOnnxFile, describeDamage } from '../external-data.ts';
import { openCheckpoint, type Checkpoint, type FoundTensor, type UnusedTensor } from './checkpoint-tensors.ts';
import { DataWriter, writeGraph, type NewPlace } from './graph-writer.ts';
import { linkFolder, linkOrCopy } from './link-files.ts';
import { readOnnxGraph, type OnnxGraph, type OnnxTensor } from './onnx-graph.ts';
import type { Component } from './original-names.ts';
import { countElements, encodeFloats, readTensorBytes, transpose } from './tensor-codec.ts';
import { WeightFault } from './weight-fault.ts';
import { findWeightSlots, type WeightSlot, type WeightSlots } from './weight-slots.ts';

export type Conversion = {
  readonly base: { readonly name: string; readonly folder: string };
  /** A safetensors file with the original names, or a folder of diffusers. */
  readonly checkpoint: string;
  /** A folder that does not exist. */
  readonly target: string;
};

export type ConversionReport = {
  /** Tensors placed, by part. */
  readonly placed: Readonly<Record<string, number>>;
  /** Parts that the checkpoint has no weights of; they are the base's. */
  readonly kept: readonly string[];
  /** Tensors of the checkpoint without a place in the model. */
  readonly unplaced: readonly string[];
};

const COMPONENTS: readonly Component[] = ['unet', 'text_encoder', 'text_encoder_2', 'vae_decoder', 'vae_encoder'];
const DATA_FILE = 'weights.bin';
/** What describes the base and not the new model. */
const ABOUT_BASE = /^(?:README\.md|MODEL_CARD\.md|LICENSE.*|housestyle\.json|.*\.(?:png|jpe?g|webp))$/i;

/**
 * Makes a model of a fine-tuned checkpoint: the graphs of an installed model of the same family, with every trained tensor put in its
 * place, transposed where the exporter did, and rounded once to the type that the graph has.
 * @throws model.wrongKind when shapes differ (another family) or the base is fused or quantised; model.damaged naming what is missing
 */
export async function convertCheckpoint(
  { base, checkpoint: path, target }: Conversion,
  onTensor: (done: number, tensors: number) => void,
): Promise<ConversionReport> {
  const checkpoint = guard(basename(path), basename(path), () => openCheckpoint(path));
  try {
    const parts = COMPONENTS.filter((component) => existsSync(join(base.folder, component, 'model.onnx')));
    const jobs: Job[] = [];
    for (const component of parts) jobs.push(await planPart(base, component, checkpoint));
    const total = jobs.reduce((sum, { places }) => sum + places.length, 0);
    if (total === 0) throw refuse(checkpoint.name, 'a file without weights of this family', base.name);
    const unplaced = checkpoint.listUnused();
    refuseUnreadBase(base.name, jobs, unplaced);
    const replaced = new Set(jobs.filter(({ places }) => places.length > 0).map(({ component }) => component));
    const isLeftOut = (file: string) =>
      ABOUT_BASE.test(file) || (replaced.has(dirname(file) as Component) && !file.endsWith('.json'));
    await linkFolder(base.folder, target, isLeftOut);
    let done = 0;
    for (const job of jobs) {
      if (job.places.length === 0) continue;
      await mkdir(join(target, job.component), { recursive: true });
      await writePart(job, join(target, job.component), checkpoint.name, () => onTensor((done += 1), total));
    }
    await writeFile(join(target, 'README.md'), describeOrigin(checkpoint.name, base.name));
    return {
      placed: Object.fromEntries(jobs.map(({ component, places }) => [component, places.length])),
      kept: jobs.filter(({ places }) => places.length === 0).map(({ component }) => component),
      unplaced: unplaced.map(({ name }) => name),
    };
  } finally {
    checkpoint.close();
  }
}

type Placement = { readonly slot: WeightSlot; readonly found: FoundTensor };
type Job = {
  readonly component: Component;
  readonly path: string;
  readonly graph: OnnxGraph;
  readonly places: readonly Placement[];
  readonly unnamed: readonly OnnxTensor[];
};

async function planPart(base: Conversion['base'], component: Component, checkpoint: Checkpoint): Promise<Job> {
  const file = `${component}/model.onnx`;
  const path = join(base.folder, file);
  await checkOnnxFile(base.name, path, file);
  const graph = guard(base.name, file, () => readOnnxGraph(path));
  const slots = findWeightSlots(component, graph);
  const find = guard(checkpoint.name, checkpoint.name, () => checkpoint.open(component, slots.modules));
  if (find === null) return { component, path, graph, places: [], unnamed: [] };
  if (slots.obstacle !== null) throw refuse(base.name, `${file}: ${slots.obstacle}`, base.name);
  const places: Placement[] = [];
  const missing: string[] = [];
  for (const slot of slots.slots.values()) {
    const found = guard(checkpoint.name, checkpoint.name, () => find(slot.parameter));
    if (found === null) missing.push(slot.parameter);
    else if (isSameShape(slot, found)) places.push({ slot, found });
    else {
      const shapes = `whose ${slot.parameter} is ${found.shape.join(' x ')} where this family has ${slot.tensor.dims.join(' x ')}`;
      throw refuse(checkpoint.name, `a checkpoint of another family, ${shapes}`, base.name);
    }
  }
  if (missing.length > 0) {
    const which = missing.slice(0, 3).join(', ');
    throw describeDamage(
      checkpoint.name,
      checkpoint.name,
      `it lacks ${missing.length} of ${slots.slots.size} weights of ${component}: ${which}`,
    );
  }
  refuseDifferentTwins(base.name, file, slots, places);
  return { component, path, graph, places, unnamed: slots.unnamed };
}

const bare = (shape: readonly number[]) => shape.filter((edge) => edge !== 1);

/** A 1x1 convolution and a linear layer have the same numbers in the same order. */
function isSameShape({ tensor, isTransposed }: WeightSlot, found: FoundTensor): boolean {
  const ours = isTransposed ? bare(tensor.dims).toReversed() : bare(tensor.dims);
  const theirs = found.isTransposed ? bare(found.shape).toReversed() : bare(found.shape);
  return ours.length === theirs.length && ours.every((edge, index) => edge === theirs[index]);
}

/** Weights left over on both sides, of one shape, mean that the base names its weights in a way that is not read: half a model would come out. */
function refuseUnreadBase(base: string, jobs: readonly Job[], unplaced: readonly UnusedTensor[]): void {
  const left = new Set(unplaced.map(({ shape }) => writeShape(shape)));
  for (const { component, unnamed } of jobs) {
    const count = unnamed.filter(({ dims }) => left.has(writeShape(dims))).length;
    if (count > 0)
      throw refuse(base, `${component}/model.onnx: ${count} of its matrices do not say which weights they are`, base);
  }
}

/** The same for a matrix and its transpose. */
function writeShape(shape: readonly number[]): string {
  return bare(shape)
    .toSorted((a, b) => a - b)
    .join('x');
}

/** Where the exporter stored equal parameters once, the new ones must be equal too. */
function refuseDifferentTwins(base: string, file: string, { shared }: WeightSlots, places: readonly Placement[]): void {
  for (const [tensor, parameters] of shared) {
    const [first, ...others] = places.filter(({ slot }) => slot.tensor.name === tensor);
    const values = first?.found.read();
    const twin = others.find(({ found }) => found.read().some((value, index) => value !== values?.[index]));
    if (twin !== undefined)
      throw describeDamage(
        base,
        file,
        `${parameters.slice(0, 2).join(' and ')} share one tensor, and differ in the checkpoint`,
      );
  }
}

async function writePart(
  { path, graph, places }: Job,
  folder: string,
  name: string,
  onTensor: () => void,
): Promise<void> {
  const data = new DataWriter(join(folder, DATA_FILE), DATA_FILE);
  const moved = new Map<OnnxTensor, NewPlace>();
  try {
    for (const { slot, found } of places) {
      const values = guard(name, name, () => orderValues(slot, found));
      if (!moved.has(slot.tensor)) moved.set(slot.tensor, data.write(encodeFloats(slot.tensor.dataType, values)));
      onTensor();
      await setImmediate();
    }
    for (const tensor of graph.initializers)
      if (tensor.external !== null && !moved.has(tensor)) moved.set(tensor, data.write(readTensorBytes(path, tensor)));
  } finally {
    data.close();
  }
  const target = join(folder, 'model.onnx');
  writeGraph(path, target, graph, moved);
  const rest = new Set(readOnnxGraph(target).external.map(({ location }) => location));
  rest.delete(DATA_FILE);
  for (const location of rest) await linkOrCopy(join(dirname(path), location), join(folder, location));
}

function orderValues({ tensor, isTransposed }: WeightSlot, found: FoundTensor) {
  const values = found.read();
  if (values.length !== countElements(tensor.dims)) throw new WeightFault(`${found.tensor.name} has too few values`);
  if (isTransposed === found.isTransposed) return values;
  const [rows = 1, columns = 1] = found.shape;
  return transpose(values, rows, columns);
}

function describeOrigin(checkpoint: string, base: string): string {
  return `# ${checkpoint}\n\nWeights of ${checkpoint} in the graphs of ${base}. Whoever published the checkpoint says what it may be used for.\n`;
}

function refuse(model: string, found: string, base: string): StudioError {
  return new StudioError('model.wrongKind', `"${model}" cannot become a model like "${base}": it is ${found}.`, {
    model,
    found,
    wanted: `a checkpoint of the same family as "${base}", and a base that is a plain export`,
  });
}

function guard<Result>(name: string, file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof WeightFault) throw describeDamage(name, file, error.message);
    throw error;
  }
}
