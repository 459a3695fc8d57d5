import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { fromHalfBits, makeF16Tensor, toFloat32, toHalfBits } from '../../../../native-models/image/half-floats.ts';

describe('toHalfBits', () => {
  it('rounds as Float16Array does, for ordinary, tiny, huge and special values', () => {
    const values = [
      0,
      -0,
      1,
      -1.5,
      0.1,
      65_504,
      65_519,
      65_520,
      1e9,
      -1e9,
      6e-8,
      2.98e-8,
      2.99e-8,
      1e-10,
      5.96e-8,
      6.1e-5,
      6.09e-5,
      2049,
      2051,
      Infinity,
      -Infinity,
      1 / 3,
    ];
    for (let step = 0; step < 3000; step += 1) values.push(Math.sin(step * 12.9898) * 10 ** ((step % 12) - 7));
    const expected = new Uint16Array(new Float16Array(values.map(Math.fround)).buffer);
    expect(values.map(toHalfBits)).toEqual([...expected]);
    expect(Number.isNaN(fromHalfBits(toHalfBits(Number.NaN)))).toBe(true);
  });

  it('comes back unchanged over all bit patterns that are numbers', () => {
    for (let bits = 0; bits < 65_536; bits += 1) {
      const value = fromHalfBits(bits);
      if (!Number.isNaN(value)) expect(toHalfBits(value)).toBe(bits);
    }
  });
});

describe('makeF16Tensor', () => {
  it('reaches the runtime and comes back on a Node that has Float16Array', async () => {
    const session = await InferenceSession.create(IDENTITY_F16, { logSeverityLevel: 3 });
    const values = new Float32Array([0.5, -2, 1024, 0.25]);
    const { y } = await session.run({ x: makeF16Tensor(values, [4]) });
    if (!(y instanceof Tensor)) throw new Error('no output');
    expect([...toFloat32(y)]).toEqual([...values]);
    await session.release();
  });
});

/** An ONNX graph of one Identity node on float16, four elements; written by hand from onnx.proto. */
const IDENTITY_F16 = buildIdentity();

function encodeField(number: number, bytes: readonly number[]): number[] {
  return [(number << 3) | 2, bytes.length, ...bytes];
}

function encodeText(value: string): number[] {
  return [...Buffer.from(value)];
}

function buildIdentity(): Uint8Array {
  const node = encodeField(1, [
    ...encodeField(1, encodeText('x')),
    ...encodeField(2, encodeText('y')),
    ...encodeField(4, encodeText('Identity')),
  ]);
  const shape = encodeField(2, encodeField(1, [0x08, 4]));
  const port = (name: string) => [
    ...encodeField(1, encodeText(name)),
    ...encodeField(2, encodeField(1, [0x08, 10, ...shape])),
  ];
  const graph = [
    ...node,
    ...encodeField(2, encodeText('g')),
    ...encodeField(11, port('x')),
    ...encodeField(12, port('y')),
  ];
  const opset = encodeField(8, [...encodeField(1, []), 0x10, 17]);
  return Uint8Array.from([0x08, 8, ...encodeField(7, graph), ...opset]);
}
