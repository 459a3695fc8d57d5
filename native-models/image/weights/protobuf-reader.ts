import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { WeightFault } from './weight-fault.ts';

const WINDOW_BYTES = 128 * 1024;
const MAX_TEXT_BYTES = 4096;
const NOT_ONNX = 'it is not an ONNX graph';

/** One field of a protobuf message. `start` to `end` is its content in the file; for a varint `value` is what it says. */
export type ProtobufField = {
  readonly field: number;
  readonly wireType: number;
  readonly tagStart: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
};

/** Walks protobuf fields of a file of any size through one window of memory. Wire format: protobuf.dev/programming-guides/encoding. */
export class ProtobufReader {
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

  /** The fields between two offsets, in order. @throws WeightFault when they do not fill exactly that place */
  *fields(start: number, end: number): Generator<ProtobufField> {
    let offset = start;
    while (offset < end) {
      const tag = this.#readVarint(offset);
      const wireType = tag.value & 7;
      const field = Math.floor(tag.value / 8);
      if (field === 0) throw new WeightFault(NOT_ONNX);
      let [from, to, value] = [tag.end, tag.end, 0];
      if (wireType === 0) ({ value, end: to } = this.#readVarint(tag.end));
      else if (wireType === 1) to = tag.end + 8;
      else if (wireType === 5) to = tag.end + 4;
      else if (wireType === 2) {
        const length = this.#readVarint(tag.end);
        [from, to] = [length.end, length.end + length.value];
      } else throw new WeightFault(NOT_ONNX);
      if (to > end)
        throw new WeightFault(end === this.sizeBytes ? 'it was cut short' : 'its parts do not fit together');
      yield { field, wireType, tagStart: offset, start: from, end: to, value };
      offset = to;
    }
  }

  readText(start: number, end: number): string {
    if (end - start > MAX_TEXT_BYTES) throw new WeightFault('a name in it is too long');
    return this.readBytes(start, end).toString('utf8');
  }

  /** A list of integers, packed into one field or one field each. */
  readVarints({ wireType, start, end, value }: ProtobufField): number[] {
    if (wireType === 0) return [value];
    if (wireType !== 2 || end - start > MAX_TEXT_BYTES) throw new WeightFault(NOT_ONNX);
    const values: number[] = [];
    for (let offset = start; offset < end;) {
      const read = this.#readVarint(offset);
      values.push(read.value);
      offset = read.end;
    }
    return values;
  }

  /** A copy of a piece of the file. The caller has checked that so much memory may be spent. */
  readBytes(start: number, end: number): Buffer {
    const bytes = Buffer.alloc(end - start);
    if (start >= this.#windowStart && end <= this.#windowEnd) {
      this.#window.copy(bytes, 0, start - this.#windowStart, end - this.#windowStart);
      return bytes;
    }
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.#descriptor, bytes, done, Math.min(bytes.length - done, 2 ** 30), start + done);
      if (read === 0) throw new WeightFault('it was cut short');
      done += read;
    }
    return bytes;
  }

  #readVarint(start: number): { value: number; end: number } {
    let value = 0;
    for (let index = 0; index < 10; index += 1) {
      const byte = this.#readByte(start + index);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, end: start + index + 1 };
    }
    throw new WeightFault(NOT_ONNX);
  }

  #readByte(offset: number): number {
    if (offset < this.#windowStart || offset >= this.#windowEnd) {
      this.#windowStart = offset;
      this.#windowEnd = offset + readSync(this.#descriptor, this.#window, 0, WINDOW_BYTES, offset);
    }
    const byte = this.#window[offset - this.#windowStart];
    if (byte === undefined || offset >= this.#windowEnd) throw new WeightFault('it was cut short');
    return byte;
  }
}
