import { flattenPath } from './lora-names.ts';
import type { LoraFile, LoraModule } from './lora-file.ts';
import { nameOriginalUnetModule, type Component } from './original-names.ts';
import { countElements, decodeFloats, readTensorBytes, transpose, type Floats } from './tensor-codec.ts';
import { normalisePath, type WeightSlot, type WeightSlots } from './weight-slots.ts';

export type WeightedLora = { readonly name: string; readonly weight: number; readonly lora: LoraFile };

/** Layers of one network with what changes them. */
export type LoraPlan = ReadonlyMap<WeightSlot, readonly { readonly lora: WeightedLora; readonly module: LoraModule }[]>;

/** What became of one LoRA's pairs. `misfit` says in words which layer has another shape in the model. */
export type LoraMatch = { matched: number; readonly unmatched: string[]; misfit: string | null };

/** Finds the layer of each pair among those of one network. `matches` collects what was found and what not, by LoRA. */
export function planMerge(
  component: Component,
  { slots, modules }: WeightSlots,
  loras: readonly WeightedLora[],
  matches: Map<WeightedLora, LoraMatch>,
): LoraPlan {
  const plan = new Map<WeightSlot, { lora: WeightedLora; module: LoraModule }[]>();
  const flat = flattenModules(component, modules);
  for (const lora of loras) {
    const match = matches.get(lora) ?? { matched: 0, unmatched: [...lora.lora.strays], misfit: null };
    matches.set(lora, match);
    for (const module of lora.lora.modules) {
      if (module.component !== component) continue;
      const path = module.isFlat ? flat.get(module.module) : normalisePath(component, module.module);
      const slot = path === undefined || path === null ? undefined : slots.get(`${path}.weight`);
      if (slot === undefined) match.unmatched.push(module.down.name);
      else {
        match.matched += 1;
        if (!isFitting(slot, module)) match.misfit ??= describeMisfit(slot, module);
        plan.set(slot, [...(plan.get(slot) ?? []), { lora, module }]);
      }
    }
  }
  return plan;
}

/** Rows and columns of a layer as the product of the matrices has them. */
function measureLayer({ tensor, isTransposed }: WeightSlot): { outputs: number; inner: number } {
  const [first = 1, second = 1] = tensor.dims;
  const outputs = isTransposed ? second : first;
  return { outputs, inner: countElements(tensor.dims) / outputs };
}

function isFitting(slot: WeightSlot, { up, down, mid, rank }: LoraModule): boolean {
  const { outputs, inner } = measureLayer(slot);
  if (up.shape[0] !== outputs || countElements(up.shape) !== outputs * rank) return false;
  if (mid === null) return countElements(down.shape) === rank * inner;
  const [, inputs = 0, height = 1, width = 1] = slot.tensor.dims;
  return countElements(mid.shape) === rank * rank * height * width && countElements(down.shape) === rank * inputs;
}

function describeMisfit(slot: WeightSlot, { up, down, rank }: LoraModule): string {
  const { outputs, inner } = measureLayer(slot);
  const theirs = `${up.shape[0] ?? 0} x ${countElements(down.shape) / rank}`;
  return `one whose layer ${slot.parameter.replace(/\.weight$/, '')} is ${theirs}; in this model it is ${outputs} x ${inner}`;
}

/** Underlines cannot be told from dots any more, so our own paths are flattened and looked up: in today's and in the original spelling. */
function flattenModules(component: Component, modules: ReadonlySet<string>): Map<string, string> {
  const flat = new Map<string, string>();
  for (const path of modules) {
    flat.set(flattenPath(component, path), path);
    const original = component === 'unet' ? nameOriginalUnetModule(path, modules) : null;
    if (original !== null && !flat.has(original.replaceAll('.', '_'))) flat.set(original.replaceAll('.', '_'), path);
  }
  return flat;
}

/** The layer's weights with all its LoRAs added, in the order of the graph. Sums in float64; the caller rounds once. */
export function mergeLayer(
  graphPath: string,
  slot: WeightSlot,
  changes: readonly { readonly lora: WeightedLora; readonly module: LoraModule }[],
): Float64Array {
  const { tensor, isTransposed } = slot;
  const merged = Float64Array.from(decodeFloats(tensor.dataType, readTensorBytes(graphPath, tensor)));
  const { outputs, inner } = measureLayer(slot);
  for (const { lora, module } of changes) {
    const factor = lora.weight * module.scale;
    const { file } = lora.lora;
    const delta =
      module.mid === null
        ? multiplyTwo(file, module, outputs, inner)
        : multiplyThree(file, module, outputs, tensor.dims);
    const placed = isTransposed ? transpose(delta, outputs, inner) : delta;
    for (let index = 0; index < merged.length; index += 1)
      merged[index] = (merged[index] ?? 0) + factor * (placed[index] ?? 0);
  }
  return merged;
}

/** up times down as [outputs, inner]. */
function multiplyTwo(
  file: LoraFile['file'],
  { down, up, rank }: LoraModule,
  outputs: number,
  inner: number,
): Float64Array {
  return multiply(file.read(up.name), file.read(down.name), [outputs, rank, inner]);
}

/** A convolution taken apart into 1x1, kxk and 1x1: sum over a and b of up[o,a] mid[a,b,h,w] down[b,i]. */
function multiplyThree(
  file: LoraFile['file'],
  { down, up, mid, rank }: LoraModule,
  outputs: number,
  [, inputs = 0, height = 1, width = 1]: readonly number[],
): Float64Array {
  const area = height * width;
  const [middle, right] = [file.read(mid?.name ?? ''), file.read(down.name)];
  const columns = new Float64Array(rank * inputs * area);
  for (let a = 0; a < rank; a += 1)
    for (let b = 0; b < rank; b += 1)
      for (let input = 0; input < inputs; input += 1)
        for (let place = 0; place < area; place += 1) {
          const at = (a * inputs + input) * area + place;
          const factor = middle[(a * rank + b) * area + place] ?? 0;
          columns[at] = (columns[at] ?? 0) + factor * (right[b * inputs + input] ?? 0);
        }
  return multiply(file.read(up.name), columns, [outputs, rank, inputs * area]);
}

/** [rows, depth] times [depth, columns]. Goes along rows, so that memory is read in order. */
function multiply(
  left: Floats,
  right: Floats,
  [rows, depth, columns]: readonly [number, number, number],
): Float64Array {
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1)
    for (let step = 0; step < depth; step += 1) {
      const factor = left[row * depth + step] ?? 0;
      const [to, from] = [row * columns, step * columns];
      for (let column = 0; column < columns; column += 1)
        product[to + column] = (product[to + column] ?? 0) + factor * (right[from + column] ?? 0);
    }
  return product;
}
