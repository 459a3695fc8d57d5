import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx-graph.ts';
import type { Component } from './original-names.ts';

/** The place of one trained parameter in a graph. */
export type WeightSlot = {
  /** As the trained module calls it, for instance `mid_block.attentions.0.proj_in.weight`. */
  readonly parameter: string;
  readonly tensor: OnnxTensor;
  /** The exporter stored the matrix as [in, out]. */
  readonly isTransposed: boolean;
};

export type WeightSlots = {
  readonly slots: ReadonlyMap<string, WeightSlot>;
  /** Modules of the network, by the paths that training code gives them. */
  readonly modules: ReadonlySet<string>;
  /** Tensors that several parameters share, because they were equal when the graph was written: tensor name to parameters. */
  readonly shared: ReadonlyMap<string, readonly string[]>;
  /** Matrices of floats that could not be told apart from constants: weights, if a checkpoint has some of their shape left over. */
  readonly unnamed: readonly OnnxTensor[];
  /** Why the weights of this graph cannot be changed, in words; null when they can. */
  readonly obstacle: string | null;
};

const ROOTS: Readonly<Record<Component, RegExp>> = {
  unet: /^(?:.*?\.)?((?:conv_in|conv_out|conv_norm_out|time_embedding|add_embedding|down_blocks|mid_block|up_blocks)(?:\.|$).*)$/,
  text_encoder: /^(?:.*?\.)?((?:embeddings|encoder\.layers|final_layer_norm|text_projection)(?:\.|$).*)$/,
  text_encoder_2: /^(?:.*?\.)?((?:embeddings|encoder\.layers|final_layer_norm|text_projection)(?:\.|$).*)$/,
  vae_decoder: /^(?:.*?\.)?((?:post_quant_conv|decoder)(?:\.|$).*)$/,
  vae_encoder: /^(?:.*?\.)?((?:quant_conv|encoder)(?:\.|$).*)$/,
};
const FLOATS = new Set([1, 10, 11, 16]);
const QUANTISED =
  /^(?:DequantizeLinear|QuantizeLinear|DynamicQuantizeLinear|QLinear\w*|ConvInteger|MatMulInteger|MatMulNBits|DequantizeBFP)$/;

/** A parameter's or module's path without what wrappers of the exporter put before it; null for names of other things. */
export function normalisePath(component: Component, path: string): string | null {
  return ROOTS[component].exec(path)?.[1] ?? null;
}

/**
 * Finds out which tensor of a graph is which parameter. Most keep their names; the matrix of a linear layer is stored transposed under a
 * number, and the factors of a group norm under a shape of their own, but the node that uses them keeps the module's path.
 */
export function findWeightSlots(component: Component, graph: OnnxGraph): WeightSlots {
  const byName = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const resolve = followToTensor(graph.nodes, byName);
  const slots = new Map<string, WeightSlot>();
  const users = new Map<string, Set<string>>();
  const modules = new Set<string>();
  const place = (parameter: string, tensor: OnnxTensor, isTransposed: boolean) => {
    if (!FLOATS.has(tensor.dataType)) return;
    const known = users.get(tensor.name) ?? new Set<string>();
    users.set(tensor.name, known.add(parameter));
    if (!slots.has(parameter)) slots.set(parameter, { parameter, tensor, isTransposed });
  };
  for (const tensor of graph.initializers) {
    const parameter = isParameter(tensor.name) ? normalisePath(component, tensor.name) : null;
    if (parameter !== null) place(parameter, tensor, false);
  }
  for (const node of graph.nodes) {
    const module = nameModule(component, node);
    if (module === null) continue;
    modules.add(module);
    for (const found of findOperands(node, module, resolve)) place(found.parameter, found.tensor, found.isTransposed);
  }
  for (const parameter of slots.keys()) modules.add(parameter.slice(0, parameter.lastIndexOf('.')));
  const shared = new Map([...users].filter(([, names]) => names.size > 1).map(([name, names]) => [name, [...names]]));
  const unnamed = graph.initializers.filter((tensor) => isMatrix(tensor) && !users.has(tensor.name));
  return { slots, modules, shared, unnamed, obstacle: findObstacle(graph) };
}

function isMatrix({ dataType, dims }: OnnxTensor): boolean {
  return FLOATS.has(dataType) && dims.filter((edge) => edge > 1).length > 1;
}

function isParameter(name: string): boolean {
  return /\.(?:weight|bias)$/.test(name);
}

/** `/down_blocks.0/attentions.0/proj_in/Conv` belongs to the module down_blocks.0.attentions.0.proj_in; the newer exporter says it in `scopes`. */
function nameModule(component: Component, node: OnnxNode): string | null {
  const scope = node.scopes.at(-2);
  if (scope !== undefined) return normalisePath(component, scope);
  const end = node.name.lastIndexOf('/');
  if (!node.name.startsWith('/') || end < 1) return null;
  return normalisePath(component, node.name.slice(1, end).replaceAll('/', '.'));
}

type Operand = { readonly parameter: string; readonly tensor: OnnxTensor; readonly isTransposed: boolean };

function findOperands(node: OnnxNode, module: string, resolve: (name: string) => OnnxTensor | null): Operand[] {
  const [, second = '', third = ''] = node.inputs;
  const found: Operand[] = [];
  const add = (kind: 'weight' | 'bias', tensor: OnnxTensor | null, isTransposed: boolean) => {
    if (tensor !== null) found.push({ parameter: `${module}.${kind}`, tensor, isTransposed });
  };
  if (node.operator === 'MatMul') {
    const tensor = resolve(second);
    if (tensor?.dims.length === 2) add('weight', tensor, !isParameter(tensor.name));
  } else if (node.operator === 'Gemm') {
    add('weight', resolve(second), !node.isTransposed);
    add('bias', resolve(third), false);
  } else if (/^(?:Conv|LayerNormalization|GroupNormalization)$/.test(node.operator)) {
    add('weight', resolve(second), false);
    add('bias', resolve(third), false);
  } else if (node.operator === 'Mul' || node.operator === 'Add') {
    const tensor =
      node.inputs.map(resolve).find((candidate) => candidate !== null && countElements(candidate) > 1) ?? null;
    if (isFoldedPosition(node, module, tensor))
      found.push({ parameter: 'embeddings.position_embedding.weight', tensor, isTransposed: false });
    else if (tensor !== null && isFactor(node, tensor)) add(node.operator === 'Mul' ? 'weight' : 'bias', tensor, false);
  } else if (node.operator === 'Gather') add('weight', resolve(node.inputs[0] ?? ''), false);
  return found;
}

/** Whether what a node multiplies by or adds was trained: it keeps its name, or was reshaped for a norm. */
function isFactor({ scopes }: OnnxNode, { name }: OnnxTensor): boolean {
  return isParameter(name) || name.startsWith('onnx::') || /^(?:group|layer)_norm(?:_\d+)?$/.test(scopes.at(-1) ?? '');
}

/** The newer exporter looks the positions of a text encoder up itself: the graph adds them, as (1, tokens, width). */
function isFoldedPosition(
  { operator, scopes }: OnnxNode,
  module: string,
  tensor: OnnxTensor | null,
): tensor is OnnxTensor {
  if (operator !== 'Add' || module !== 'embeddings' || tensor === null || scopes.length === 0) return false;
  return tensor.dims.length === 3 && tensor.dims[0] === 1 && !isParameter(tensor.name);
}

function countElements(tensor: OnnxTensor): number {
  return tensor.dims.reduce((product, edge) => product * edge, 1);
}

/** Some exporters hand a shared tensor on through Identity nodes; weights that are stored in 16 bits for a graph in 32 pass a Cast. */
function followToTensor(
  nodes: readonly OnnxNode[],
  byName: ReadonlyMap<string, OnnxTensor>,
): (name: string) => OnnxTensor | null {
  const sources = new Map<string, string>();
  for (const { operator, inputs, outputs } of nodes)
    if ((operator === 'Identity' || operator === 'Cast') && inputs[0] !== undefined && outputs[0] !== undefined)
      sources.set(outputs[0], inputs[0]);
  return (name) => {
    let current = name;
    for (let hops = 0; hops < 8; hops += 1) {
      const tensor = byName.get(current);
      if (tensor !== undefined) return tensor;
      const source = sources.get(current);
      if (source === undefined) return null;
      current = source;
    }
    return null;
  };
}

function findObstacle(graph: OnnxGraph): string | null {
  const quantised = graph.nodes.find(({ operator }) => QUANTISED.test(operator));
  if (quantised !== undefined) return `its weights are quantised (${quantised.operator})`;
  const fused = graph.nodes.find(({ domain }) => domain !== '' && domain !== 'ai.onnx');
  return fused === undefined ? null : `its operators were fused for one runtime (${fused.domain}::${fused.operator})`;
}
