import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import type { OnnxGraph, OnnxTensor } from './onnx-graph.ts';

/** Where new values lie: in a file beside the graph. Bytes. */
export type NewPlace = { readonly location: string; readonly offset: number; readonly lengthBytes: number };

const COPY_BYTES = 1024 * 1024;
/** Memory maps want it, and a page costs nothing. */
const ALIGNMENT = 64;

/** Writes a data file for tensors, one after the other. */
export class DataWriter {
  readonly #location: string;
  readonly #descriptor: number;
  #offset = 0;

  constructor(path: string, location: string) {
    this.#descriptor = openSync(path, 'wx');
    this.#location = location;
  }

  write(bytes: Uint8Array): NewPlace {
    const offset = Math.ceil(this.#offset / ALIGNMENT) * ALIGNMENT;
    writeFully(this.#descriptor, bytes, offset);
    this.#offset = offset + bytes.length;
    return { location: this.#location, offset, lengthBytes: bytes.length };
  }

  /** Durable when this returns. */
  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}

/**
 * Copies a graph, with some tensors now lying elsewhere. Every other byte of it stays as it is, unknown fields included; only the length of
 * the graph changes.
 */
export function writeGraph(
  source: string,
  target: string,
  { initializers, graph }: OnnxGraph,
  places: ReadonlyMap<OnnxTensor, NewPlace>,
): void {
  const pieces: (Buffer | { readonly start: number; readonly end: number })[] = [];
  let [at, growth] = [graph.start, 0];
  for (const tensor of initializers) {
    const place = places.get(tensor);
    if (place === undefined) continue;
    const encoded = encodeTensor(tensor, place);
    pieces.push({ start: at, end: tensor.tagStart }, encoded);
    growth += encoded.length - (tensor.end - tensor.tagStart);
    at = tensor.end;
  }
  pieces.push({ start: at, end: graph.end });
  const head = Buffer.concat([encodeVarint((7 << 3) | 2), encodeVarint(graph.end - graph.start + growth)]);
  const from = openSync(source, 'r');
  const to = openSync(target, 'wx');
  try {
    let offset = copyRange(from, to, { start: 0, end: graph.tagStart }, 0);
    for (const piece of [head, ...pieces, { start: graph.end, end: Number.POSITIVE_INFINITY }])
      offset += Buffer.isBuffer(piece) ? writeFully(to, piece, offset) : copyRange(from, to, piece, offset);
    fsyncSync(to);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

/** TensorProto: 1 dims, 2 data_type, 8 name, 13 external_data, 14 data_location. */
function encodeTensor({ name, dims, dataType }: OnnxTensor, { location, offset, lengthBytes }: NewPlace): Buffer {
  const entry = (key: string, value: string) =>
    encodeBytes(13, Buffer.concat([encodeText(1, key), encodeText(2, value)]));
  const message = Buffer.concat([
    ...dims.map((edge) => encodeNumber(1, edge)),
    encodeNumber(2, dataType),
    encodeText(8, name),
    entry('location', location),
    entry('offset', String(offset)),
    entry('length', String(lengthBytes)),
    encodeNumber(14, 1),
  ]);
  return encodeBytes(5, message);
}

function encodeBytes(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([encodeVarint((field << 3) | 2), encodeVarint(bytes.length), bytes]);
}

function encodeText(field: number, text: string): Buffer {
  return encodeBytes(field, Buffer.from(text, 'utf8'));
}

function encodeNumber(field: number, value: number): Buffer {
  return Buffer.concat([encodeVarint(field << 3), encodeVarint(value)]);
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

function copyRange(from: number, to: number, { start, end }: { start: number; end: number }, offset: number): number {
  const buffer = Buffer.alloc(COPY_BYTES);
  let done = 0;
  for (;;) {
    const read = readSync(from, buffer, 0, Math.min(COPY_BYTES, end - start - done), start + done);
    if (read === 0) return done;
    writeFully(to, buffer.subarray(0, read), offset + done);
    done += read;
  }
}

function writeFully(descriptor: number, bytes: Uint8Array, position: number): number {
  for (let done = 0; done < bytes.length;)
    done += writeSync(descriptor, bytes, done, Math.min(bytes.length - done, 2 ** 30), position + done);
  return bytes.length;
}
