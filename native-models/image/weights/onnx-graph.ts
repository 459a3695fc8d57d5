import { ProtobufReader, type ProtobufField } from './protobuf-reader.ts';
import { WeightFault } from './weight-fault.ts';

/** Deeper nesting than any exporter writes; a hostile file could nest for ever. */
const MAX_DEPTH = 12;
const MAX_DIMENSIONS = 16;
/** Key of a node's metadata under which PyTorch's exporter lists the modules around it. */
const SCOPES = 'pkg.torch.onnx.name_scopes';

/** Where a tensor's bytes lie when they are not in the graph file. `lengthBytes` is null where the file does not say. */
export type ExternalPiece = {
  readonly location: string;
  readonly offset: number;
  readonly lengthBytes: number | null;
};

/** A weight of the graph: what it is called and where its bytes lie. Offsets are bytes in the graph file. */
export type OnnxTensor = {
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType: 1 float, 10 float16, 11 double, 16 bfloat16 and others. */
  readonly dataType: number;
  /** Its field of the graph, tag and length included. */
  readonly tagStart: number;
  readonly end: number;
  /** Bytes in the graph itself; for `isTyped` they are packed numbers instead of raw data. */
  readonly inline: { readonly start: number; readonly end: number; readonly field: number } | null;
  readonly external: ExternalPiece | null;
};

export type OnnxNode = {
  readonly name: string;
  readonly operator: string;
  /** Empty for the standard's own operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The attribute `transB` of a Gemm. */
  readonly isTransposed: boolean;
  /** From the outermost module to the call that the node is part of, where the exporter wrote that down (PyTorch's dynamo does); else empty. */
  readonly scopes: readonly string[];
};

export type OnnxGraph = {
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
  /** Every tensor that is stored elsewhere, those in attributes and inner graphs included. */
  readonly external: readonly ExternalPiece[];
  /** The graph's field of the model, and its content. */
  readonly graph: { readonly tagStart: number; readonly start: number; readonly end: number };
};

/** Reads an ONNX file without loading it. Field numbers from onnx.proto. @throws WeightFault */
export function readOnnxGraph(path: string): OnnxGraph {
  const reader = new ProtobufReader(path);
  try {
    if (reader.sizeBytes === 0) throw new WeightFault('it is empty');
    let place: ProtobufField | null = null;
    for (const field of reader.fields(0, reader.sizeBytes)) {
      if (field.field !== 7 || field.wireType !== 2) continue;
      if (place !== null) throw new WeightFault('it holds two graphs');
      place = field;
    }
    if (place === null) throw new WeightFault('it holds no graph');
    const external: ExternalPiece[] = [];
    const { initializers, nodes } = readGraph(reader, place, external, 0);
    return { initializers, nodes, external, graph: { tagStart: place.tagStart, start: place.start, end: place.end } };
  } finally {
    reader.close();
  }
}

/** GraphProto: 1 node, 5 initializer. */
function readGraph(
  reader: ProtobufReader,
  { start, end }: { start: number; end: number },
  external: ExternalPiece[],
  depth: number,
): { initializers: OnnxTensor[]; nodes: OnnxNode[] } {
  if (depth > MAX_DEPTH) throw new WeightFault('its graphs are nested too deeply');
  const initializers: OnnxTensor[] = [];
  const nodes: OnnxNode[] = [];
  for (const field of reader.fields(start, end)) {
    if (field.wireType !== 2) continue;
    if (field.field === 5) initializers.push(readTensor(reader, field, external));
    if (field.field === 1) nodes.push(readNode(reader, field, external, depth));
  }
  return { initializers, nodes };
}

/** NodeProto: 1 input, 2 output, 3 name, 4 op_type, 5 attribute, 7 domain, 9 metadata_props. */
function readNode(reader: ProtobufReader, place: ProtobufField, external: ExternalPiece[], depth: number): OnnxNode {
  const texts: Record<1 | 2 | 3 | 4 | 7, string[]> = { 1: [], 2: [], 3: [], 4: [], 7: [] };
  const metadata = new Map<string, string>();
  let isTransposed = false;
  for (const { field, wireType, start, end } of reader.fields(place.start, place.end)) {
    if (wireType !== 2) continue;
    if (field === 1 || field === 2 || field === 3 || field === 4 || field === 7)
      texts[field].push(reader.readText(start, end));
    if (field === 5) isTransposed = readAttribute(reader, start, end, external, depth) || isTransposed;
    if (field === 9) readEntry(reader, { start, end }, metadata);
  }
  return {
    name: texts[3][0] ?? '',
    operator: texts[4][0] ?? '',
    domain: texts[7][0] ?? '',
    inputs: texts[1],
    outputs: texts[2],
    isTransposed,
    scopes: readScopes(metadata.get(SCOPES)),
  };
}

/** A list as Python prints it: `['', 'mid_block', 'mid_block.resnets.0', 'conv2d_4']`. */
function readScopes(text = ''): string[] {
  return [...text.matchAll(/'([^']*)'/g)].map(([, scope = '']) => scope);
}

/** AttributeProto: 1 name, 3 i, 5 tensor, 6 graph, 10 tensors, 11 graphs. Returns whether it says transB = 1. */
function readAttribute(
  reader: ProtobufReader,
  from: number,
  to: number,
  external: ExternalPiece[],
  depth: number,
): boolean {
  let [name, integer] = ['', 0];
  for (const field of reader.fields(from, to)) {
    if (field.field === 3 && field.wireType === 0) integer = field.value;
    if (field.wireType !== 2) continue;
    if (field.field === 1) name = reader.readText(field.start, field.end);
    if (field.field === 5 || field.field === 10) readTensor(reader, field, external);
    if (field.field === 6 || field.field === 11) readGraph(reader, field, external, depth + 1);
  }
  return name === 'transB' && integer === 1;
}

/** TensorProto: 1 dims, 2 data_type, 4 float_data, 5 int32_data, 8 name, 9 raw_data, 10 double_data, 13 external_data. */
function readTensor(reader: ProtobufReader, place: ProtobufField, found: ExternalPiece[]): OnnxTensor {
  const dims: number[] = [];
  let [dataType, name] = [0, ''];
  let inline: OnnxTensor['inline'] = null;
  const entries = new Map<string, string>();
  for (const field of reader.fields(place.start, place.end)) {
    const { start, end } = field;
    if (field.field === 1) dims.push(...reader.readVarints(field));
    if (field.field === 2 && field.wireType === 0) dataType = field.value;
    if (dims.length > MAX_DIMENSIONS) throw new WeightFault('a tensor in it has too many dimensions');
    if (field.wireType !== 2) continue;
    if (field.field === 8) name = reader.readText(start, end);
    if (field.field === 4 || field.field === 5 || field.field === 9 || field.field === 10)
      inline = { start, end, field: field.field };
    if (field.field === 13) readEntry(reader, field, entries);
  }
  const location = entries.get('location');
  const external = location === undefined ? null : toPiece(location, entries);
  if (external !== null) found.push(external);
  return { name, dims, dataType, tagStart: place.tagStart, end: place.end, inline, external };
}

/** StringStringEntryProto: 1 key, 2 value. */
function readEntry(
  reader: ProtobufReader,
  place: Pick<ProtobufField, 'start' | 'end'>,
  entries: Map<string, string>,
): void {
  let [key, value] = ['', ''];
  for (const { field, wireType, start, end } of reader.fields(place.start, place.end)) {
    if (wireType === 2 && field === 1) key = reader.readText(start, end);
    if (wireType === 2 && field === 2) value = reader.readText(start, end);
  }
  entries.set(key, value);
}

function toPiece(location: string, entries: ReadonlyMap<string, string>): ExternalPiece {
  const offset = toCount(entries.get('offset') ?? '0');
  const length = entries.get('length');
  return { location, offset, lengthBytes: length === undefined ? null : toCount(length) };
}

function toCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new WeightFault('it says where its data lies in a way that cannot be read');
  return Number(text);
}
