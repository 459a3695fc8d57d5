import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { StudioError } from '../../electron/contract/errors.ts';

/** Deeper nesting than any exporter writes; a hostile file could nest for ever. */
const MAX_DEPTH = 12;
const WINDOW_BYTES = 1024 * 1024;

type ExternalPiece = { readonly location: string; readonly endBytes: number };

/** Thrown inside the walk; becomes model.damaged with the file's name. */
class NotOnnx extends Error {}

/**
 * Reads the protobuf of an ONNX file without loading it and checks every tensor that is stored elsewhere: a plain file inside the
 * model's folder, long enough. Also finds files that are cut short. Field numbers from onnx.proto.
 */
export async function checkOnnxFile(model: string, path: string, file: string): Promise<void> {
  const damaged = (reason: string) =>
    new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
      model,
      file,
      reason,
    });
  let pieces: ExternalPiece[];
  try {
    pieces = listExternalPieces(path);
  } catch (error) {
    if (error instanceof NotOnnx) throw damaged(error.message);
    if (isMissing(error))
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
    throw error;
  }
  const neededBytes = new Map<string, number>();
  for (const { location, endBytes } of pieces)
    neededBytes.set(location, Math.max(endBytes, neededBytes.get(location) ?? 0));
  for (const [location, endBytes] of neededBytes) {
    if (isAbsolute(location) || /^[A-Za-z]:/.test(location) || location.split(/[\\/]/).includes('..')) {
      throw damaged('it refers to data outside the folder of the model');
    }
    const found = await lstat(join(dirname(path), location)).catch(() => null);
    if (found === null)
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${location}.`, { model, file: location });
    if (!found.isFile()) throw damaged(`its data ${location} is not a plain file (a link is not followed)`);
    if (found.size < endBytes) throw damaged(`its data ${location} was cut short`);
  }
}

function listExternalPieces(path: string): ExternalPiece[] {
  const reader = new ProtobufReader(path);
  const pieces: ExternalPiece[] = [];
  try {
    if (reader.sizeBytes === 0) throw new NotOnnx('it is empty');
    let hasGraph = false;
    reader.walk(0, reader.sizeBytes, (field, start, end) => {
      if (field !== 7) return;
      hasGraph = true;
      walkGraph(reader, start, end, pieces, 0);
    });
    if (!hasGraph) throw new NotOnnx('it holds no graph');
  } finally {
    reader.close();
  }
  return pieces;
}

/** GraphProto: 1 node, 5 initializer. NodeProto: 5 attribute. AttributeProto: 5 tensor, 6 graph, 10 tensors, 11 graphs. */
function walkGraph(reader: ProtobufReader, start: number, end: number, pieces: ExternalPiece[], depth: number): void {
  if (depth > MAX_DEPTH) throw new NotOnnx('its graphs are nested too deeply');
  reader.walk(start, end, (field, from, to) => {
    if (field === 5) walkTensor(reader, from, to, pieces);
    if (field !== 1) return;
    reader.walk(from, to, (nodeField, attributeStart, attributeEnd) => {
      if (nodeField !== 5) return;
      reader.walk(attributeStart, attributeEnd, (attributeField, innerStart, innerEnd) => {
        if (attributeField === 5 || attributeField === 10) walkTensor(reader, innerStart, innerEnd, pieces);
        if (attributeField === 6 || attributeField === 11) walkGraph(reader, innerStart, innerEnd, pieces, depth + 1);
      });
    });
  });
}

/** TensorProto: 13 external_data, a list of key (1) and value (2). */
function walkTensor(reader: ProtobufReader, start: number, end: number, pieces: ExternalPiece[]): void {
  const entries = new Map<string, string>();
  reader.walk(start, end, (field, from, to) => {
    if (field !== 13) return;
    let [key, value] = ['', ''];
    reader.walk(from, to, (part, textStart, textEnd) => {
      if (part === 1) key = reader.readText(textStart, textEnd);
      if (part === 2) value = reader.readText(textStart, textEnd);
    });
    entries.set(key, value);
  });
  const location = entries.get('location');
  if (location !== undefined)
    pieces.push({ location, endBytes: Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0) });
}

/** Walks protobuf fields of a file of any size through one window of memory. */
class ProtobufReader {
  readonly sizeBytes: number;
  readonly #descriptor: number;
  readonly #window = Buffer.alloc(WINDOW_BYTES);
  #windowStart = 0;
  #windowEnd = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.sizeBytes = fstatSync(this.#descriptor).size;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** Calls back for every length-delimited field between two offsets; other fields are stepped over. */
  walk(start: number, end: number, visit: (field: number, start: number, end: number) => void): void {
    let offset = start;
    while (offset < end) {
      const tag = this.#readVarint(offset);
      const wireType = tag.value & 7;
      const field = Math.floor(tag.value / 8);
      if (field === 0) throw new NotOnnx('it is not an ONNX graph');
      if (wireType === 2) {
        const length = this.#readVarint(tag.end);
        offset = length.end + length.value;
        if (offset > end)
          throw new NotOnnx(end === this.sizeBytes ? 'it was cut short' : 'its parts do not fit together');
        visit(field, length.end, offset);
      } else {
        offset = this.#skip(wireType, tag.end);
      }
    }
  }

  #skip(wireType: number, offset: number): number {
    if (wireType === 0) return this.#readVarint(offset).end;
    if (wireType === 1) return offset + 8;
    if (wireType === 5) return offset + 4;
    throw new NotOnnx('it is not an ONNX graph');
  }

  readText(start: number, end: number): string {
    if (end - start > 4096) throw new NotOnnx('a name in it is too long');
    const bytes = Buffer.alloc(end - start);
    readSync(this.#descriptor, bytes, 0, bytes.length, start);
    return bytes.toString('utf8');
  }

  #readVarint(start: number): { value: number; end: number } {
    let value = 0;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#readByte(start + index);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, end: start + index + 1 };
    }
    throw new NotOnnx('it is not an ONNX graph');
  }

  #readByte(offset: number): number {
    if (offset < this.#windowStart || offset >= this.#windowEnd) {
      this.#windowStart = offset;
      this.#windowEnd = offset + readSync(this.#descriptor, this.#window, 0, WINDOW_BYTES, offset);
    }
    const byte = this.#window[offset - this.#windowStart];
    if (byte === undefined || offset >= this.#windowEnd) throw new NotOnnx('it was cut short');
    return byte;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
