import { Tensor } from 'onnxruntime-node';

/**
 * 16-bit floats as bit patterns. Node 24 has Float16Array, and onnxruntime then refuses every float16 tensor ("not enough space"),
 * because its native part does not know that array: so the bits are put back under the tensor as a Uint16Array.
 */
export function makeF16Tensor(values: Float32Array, dims: readonly number[]): Tensor {
  const bits = new Uint16Array(values.length);
  for (const [index, value] of values.entries()) bits[index] = toHalfBits(value);
  const tensor = new Tensor('float16', bits, dims);
  Reflect.set(tensor, 'cpuData', bits);
  return tensor;
}

/** Any float tensor's data as 32-bit floats; float32 data is handed on without a copy. */
export function toFloat32(tensor: Tensor): Float32Array {
  const { data } = tensor;
  if (data instanceof Float32Array) return data;
  if (tensor.type === 'float16') {
    if (data instanceof Uint16Array) return Float32Array.from(data, fromHalfBits);
    return Float32Array.from(data as unknown as ArrayLike<number>);
  }
  throw new TypeError(`a tensor of type ${tensor.type} where floats were expected`);
}

const scratch = new DataView(new ArrayBuffer(4));

/** Nearest half, ties to even; too large becomes infinite. IEEE 754 binary16. */
export function toHalfBits(value: number): number {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (exponent >= 31) return Number.isNaN(value) ? sign | 0x7e00 : sign | 0x7c00;
  if (exponent <= 0) {
    if (exponent < -10) return sign;
    return sign | roundShift(fraction | 0x800000, 14 - exponent);
  }
  // A carry out of the fraction runs into the exponent, which is what rounding up means there.
  return sign | (((exponent << 10) | 0) + roundShift(fraction, 13));
}

function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

export function fromHalfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
