import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { WeightFault } from './weight-fault.ts';

/** The header of a LoRA with a long training log is a few megabytes. */
const MAX_HEADER_BYTES = 32 * 1024 * 1024;
const MAX_TENSORS = 100_000;
const TYPE_BYTES: Readonly<Record<string, number>> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

export type SafeTensor = {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  /** Bytes in the file. */
  readonly start: number;
  readonly end: number;
};

/** A safetensors file: the header checked whole, values read on demand. Format: huggingface.co/docs/safetensors. */
export class Safetensors {
  readonly tensors: ReadonlyMap<string, SafeTensor>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly #descriptor: number;

  /** @throws WeightFault when the header is not sound or a tensor's bytes are not in the file */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    try {
      const { tensors, metadata } = readHeader(this.#descriptor);
      [this.tensors, this.metadata] = [tensors, metadata];
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** Values in the order of the file. @throws WeightFault when the tensor is absent or not of a float type */
  read(name: string): Float32Array | Float64Array {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) throw new WeightFault(`it lacks ${name}`);
    if (TYPE_BYTES[tensor.type] === undefined)
      throw new WeightFault(`${name} is of the type ${tensor.type}, which is not read`);
    const bytes = new Uint8Array(tensor.end - tensor.start);
    readFully(this.#descriptor, bytes, tensor.start);
    return toFloats(tensor.type, bytes.buffer);
  }
}

function toFloats(type: string, buffer: ArrayBuffer): Float32Array | Float64Array {
  if (type === 'F64') return new Float64Array(buffer);
  if (type === 'F32') return new Float32Array(buffer);
  if (type === 'F16') return Float32Array.from(new Float16Array(buffer));
  const wide = Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16);
  return new Float32Array(wide.buffer);
}

function readHeader(descriptor: number): Pick<Safetensors, 'tensors' | 'metadata'> {
  const { size } = fstatSync(descriptor);
  if (size < 8) throw new WeightFault(size === 0 ? 'it is empty' : 'it was cut short');
  const lengthBytes = new Uint8Array(8);
  readFully(descriptor, lengthBytes, 0);
  const length = Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) throw new WeightFault('it is not a safetensors file, or its header is too long');
  if (8 + length > size) throw new WeightFault('it was cut short');
  const bytes = new Uint8Array(length);
  readFully(descriptor, bytes, 8);
  const header = parseHeader(bytes);
  const tensors = new Map<string, SafeTensor>();
  const metadata = new Map<string, string>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') {
      for (const [key, value] of Object.entries(isRecord(entry) ? entry : {}))
        if (typeof value === 'string') metadata.set(key, value);
    } else tensors.set(name, readEntry(name, entry, 8 + length, size));
  }
  if (tensors.size > MAX_TENSORS) throw new WeightFault('it has too many tensors');
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (isRecord(header)) return header;
  } catch {
    // Said below, without the parser's words.
  }
  throw new WeightFault('it is not a safetensors file');
}

function readEntry(name: string, entry: unknown, dataStart: number, sizeBytes: number): SafeTensor {
  const faulty = (what: string) => new WeightFault(`${name.slice(0, 120)} ${what}`);
  if (!isRecord(entry)) throw faulty('is not described');
  const { dtype: type, shape, data_offsets: offsets } = entry;
  if (typeof type !== 'string' || type.length > 16) throw faulty('has no type');
  if (!isCounts(shape) || shape.length > 8) throw faulty('has no shape');
  if (!isCounts(offsets) || offsets.length !== 2) throw faulty('has no place');
  const [from = 0, to = 0] = offsets;
  const [start, end] = [dataStart + from, dataStart + to];
  if (from > to) throw faulty('ends before it starts');
  if (end > sizeBytes) throw new WeightFault('it was cut short');
  const width = TYPE_BYTES[type];
  if (width !== undefined && shape.reduce((product, edge) => product * edge, width) !== end - start)
    throw faulty('has a shape that does not fit its bytes');
  return { name, type, shape, start, end };
}

function readFully(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const read = readSync(descriptor, bytes, done, Math.min(bytes.length - done, 2 ** 30), position + done);
    if (read === 0) throw new WeightFault('it was cut short');
    done += read;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}
