import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { HABITS_KEY } from './writing-habits.ts';

/** Read from a GGUF file without any native code. */
export type GgufHeader = {
  readonly version: number;
  readonly architecture: string;
  readonly name: string | null;
  /** Tokens that the model was trained to look back; null where the file does not say. */
  readonly contextTokens: number | null;
  /** The text of the template; it is read and never run. Null where the file has none. */
  readonly chatTemplate: string | null;
  /** Control tokens of chat formats that are in the vocabulary. */
  readonly chatMarks: ReadonlySet<string>;
  /** How the model writes best, as JSON; null where it declares nothing. */
  readonly habits: string | null;
  readonly tensors: number;
  readonly sizeBytes: number;
};

/** Why a file is not a sound GGUF file, in a few words. */
export class GgufFault extends Error {
  override readonly name = 'GgufFault';
}

export const CHAT_MARKS = [
  '<|im_start|>',
  '<|im_end|>',
  '<|im_sep|>',
  '<|start_header_id|>',
  '<|header_start|>',
  '<|start_of_role|>',
  '<|START_OF_TURN_TOKEN|>',
  '<|START_RESPONSE|>',
  '<start_of_turn>',
  '[gMASK]',
  '<｜User｜>',
  '<|user|>',
  '<|assistant|>',
  '<|end|>',
  '[SYSTEM_PROMPT]',
  '[INST]',
  '<|start|>',
  '<|channel|>',
  '<think>',
  '</think>',
];

/** Far above every real model; a hostile header must not make us allocate. */
const MAX_KEYS = 65_536;
const MAX_TENSORS = 1_048_576;
const MAX_ARRAY = 4_194_304;
const MAX_TEXT_BYTES = 4 * 1024 * 1024;
const MAX_DIMENSIONS = 4;

/** Sizes of the value types 0 to 12 of the GGUF specification; text (8) and arrays (9) have none. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const TEXT = 8;
const ARRAY = 9;

/** Elements and bytes per block of a tensor type, from ggml.h. Types that are not listed are not measured. */
const BLOCKS: Record<number, readonly [elements: number, bytes: number]> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 36],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 50],
  20: [32, 18],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
  34: [256, 54],
  35: [256, 66],
  39: [32, 17],
};

/**
 * Walks the whole header and checks that every tensor's bytes are in the file.
 * @throws GgufFault when they are not, or when the header contradicts itself.
 */
export function readGgufHeader(path: string): GgufHeader {
  const reader = new HeaderReader(path);
  try {
    return readHeader(reader);
  } finally {
    reader.close();
  }
}

function readHeader(reader: HeaderReader): GgufHeader {
  if (reader.sizeBytes === 0) throw new GgufFault('it is empty');
  if (reader.sizeBytes < 24) throw new GgufFault('it was cut short');
  if (reader.readBytes(4).toString('latin1') !== 'GGUF') throw new GgufFault('it is not a GGUF file');
  const version = reader.readU32();
  if (version < 2 || version > 3) throw new GgufFault(`version ${version} of the format is not known`);
  const tensors = reader.readCount(MAX_TENSORS, 'tensors');
  const keys = reader.readCount(MAX_KEYS, 'keys');
  const values = new Map<string, string | number>();
  const chatMarks = new Set<string>();
  for (let index = 0; index < keys; index += 1) {
    const key = reader.readText();
    const type = reader.readU32();
    if (type === ARRAY) readArray(reader, key === 'tokenizer.ggml.tokens' ? chatMarks : null);
    else values.set(key, readValue(reader, type));
  }
  checkTensors(reader, tensors, toNumber(values.get('general.alignment')) ?? 32);
  const architecture = String(values.get('general.architecture') ?? 'unknown');
  const name = values.get('general.name');
  const habits = values.get(HABITS_KEY);
  const chatTemplate = values.get('tokenizer.chat_template');
  return {
    version,
    architecture,
    tensors,
    chatMarks,
    name: typeof name === 'string' ? name : null,
    chatTemplate: typeof chatTemplate === 'string' ? chatTemplate : null,
    habits: typeof habits === 'string' ? habits : null,
    contextTokens: toNumber(values.get(`${architecture}.context_length`)),
    sizeBytes: reader.sizeBytes,
  };
}

function readValue(reader: HeaderReader, type: number): string | number {
  if (type === TEXT) return reader.readText();
  const size = VALUE_BYTES[type];
  if (size === undefined || size === 0) throw new GgufFault(`a value of the unknown type ${type}`);
  const bytes = reader.readBytes(size);
  if (type === 4) return bytes.readUInt32LE(0);
  if (type === 5) return bytes.readInt32LE(0);
  if (type === 10) return Number(bytes.readBigUInt64LE(0));
  return bytes[0] ?? 0;
}

function readArray(reader: HeaderReader, found: Set<string> | null): void {
  const type = reader.readU32();
  const length = reader.readCount(MAX_ARRAY, 'elements');
  if (type === TEXT) {
    for (let index = 0; index < length; index += 1) {
      const text = reader.readText();
      if (found !== null && CHAT_MARKS.includes(text)) found.add(text);
    }
    return;
  }
  const size = VALUE_BYTES[type];
  if (size === undefined || size === 0) throw new GgufFault('arrays in arrays');
  reader.skip(length * size);
}

function checkTensors(reader: HeaderReader, count: number, alignment: number): void {
  if (alignment < 1 || alignment > 65_536) throw new GgufFault(`an alignment of ${alignment}`);
  let lastByte = 0;
  for (let index = 0; index < count; index += 1) {
    const name = reader.readText();
    const dimensions = reader.readU32();
    if (dimensions > MAX_DIMENSIONS)
      throw new GgufFault(`the tensor ${name.slice(0, 80)} has ${dimensions} dimensions`);
    let elements = 1;
    for (let dimension = 0; dimension < dimensions; dimension += 1)
      elements *= reader.readCount(Number.MAX_SAFE_INTEGER, 'elements');
    const block = BLOCKS[reader.readU32()];
    const offset = reader.readCount(Number.MAX_SAFE_INTEGER, 'bytes');
    lastByte = Math.max(lastByte, offset + (block === undefined ? 0 : Math.ceil(elements / block[0]) * block[1]));
  }
  const dataStart = Math.ceil(reader.offset / alignment) * alignment;
  if (dataStart + lastByte > reader.sizeBytes) throw new GgufFault('it was cut short');
}

function toNumber(value: string | number | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

const WINDOW_BYTES = 1024 * 1024;

/** Reads forward through one window of memory, so a vocabulary of megabytes costs no more than that. */
class HeaderReader {
  readonly sizeBytes: number;
  readonly #descriptor: number;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  offset = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.sizeBytes = fstatSync(this.#descriptor).size;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  readBytes(length: number): Buffer {
    if (this.offset + length > this.sizeBytes) throw new GgufFault('it was cut short');
    let start = this.offset - this.#windowStart;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = Buffer.alloc(Math.min(Math.max(WINDOW_BYTES, length), this.sizeBytes - this.offset));
      readSync(this.#descriptor, this.#window, 0, this.#window.length, this.offset);
      this.#windowStart = this.offset;
      start = 0;
    }
    this.offset += length;
    return this.#window.subarray(start, start + length);
  }

  skip(length: number): void {
    if (this.offset + length > this.sizeBytes) throw new GgufFault('it was cut short');
    this.offset += length;
  }

  readU32(): number {
    return this.readBytes(4).readUInt32LE(0);
  }

  readCount(limit: number, what: string): number {
    const count = this.readBytes(8).readBigUInt64LE(0);
    if (count > BigInt(limit)) throw new GgufFault(`${count} ${what}`);
    return Number(count);
  }

  readText(): string {
    const length = this.readCount(MAX_TEXT_BYTES, 'bytes of text');
    return this.readBytes(length).toString('utf8');
  }
}
