import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OnnxTensor } from './onnx-graph.ts';
import { WeightFault } from './weight-fault.ts';

/** Values on their way between files. */
export type Floats = Float32Array | Float64Array;

const [FLOAT, FLOAT16, DOUBLE, BFLOAT16] = [1, 10, 11, 16];
/** Bytes of one value of each TensorProto.DataType that is whole bytes. */
const WIDTHS: Readonly<Record<number, number>> = {
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  12: 4,
  13: 8,
  [FLOAT]: 4,
  [FLOAT16]: 2,
  [DOUBLE]: 8,
  [BFLOAT16]: 2,
};

/** What people call a type of weights. */
export function namePrecision(dataType: number): string {
  const names: Readonly<Record<number, string>> = {
    [FLOAT]: 'float32',
    [FLOAT16]: 'float16',
    [DOUBLE]: 'float64',
    [BFLOAT16]: 'bfloat16',
  };
  return names[dataType] ?? 'quantised';
}

export function countElements(dims: readonly number[]): number {
  return dims.reduce((product, edge) => product * edge, 1);
}

/** The bytes of a tensor as they would stand in raw data. Packed numbers are turned into raw data. @throws WeightFault */
export function readTensorBytes(graphPath: string, tensor: OnnxTensor): Uint8Array<ArrayBuffer> {
  const width = WIDTHS[tensor.dataType];
  if (width === undefined) throw new WeightFault(`${tensor.name} is of a type that cannot be changed`);
  const lengthBytes = countElements(tensor.dims) * width;
  if (tensor.external !== null) {
    const { location, offset } = tensor.external;
    return readPiece(join(dirname(graphPath), location), offset, lengthBytes, location);
  }
  if (tensor.inline === null) throw new WeightFault(`${tensor.name} has no values`);
  const { start, end, field } = tensor.inline;
  const isPackedFloat = field === 4 && tensor.dataType === FLOAT;
  const isPackedDouble = field === 10 && tensor.dataType === DOUBLE;
  if (field !== 9 && !isPackedFloat && !isPackedDouble)
    throw new WeightFault(`${tensor.name} is stored in a way that is not read`);
  if (end - start !== lengthBytes) throw new WeightFault(`${tensor.name} has a shape that does not fit its bytes`);
  return readPiece(graphPath, start, lengthBytes, tensor.name);
}

function readPiece(path: string, offset: number, lengthBytes: number, what: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthBytes);
  const descriptor = openSync(path, 'r');
  try {
    for (let done = 0; done < lengthBytes;) {
      const read = readSync(descriptor, bytes, done, Math.min(lengthBytes - done, 2 ** 30), offset + done);
      if (read === 0) throw new WeightFault(`the data of ${what} was cut short`);
      done += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}

/** 16-bit values become 32-bit ones. */
export function decodeFloats(dataType: number, bytes: Uint8Array<ArrayBuffer>): Floats {
  if (dataType === DOUBLE) return new Float64Array(bytes.buffer);
  if (dataType === FLOAT) return new Float32Array(bytes.buffer);
  if (dataType === FLOAT16) return Float32Array.from(new Float16Array(bytes.buffer));
  const wide = Uint32Array.from(new Uint16Array(bytes.buffer), (bits) => bits << 16);
  return new Float32Array(wide.buffer);
}

/** Rounds once, to the nearest value of the type, ties to even. Too large becomes infinite. */
export function encodeFloats(dataType: number, values: ArrayLike<number>): Uint8Array {
  if (dataType === DOUBLE) return new Uint8Array(Float64Array.from(values).buffer);
  if (dataType === FLOAT16) return new Uint8Array(Float16Array.from(values).buffer);
  const narrow = Float32Array.from(values);
  if (dataType === FLOAT) return new Uint8Array(narrow.buffer);
  const bits = Uint16Array.from(new Uint32Array(narrow.buffer), (wide) => (wide + 0x7fff + ((wide >>> 16) & 1)) >>> 16);
  return new Uint8Array(bits.buffer);
}

/** [rows, columns] to [columns, rows]. */
export function transpose<Values extends Floats>(values: Values, rows: number, columns: number): Values {
  const turned = values.slice() as Values;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      turned[column * rows + row] = values[row * columns + column] ?? 0;
  return turned;
}
